import type { CuttableDecoder } from '../decoder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { Chunk, ChunkResult } from './chunk.ts';
import { openCuttable, pushChunk } from './decodeChunk.ts';

/**
 * Puts chunks together again, in the order of the bytes. A result counts where the decoder in this thread stands between
 * two messages in front of the chunk, and the chunk itself ended between two. Else the chunk's bytes are decoded here,
 * as if there were nobody else: so a cut that was wrong, or a worker that ended, costs time and nothing else.
 */
export class ChunkJudge {
  readonly #report: SourceReport;
  readonly #format: number;
  readonly #kernel: Kernel | null;
  #decoder: CuttableDecoder;

  /** `format` is which of FORMATS the decoder is of. */
  constructor(first: CuttableDecoder, report: SourceReport, format: number, kernel: Kernel | null) {
    this.#decoder = first;
    this.#report = report;
    this.#format = format;
    this.#kernel = kernel;
  }

  /** The decoder that stands behind what was accepted or decoded last. */
  get decoder(): CuttableDecoder {
    return this.#decoder;
  }

  get isDone(): boolean {
    return this.#report.sink.isFull || this.#decoder.isDone;
  }

  /** Appends what a chunk came to; false, and nothing happens, where it does not count. */
  accept(result: ChunkResult): boolean {
    if (!result.isWhole || !this.#decoder.settle()) return false;
    const { bytes, lines } = this.#decoder.passed;
    this.#report.add(result.counts, result.issues, { byte: bytes, line: lines + 1 });
    for (const batch of result.batches) this.#report.sink.append(batch);
    this.#decoder.skip(result.passed);
    return true;
  }

  /** Decodes the next chunk in this thread; true where it ends where a message does. */
  decodeHere(chunk: Pick<Chunk, 'bytes' | 'ends'>): boolean {
    pushChunk(this.begin(), chunk);
    return this.#decoder.settle();
  }

  /** The decoder for the next chunk, to be given all of its bytes. */
  begin(): CuttableDecoder {
    if (this.#decoder.settle()) {
      const { passed } = this.#decoder;
      this.#decoder = openCuttable(this.#format, this.#report, this.#kernel);
      this.#decoder.skip(passed);
    }
    return this.#decoder;
  }
}
