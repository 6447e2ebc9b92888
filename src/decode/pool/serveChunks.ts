import { loadKernel, type Kernel } from '../kernel/kernel.ts';
import { buffersOf } from './buffersOf.ts';
import { decodeChunk } from './decodeChunk.ts';
import type { Answer, Order } from './workerPool.ts';

/** A worker's line to who started it. */
export interface Line {
  readonly listen: (onOrder: (order: Order) => void) => void;
  /** What is in `transfer` goes over instead of being copied. */
  readonly answer: (answer: Answer, transfer: ArrayBuffer[]) => void;
}

/** A worker's whole work: it answers orders in their order. */
export function serveChunks({ listen, answer }: Line): void {
  const kernel = loadKernel();
  listen((order) => void kernel.then((loaded) => serveChunk(order, loaded, answer)));
}

function serveChunk({ buffer, length, ...rest }: Order, kernel: Kernel | null, answer: Line['answer']): void {
  try {
    const result = decodeChunk({ ...rest, bytes: new Uint8Array(buffer, 0, length) }, kernel);
    answer({ result, buffer }, [buffer, ...buffersOf(result.batch)]);
  } catch {
    // Most likely memory. The chunk is decoded again where it came from: what is wrong with it shows there.
    answer({ result: null, buffer }, [buffer]);
  }
}
