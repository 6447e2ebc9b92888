import type { Chunk, ChunkPool, ChunkResult } from './chunk.ts';

/** To a worker: a chunk whose bytes are at the beginning of a buffer that is lent to it. */
export interface Order extends Omit<Chunk, 'bytes'> {
  readonly buffer: ArrayBuffer;
  readonly length: number;
}

/** From a worker: what the chunk came to, or null where decoding it failed; and the buffer back. */
export interface Answer {
  readonly result: ChunkResult | null;
  readonly buffer: ArrayBuffer;
}

/** A worker of the page or of Node: it runs `serveChunks`. */
export interface PoolWorker {
  send(order: Order, transfer: ArrayBuffer[]): void;
  end(): void;
}

export interface PoolWorkerListener {
  readonly onAnswer: (answer: Answer) => void;
  /** It did not start, or it ended: there will be no more answers. */
  readonly onEnd: () => void;
}

/** How to get workers, and how many cores there are for them. */
export interface Workers {
  readonly cores: number;
  start(listener: PoolWorkerListener): PoolWorker;
}

interface Waiting {
  readonly resolve: (result: ChunkResult) => void;
  readonly reject: (error: Error) => void;
}

/** Beyond that, the thread that reads and appends is what the others wait for. */
const MOST_WORKERS = 8;

/** A worker answers in the order in which it was asked. */
interface Member {
  readonly worker: PoolWorker;
  readonly waiting: Waiting[];
}

/**
 * Decodes chunks in workers. They are started when the first chunk comes; one that ends is not replaced, because what
 * ended it (a policy, memory) would end the next.
 * A chunk's bytes are copied into a buffer that goes to the worker and comes back, so nothing is lost with a worker.
 */
export class WorkerPool implements ChunkPool {
  /** Workers take some 50 ms to start. */
  readonly sourceBytes = 32 << 20;
  /** Enough that handing one over costs nothing beside decoding it, few enough that all cores end together. */
  readonly chunkBytes = 4 << 20;
  readonly #workers: Workers;
  readonly #count: number;
  readonly #spare: ArrayBuffer[] = [];
  #members: Member[] | null = null;

  constructor(workers: Workers, count = workersFor(workers.cores)) {
    this.#workers = workers;
    this.#count = count;
  }

  get size(): number {
    return this.#members?.length ?? this.#count;
  }

  decode({ bytes, ...rest }: Chunk): Promise<ChunkResult> {
    this.#members ??= Array.from({ length: this.#count }, () => this.#start());
    if (this.#members.length === 0) return Promise.reject(new Error('all workers ended'));
    const idlest = this.#members.reduce((best, member) =>
      member.waiting.length < best.waiting.length ? member : best,
    );
    const buffer = this.#spareBuffer(bytes.length);
    new Uint8Array(buffer).set(bytes);
    return new Promise((resolve, reject) => {
      idlest.waiting.push({ resolve, reject });
      idlest.worker.send({ ...rest, buffer, length: bytes.length }, [buffer]);
    });
  }

  /** Ends the workers at once; whoever waits is told. */
  end(): void {
    for (const member of this.#members ?? []) this.#remove(member);
  }

  #start(): Member {
    const waiting: Waiting[] = [];
    const member: Member = {
      waiting,
      worker: this.#workers.start({
        onAnswer: ({ result, buffer }) => {
          this.#spare.push(buffer);
          const first = waiting.shift();
          if (result === null) first?.reject(new Error('the worker could not decode it'));
          else first?.resolve(result);
        },
        onEnd: () => this.#remove(member),
      }),
    };
    return member;
  }

  #remove(member: Member): void {
    this.#members = (this.#members ?? []).filter((other) => other !== member);
    member.worker.end();
    for (const { reject } of member.waiting.splice(0)) reject(new Error('the worker ended'));
  }

  /** One of those that came back, if it is large enough. */
  #spareBuffer(length: number): ArrayBuffer {
    const spare = this.#spare.pop();
    return spare !== undefined && spare.byteLength >= length ? spare : new ArrayBuffer(length);
  }
}

/** The thread that reads and appends needs a core too, but less than half of one as long as there are only two. */
function workersFor(cores: number): number {
  return cores < 2 ? 0 : Math.min(MOST_WORKERS, Math.max(2, cores - 1));
}
