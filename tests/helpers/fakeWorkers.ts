import { loadKernel } from '../../src/decode/kernel/kernel.ts';
import { serveChunk } from '../../src/decode/pool/serveChunk.ts';
import type { Answer, Order, Workers } from '../../src/decode/pool/workerPool.ts';
import { WorkerPool } from '../../src/decode/pool/workerPool.ts';

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
  const log = { started: 0, orders: 0, ended: 0 };
  const workers: Workers = {
    count,
    start({ onAnswer, onEnd }) {
      const own = log.started++;
      let isEnded = false;
      let last = Promise.resolve();
      return {
        send(order, transfer) {
          const received: Order = structuredClone(order, { transfer: [...transfer] });
          const number = log.orders++;
          last = last
            .then(() => tasks((number * 7 + own * 3) % 5))
            .then(async () => {
              if (isEnded) return;
              if (endsAt?.(number) === true) {
                isEnded = true;
                onEnd();
                return;
              }
              onAnswer(
                failsAt?.(number) === true ? { result: null, buffer: received.buffer } : await answerTo(received),
              );
            });
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

/** A pool whose chunks are small, for sources of any size. */
export function smallPool(workers: Workers, chunkBytes: number, sourceBytes = 0) {
  return Object.assign(new WorkerPool(workers), { chunkBytes, sourceBytes });
}

async function answerTo(order: Order): Promise<Answer> {
  const kernel = await loadKernel();
  const { answer, transfer } = serveChunk(order, kernel);
  kernel?.release();
  return structuredClone(answer, { transfer });
}

async function tasks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
