import type { Kernel } from '../kernel/kernel.ts';
import { decodeChunk } from './decodeChunk.ts';
import { buffersOf } from './buffersOf.ts';
import type { Answer, Order } from './workerPool.ts';

/** A worker's whole work: what to answer, and what goes along with the answer instead of being copied. */
export function serveChunk(
  { buffer, length, ...rest }: Order,
  kernel: Kernel | null,
): {
  readonly answer: Answer;
  readonly transfer: ArrayBuffer[];
} {
  try {
    const result = decodeChunk({ ...rest, bytes: new Uint8Array(buffer, 0, length) }, kernel);
    return { answer: { result, buffer }, transfer: [buffer, ...buffersOf(result.batch)] };
  } catch {
    // Most likely memory. The chunk is decoded again where it came from: what is wrong with it shows there.
    return { answer: { result: null, buffer }, transfer: [buffer] };
  }
}
