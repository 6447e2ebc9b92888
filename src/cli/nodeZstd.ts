import type { Duplex } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Limits } from '../config/limits.ts';
import type { Bytes } from '../decode/bytes/readBytes.ts';

/** Before it, Node has no zstd, or one that ends behind the first frame and takes what is cut off for whole. */
const FIRST_WITH_ZSTD = 24;
export const hasZstd = Number.parseInt(process.versions.node, 10) >= FIRST_WITH_ZSTD;

export type Decompressor = Duplex & { readonly bytesWritten: number };

/** What the types of the oldest Node that we run on know nothing of. */
interface ZstdOfZlib {
  createZstdDecompress(options: object): Decompressor;
  zstdDecompressSync(
    block: Uint8Array,
    options: object,
  ): { readonly buffer: Uint8Array; readonly engine: Pick<Decompressor, 'bytesWritten'> };
}

export function createUnzstd(limits: Limits, chunkSize: number): Decompressor {
  const create: ZstdOfZlib['createZstdDecompress'] = Reflect.get(zlib, 'createZstdDecompress');
  return create({ chunkSize, params: paramsOf(limits) });
}

/** Each block at once: a stream for each of many small ones takes longer than what is in them. */
export async function* unzstdBlocks(blocks: Bytes, limits: Limits): Bytes {
  for await (const block of blocks) yield unzstdBlock(block, limits);
}

function unzstdBlock(block: Uint8Array, limits: Limits): Uint8Array {
  const unzstd: ZstdOfZlib['zstdDecompressSync'] = Reflect.get(zlib, 'zstdDecompressSync');
  const options = { info: true, maxOutputLength: limits.unitBytes, params: paramsOf(limits) };
  const { buffer, engine } = unzstd(block, options);
  if (engine.bytesWritten < block.length) throw new Error('something else stands behind the frame');
  return buffer;
}

function paramsOf({ zstdWindowBytes }: Limits): Readonly<Record<number, number>> {
  const windowLogMax: number = Reflect.get(zlib.constants, 'ZSTD_d_windowLogMax');
  return { [windowLogMax]: Math.floor(Math.log2(zstdWindowBytes)) };
}
