import type { Issue } from '../../base/issues.ts';
import type { Limits } from '../../config/limits.ts';
import type { SpanBatch } from '../../store/spanBatch.ts';
import type { Passed } from '../decoder.ts';
import type { Counts } from '../sourceReport.ts';
import type { PackedFile, Unpacking } from './packedFile.ts';

/**
 * Whole messages of one source, out of its containers, that can be decoded without what stands around them.
 *
 *     bytes   {"resourceSpans":[…]}⏎ {"resourceSpans":[…]}⏎          ends    none: the format says where a message ends
 *     bytes   0a … 0a … │ 0a … │ 0a … 0a … │                         ends    the offsets of │, which the framing said
 */
export interface Chunk {
  /** Which of FORMATS. */
  readonly format: number;
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
  readonly limits: Limits;
  /** Buffers that batches came in, to be used again. */
  readonly spare?: readonly ArrayBuffer[];
}

/** A chunk that lies in a file, for a thread that reads it there. Its format says where its messages end. */
export interface FileChunk {
  readonly format: number;
  /** See `SourceFile`. */
  readonly place: unknown;
  readonly start: number;
  readonly end: number;
  readonly limits: Limits;
  readonly spare?: readonly ArrayBuffer[];
}

/** What decoding a chunk came to. Places in `issues` are those in the chunk. */
export interface ChunkResult {
  readonly batches: readonly SpanBatch[];
  readonly issues: readonly Issue[];
  readonly counts: Counts;
  readonly passed: Passed;
  /** False where the chunk does not end where a message does: it was cut wrongly, and nothing of this counts. */
  readonly isWhole: boolean;
}

/** Whoever decodes chunks elsewhere. */
export interface ChunkPool {
  /** How many chunks are decoded at once; 0 when there is nobody left who could. */
  readonly size: number;
  /** A smaller source is not worth the start of the workers. */
  readonly sourceBytes: number;
  /** The same of a compressed one, as it lies on disk; nor is a smaller one worth the start of a worker that unpacks it. */
  readonly packedBytes: number;
  /** Bytes of a chunk, about. Nothing depends on it but the speed. */
  readonly chunkBytes: number;
  /** The same of a chunk that its worker reads from a file. */
  readonly fileChunkBytes: number;
  /** How many chunks may be on their way: enough that nobody waits for the next. */
  readonly chunksAtOnce: number;
  /** There will be chunks soon: starting takes its time. */
  start(): void;
  /**
   * The chunk's bytes are only read until the promise is settled, and belong to the caller again then. Rejects where
   * nobody came to a result (a worker did not start, or ended); the chunk itself is not to blame for that.
   */
  decode(chunk: Chunk | FileChunk): Promise<ChunkResult>;
  /** A worker that unpacks the file; null where there is nobody who could. */
  unpack(file: PackedFile): Unpacking | null;
  /** The result's batches are appended: their memory may be used again. */
  giveBack(result: ChunkResult): void;
}
