import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Limits } from '../config/limits.ts';
import type { NativeDecompress, NativeDecompressors } from '../decode/bytes/nativeDecompress.ts';
import type { Bytes } from '../decode/bytes/readBytes.ts';
import { createUnzstd, hasZstd, unzstdBlocks, type Decompressor } from './nodeZstd.ts';

/** Bytes that are unpacked at a time: with fewer, going to and fro between threads takes longer than unpacking. */
const CHUNK = 1 << 20;

/** Node's zlib. What stands behind the end it passes over; that is an error here. */
export const nodeDecompressors: NativeDecompressors = new Map([
  ['gzip', native(() => createGunzip({ chunkSize: CHUNK }))],
  ...(hasZstd
    ? ([
        ['zstd', native((limits) => createUnzstd(limits, CHUNK))],
        ['zstd blocks', unzstdBlocks],
      ] as const)
    : []),
]);

function native(create: (limits: Limits) => Decompressor): NativeDecompress {
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
