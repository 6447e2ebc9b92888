import { serveOrders } from '../../src/decode/pool/serveOrders.ts';
import type { Unpacked } from '../../src/decode/pool/packedFile.ts';
import { WorkerPool } from '../../src/decode/pool/workerPool.ts';
import type { Answer, Order, Workers } from '../../src/decode/pool/workers.ts';

/** What a worker does with its orders, by their number over all workers, from 0: it answers where nothing is said. */
export interface FakeWorkers {
  readonly count: number;
  /** The worker ends instead of answering this one. */
  readonly endsAt?: (order: number) => boolean;
  /** The worker could not decode this one. */
  readonly failsAt?: (order: number) => boolean;
  /** The worker ends instead of sending this part of a packed file, from 0. */
  readonly endsAtPart?: (part: number) => boolean;
}

/**
 * Workers in this thread: what goes to and fro is cloned and transferred as between threads, and answers come in an
 * order of their own.
 */
export function fakeWorkers({ count, endsAt, failsAt, endsAtPart }: FakeWorkers) {
  const log = { started: 0, orders: 0, ended: 0, spare: 0, parts: 0 };
  const workers: Workers = {
    cores: count,
    start({ onAnswer, onEnd }) {
      const own = log.started++;
      let isEnded = false;
      let last = Promise.resolve();
      let serve: (order: Order) => void = () => {};
      let answered: (answer: Answer) => void = () => {};
      const unpacked = (part: Unpacked): void => {
        if (isEnded) return;
        const number = log.parts++;
        isEnded = endsAtPart?.(number) === true;
        if (isEnded) onEnd();
        else onAnswer(part);
      };
      serveOrders({
        listen: (onChunk) => (serve = onChunk),
        read: (place, start, end) => {
          if (!(place instanceof Uint8Array)) throw new Error('nothing lies there');
          return passing(place.slice(start, end));
        },
        answer(answer, transfer) {
          const received = structuredClone(answer, { transfer });
          if ('content' in received) unpacked(received);
          else answered(received);
        },
      });
      const work = async (order: Order, number: number): Promise<void> => {
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
          const received: Order = structuredClone(order, { transfer });
          if ('container' in received || 'emptied' in received) return serve(received);
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
  return Object.assign(new WorkerPool(workers, workers.cores), {
    chunkBytes,
    fileChunkBytes: chunkBytes,
    sourceBytes,
    packedBytes: sourceBytes,
  });
}

/** Two pieces. Whoever reads on in one that is past is found out. */
function* passing(bytes: Uint8Array): Generator<Uint8Array> {
  const middle = bytes.length >>> 1;
  for (const piece of [bytes.subarray(0, middle), bytes.subarray(middle)]) {
    yield piece;
    piece.fill(0);
  }
}
