import type { Chunk, ChunkResult, FileChunk } from './chunk.ts';
import type { Emptied, PackedFile, Unpacked } from './packedFile.ts';

/** From a worker: what the chunk came to, or null where decoding it failed; and the buffer back that it was lent. */
export interface Answer {
  readonly result: ChunkResult | null;
  readonly lent: ArrayBuffer | null;
}

/** What a worker is asked for. One that gets a packed file gets nothing else but its buffers back. */
export type Order = Chunk | FileChunk | PackedFile | Emptied;

/** A worker of the page or of Node: it runs `serveOrders`. */
export interface PoolWorker {
  send(order: Order, transfer: ArrayBuffer[]): void;
  end(): void;
}

export interface PoolWorkerListener {
  readonly onAnswer: (answer: Answer | Unpacked) => void;
  /** It did not start, or it ended: there will be no more answers. */
  readonly onEnd: () => void;
}

/** How to get workers, and how many cores there are for them. */
export interface Workers {
  readonly cores: number;
  /** Plain sources of fewer bytes are not worth their start; see `ChunkPool`. */
  readonly sourceBytes?: number;
  /** Bytes of a file that a worker reads at once, where looking for an end of a message takes long: more than usual. */
  readonly fileChunkBytes?: number;
  start(listener: PoolWorkerListener): PoolWorker;
}
