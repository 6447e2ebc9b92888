import { freeMemory } from '../../base/freeMemory.ts';
import type { Chunk, ChunkPool, ChunkResult, FileChunk } from './chunk.ts';
import { buffersOf } from './buffersOf.ts';
import type { PackedFile, Unpacking } from './packedFile.ts';
import { UnpackingWorker } from './unpackingWorker.ts';
import type { PoolWorker, Workers } from './workers.ts';

interface Waiting {
  readonly resolve: (result: ChunkResult) => void;
  readonly reject: (error: Error) => void;
}

/** Workers take some 50 ms to start. */
const SOURCE_BYTES = 32 << 20;
/** Beyond that, the thread that reads and appends is what the others wait for. */
const MOST_WORKERS = 8;

/** What is read by whoever decodes it is in nobody's way, so it may be more: there are fewer cuts to look for. */
const FILE_CHUNK_BYTES = 12 << 20;

/** One in hand and one waiting; and so many in all that a browser has several parts of a file to read at once. */
const CHUNKS_A_WORKER = 2;
const FEWEST_AT_ONCE = 4;

/** Buffers that go with a chunk: nearly always it comes back as two batches at most. */
const SPARE_AT_ONCE = 2;

/** A worker answers in the order in which it was asked. */
interface Member {
  readonly worker: PoolWorker;
  readonly waiting: Waiting[];
}

/**
 * Decodes chunks in workers. They are started when the first chunk comes; one that ends is not replaced, because what
 * ended it (a policy, memory) would end the next.
 * A chunk's bytes stay here, so nothing is lost with a worker: it looks at a copy, in a buffer that goes to the worker
 * and comes back. Memory that both could look at would be slower: engines copy into it word by word.
 */
export class WorkerPool implements ChunkPool {
  readonly sourceBytes: number;
  /** Of them comes ten times as much and more. */
  readonly packedBytes = 8 << 20;
  /** Enough that handing one over costs nothing beside decoding it, few enough that all cores end together. */
  readonly chunkBytes = 8 << 20;
  readonly fileChunkBytes: number;
  readonly #workers: Workers;
  readonly #count: number;
  readonly #spare: ArrayBuffer[] = [];
  /** Those that batches came in. */
  readonly #spareBatches: ArrayBuffer[] = [];
  readonly #unpackings: Unpacking[] = [];
  #members: Member[] | null = null;

  constructor(workers: Workers, count = workersFor(workers.cores)) {
    this.#workers = workers;
    this.sourceBytes = workers.sourceBytes ?? SOURCE_BYTES;
    this.fileChunkBytes = workers.fileChunkBytes ?? FILE_CHUNK_BYTES;
    this.#count = count;
  }

  get size(): number {
    return this.#members?.length ?? this.#count;
  }

  get chunksAtOnce(): number {
    return Math.max(FEWEST_AT_ONCE, this.size * CHUNKS_A_WORKER);
  }

  start(): void {
    this.#members ??= Array.from({ length: this.#count }, () => this.#start());
  }

  decode(chunk: Chunk | FileChunk): Promise<ChunkResult> {
    this.start();
    const members = this.#members ?? [];
    if (members.length === 0) return Promise.reject(new Error('all workers ended'));
    const idlest = members.reduce((best, member) => (member.waiting.length < best.waiting.length ? member : best));
    return new Promise((resolve, reject) => {
      const { worker, waiting } = idlest;
      waiting.push({ resolve, reject });
      const spare = this.#spareBatches.splice(0, SPARE_AT_ONCE);
      if (!('bytes' in chunk)) return worker.send({ ...chunk, spare }, spare);
      const lent = this.#lend(chunk.bytes);
      worker.send({ ...chunk, spare, bytes: new Uint8Array(lent, 0, chunk.bytes.length) }, [lent, ...spare]);
    });
  }

  unpack(file: PackedFile): Unpacking | null {
    if (this.size === 0) return null;
    const unpacking = new UnpackingWorker(this.#workers, file);
    this.#unpackings.push(unpacking);
    return unpacking;
  }

  giveBack({ batches }: ChunkResult): void {
    for (const batch of batches) {
      const buffers = buffersOf(batch);
      // One of many buffers was put together from spans that were read one by one: nobody makes such a one again of them.
      if (buffers.length === 1 && this.#spareBatches.length < this.chunksAtOnce) this.#spareBatches.push(...buffers);
    }
  }

  /** Ends the workers at once; whoever waits is told. */
  end(): void {
    for (const member of this.#members ?? []) this.#remove(member);
    for (const unpacking of this.#unpackings.splice(0)) unpacking.end();
    freeMemory([...this.#spare.splice(0), ...this.#spareBatches.splice(0)].map((buffer) => new Uint8Array(buffer)));
  }

  #start(): Member {
    const waiting: Waiting[] = [];
    const member: Member = {
      waiting,
      worker: this.#workers.start({
        onAnswer: (answer) => {
          if ('content' in answer) return;
          const { result, lent } = answer;
          if (lent !== null) this.#spare.push(lent);
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

  /** A copy, in one of the buffers that came back if it is large enough. */
  #lend(bytes: Uint8Array): ArrayBuffer {
    const spare = this.#spare.pop();
    const buffer = spare !== undefined && spare.byteLength >= bytes.length ? spare : new ArrayBuffer(bytes.length);
    new Uint8Array(buffer).set(bytes);
    return buffer;
  }
}

/** The thread that puts everything together needs a core too. */
function workersFor(cores: number): number {
  return Math.min(MOST_WORKERS, cores - 1);
}
