import { pipeline, Readable, type Duplex } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Limits } from '../config/limits.ts';
import type { NativeDecompress, NativeDecompressors } from '../decode/bytes/nativeDecompress.ts';
import type { Bytes } from '../decode/bytes/readBytes.ts';

/** Bytes that are unpacked at a time: with fewer, going to and fro between threads takes longer than unpacking. */
const CHUNK = 1 << 20;

/** Before it, Node has no zstd, or one that ends behind the first frame and takes what is cut off for whole. */
const FIRST_WITH_ZSTD = 24;
const hasZstd = Number.parseInt(process.versions.node, 10) >= FIRST_WITH_ZSTD;

type Decompressor = Duplex & { readonly bytesWritten: number };

/** Node's zlib. What stands behind the end it passes over; that is an error here. */
export const nodeDecompressors: NativeDecompressors = new Map([
  ['gzip', native(() => zlib.createGunzip({ chunkSize: CHUNK }))],
  ...(hasZstd ? [['zstd', native(createUnzstd)] as const] : []),
]);

/** Typed here: the types of the oldest Node that we run on know nothing of it. */
function createUnzstd({ zstdWindowBytes }: Limits): Decompressor {
  const create: (options: object) => Decompressor = Reflect.get(zlib, 'createZstdDecompress');
  const windowLogMax: number = Reflect.get(zlib.constants, 'ZSTD_d_windowLogMax');
  const windowLog = Math.floor(Math.log2(zstdWindowBytes));
  return create({ chunkSize: CHUNK, params: { [windowLogMax]: windowLog } });
}

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
