import { loadKernel, type Kernel } from '../kernel/kernel.ts';
import { buffersOf } from './buffersOf.ts';
import type { Chunk } from './chunk.ts';
import { decodeChunk } from './decodeChunk.ts';
import type { Answer } from './workerPool.ts';

/** A worker's line to who started it. */
export interface Line {
  readonly listen: (onChunk: (chunk: Chunk) => void) => void;
  /** What is in `transfer` goes over instead of being copied. */
  readonly answer: (answer: Answer, transfer: ArrayBuffer[]) => void;
}

/** A worker's whole work: it answers chunks in their order. */
export function serveChunks({ listen, answer }: Line): void {
  const kernel = loadKernel();
  listen((chunk) => void kernel.then((loaded) => serveChunk(chunk, loaded, answer)));
}

function serveChunk(chunk: Chunk, kernel: Kernel | null, answer: Line['answer']): void {
  const { buffer } = chunk.bytes;
  const lent = buffer instanceof ArrayBuffer ? buffer : null;
  const back = lent === null ? [] : [lent];
  try {
    const result = decodeChunk(chunk, kernel);
    answer({ result, lent }, [...back, ...buffersOf(result.batches)]);
  } catch {
    // Most likely memory. The chunk is decoded again where it came from: what is wrong with it shows there.
    answer({ result: null, lent }, back);
  }
}
