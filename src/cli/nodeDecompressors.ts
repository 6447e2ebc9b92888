import { pipeline, Readable } from 'node:stream';
import type { Limits } from '../config/limits.ts';
import type { QuickDecompress, QuickDecompressors } from '../decode/bytes/quickDecompress.ts';
import type { Bytes } from '../decode/bytes/readBytes.ts';
import { createUnzstd, hasZstd, unzstdBlocks, type Decompressor } from './nodeZstd.ts';

/** Bytes that are unpacked at a time: with fewer, going to and fro between threads takes longer than unpacking. */
const CHUNK = 1 << 20;

/** What Node has of its own. What stands behind the end its zlib passes over; that is an error here. */
export const nodeDecompressors: QuickDecompressors = new Map(
  hasZstd
    ? ([
        ['zstd', inOwnThread((limits) => createUnzstd(limits, CHUNK))],
        ['zstd blocks', unzstdBlocks],
      ] as const)
    : [],
);

function inOwnThread(create: (limits: Limits) => Decompressor): QuickDecompress {
  return Object.assign((bytes: Bytes, limits: Limits) => decompress(bytes, create(limits)), { hasOwnThread: true });
}

async function* decompress(bytes: Bytes, decompressor: Decompressor): Bytes {
  let taken = 0;
  async function* counted(): Bytes {
    for await (const piece of bytes) {
      taken += piece.length;
      yield piece;
    }
  }
  // Errors come out of `decompressor` too. What is read ahead would be taken for what is unpacked.
  pipeline(Readable.from(counted(), { highWaterMark: 1 }), decompressor, () => {});
  for await (const content of decompressor) if (content instanceof Uint8Array) yield content;
  if (decompressor.bytesWritten < taken) throw new Error('something else stands behind the end');
}
