import { serveChunks } from '../../src/decode/pool/serveChunks.ts';
import type { Chunk, FileChunk } from '../../src/decode/pool/chunk.ts';
import { WorkerPool, type Answer, type Workers } from '../../src/decode/pool/workerPool.ts';

/** What a worker does with its orders, by their number over all workers, from 0: it answers where nothing is said. */
export interface FakeWorkers {
  readonly count: number;
  /** The worker ends instead of answering this one. */
  readonly endsAt?: (order: number) => boolean;
  /** The worker could not decode this one. */
  readonly failsAt?: (order: number) => boolean;
}

/**
 * Workers in this thread: what goes to and fro is cloned and transferred as between threads, and answers come in an
 * order of their own.
 */
export function fakeWorkers({ count, endsAt, failsAt }: FakeWorkers) {
  const log = { started: 0, orders: 0, ended: 0, spare: 0 };
  const workers: Workers = {
    cores: count,
    start({ onAnswer, onEnd }) {
      const own = log.started++;
      let isEnded = false;
      let last = Promise.resolve();
      let serve: (order: Chunk | FileChunk) => void = () => {};
      let answered: (answer: Answer) => void = () => {};
      serveChunks({
        listen: (onChunk) => (serve = onChunk),
        read: (place, start, end) => {
          if (!(place instanceof Uint8Array)) throw new Error('nothing lies there');
          return passing(place.slice(start, end));
        },
        answer: (answer, transfer) => answered(structuredClone(answer, { transfer })),
      });
      const work = async (order: Chunk | FileChunk, number: number): Promise<void> => {
        for (let task = (number * 7 + own * 3) % 5; task > 0; task--) await new Promise(setImmediate);
        if (isEnded) return;
        if (endsAt?.(number) === true) {
          isEnded = true;
          onEnd();
          return;
        }
        const answer = await new Promise<Answer>((resolve) => {
          answered = resolve;
          serve(order);
        });
        if (!isEnded) onAnswer(failsAt?.(number) === true ? { ...answer, result: null } : answer);
      };
      return {
        send(order, transfer) {
          const received: Chunk | FileChunk = structuredClone(order, { transfer });
          const number = log.orders++;
          log.spare += received.spare?.length ?? 0;
          last = last.then(() => work(received, number));
        },
        end() {
          isEnded = true;
          log.ended++;
        },
      };
    },
  };
  return { workers, log };
}

/** A pool of a worker a core, whose chunks are small: for sources of any size. */
export function smallPool(workers: Workers, chunkBytes: number, sourceBytes = 0) {
  return Object.assign(new WorkerPool(workers, workers.cores), { chunkBytes, fileChunkBytes: chunkBytes, sourceBytes });
}

/** Two pieces. Whoever reads on in one that is past is found out. */
function* passing(bytes: Uint8Array): Generator<Uint8Array> {
  const middle = bytes.length >>> 1;
  for (const piece of [bytes.subarray(0, middle), bytes.subarray(middle)]) {
    yield piece;
    piece.fill(0);
  }
}
