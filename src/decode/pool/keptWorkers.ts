import type { Order, PoolWorker, PoolWorkerListener, Workers } from './workers.ts';

/** A worker, and whom its answers are for; null while it waits for a load. */
interface Kept {
  readonly worker: PoolWorker;
  listener: PoolWorkerListener | null;
  unanswered: number;
  /** Has a packed file, and takes nothing else. */
  isTaken: boolean;
  hasEnded: boolean;
}

/**
 * Workers for several loads, one after another. One that has nothing to do when its load is over waits for the next
 * instead of being ended: starting one, and its code's first runs, take as long as decoding some hundred megabytes.
 *
 *     load 1   start ▓▓▓▓ end          load 2   start ▓▓▓▓ end
 *     worker   ─────▓▓▓▓───── waits ─────────────────▓▓▓▓───── ends, where `isLast`
 */
export class KeptWorkers implements Workers {
  readonly cores: number;
  readonly sourceBytes?: number;
  readonly fileChunkBytes?: number;
  /** Workers end with their load from now on, so that their memory is free when the table is put together. */
  isLast = false;
  readonly #workers: Workers;
  #waiting: Kept[] = [];

  constructor(workers: Workers) {
    this.cores = workers.cores;
    if (workers.sourceBytes !== undefined) this.sourceBytes = workers.sourceBytes;
    if (workers.fileChunkBytes !== undefined) this.fileChunkBytes = workers.fileChunkBytes;
    this.#workers = workers;
  }

  start(listener: PoolWorkerListener): PoolWorker {
    const kept = this.#waiting.pop() ?? this.#start();
    kept.listener = listener;
    return {
      send: (order, transfer) => send(kept, order, transfer),
      end: () => this.#end(kept),
    };
  }

  /** Ends those that wait, which would keep a process from ending. */
  release(): void {
    this.isLast = true;
    for (const { worker } of this.#waiting.splice(0)) worker.end();
  }

  #start(): Kept {
    const worker = this.#workers.start({
      onAnswer: (answer) => {
        kept.unanswered--;
        kept.listener?.onAnswer(answer);
      },
      onEnd: () => {
        kept.hasEnded = true;
        this.#waiting = this.#waiting.filter((other) => other !== kept);
        kept.listener?.onEnd();
      },
    });
    const kept: Kept = { worker, listener: null, unanswered: 0, isTaken: false, hasEnded: false };
    return kept;
  }

  #end(kept: Kept): void {
    if (kept.listener === null) return;
    kept.listener = null;
    if (this.isLast || kept.unanswered > 0 || kept.isTaken || kept.hasEnded) kept.worker.end();
    else this.#waiting.push(kept);
  }
}

function send(kept: Kept, order: Order, transfer: ArrayBuffer[]): void {
  if ('container' in order) kept.isTaken = true;
  kept.unanswered++;
  kept.worker.send(order, transfer);
}
