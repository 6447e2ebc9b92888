import { loadKernel, type Kernel } from '../kernel/kernel.ts';
import { buffersOf } from './buffersOf.ts';
import type { Chunk, FileChunk } from './chunk.ts';
import { decodeChunk } from './decodeChunk.ts';
import type { Answer } from './workerPool.ts';

/** A worker's line to who started it. */
export interface Line {
  readonly listen: (onChunk: (chunk: Chunk | FileChunk) => void) => void;
  /** Reads a part of what `SourceFile.place` says. */
  readonly read: (place: unknown, start: number, end: number) => Promise<Uint8Array>;
  /** Bytes from `read` are needed no more. A worker makes too little garbage of its own to collect them soon enough. */
  readonly release: (bytes: Uint8Array) => void;
  /** What is in `transfer` goes over instead of being copied. */
  readonly answer: (answer: Answer, transfer: ArrayBuffer[]) => void;
}

/** A worker's whole work: it answers chunks in their order. The next chunk is read while one is decoded. */
export function serveChunks({ listen, read, release, answer }: Line): void {
  const kernel = loadKernel();
  let last: Promise<unknown> = kernel;
  listen((chunk) => {
    if ('bytes' in chunk) {
      // The buffer goes back to whom it belongs.
      const { buffer } = chunk.bytes;
      const lent = buffer instanceof ArrayBuffer ? buffer : null;
      last = last.then(async () => serveChunk(chunk, lent, await kernel, answer));
      return;
    }
    const reading = readChunk(chunk, read).catch(() => null);
    last = last.then(async () => {
      const whole = await reading;
      serveChunk(whole, null, await kernel, answer);
      if (whole !== null) release(whole.bytes);
    });
  });
}

async function readChunk({ format, limits, place, start, end }: FileChunk, read: Line['read']): Promise<Chunk> {
  return { format, limits, ends: [], bytes: await read(place, start, end) };
}

/** Null where the chunk could not be read: who sent it reads it again, and says why not. */
function serveChunk(
  chunk: Chunk | null,
  lent: ArrayBuffer | null,
  kernel: Kernel | null,
  answer: Line['answer'],
): void {
  const back = lent === null ? [] : [lent];
  if (chunk === null) return answer({ result: null, lent }, back);
  try {
    const result = decodeChunk(chunk, kernel);
    answer({ result, lent }, [...back, ...buffersOf(result.batches)]);
  } catch {
    // Most likely memory. The chunk is decoded again where it came from: what is wrong with it shows there.
    answer({ result: null, lent }, back);
  }
}
