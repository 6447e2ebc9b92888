import type { Limits } from '../../config/limits.ts';
import type { CuttableDecoder } from '../decoder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SourceFile } from '../source.ts';
import type { SourceReport } from '../sourceReport.ts';
import { nextTask } from '../bytes/nextTask.ts';
import { buffersOf } from './buffersOf.ts';
import type { ChunkPool, ChunkResult } from './chunk.ts';
import { ChunkJudge } from './chunkJudge.ts';
import { decodeChunk } from './decodeChunk.ts';

/** Cuts that may be wrong: so many from the beginning on, and besides them every fourth. */
const PATIENCE = 12;
/** Bytes that are looked at for a place to cut, and so many the next time where there is none: asking costs as well. */
const PROBE = 1 << 16;
const LARGEST_PROBE = 1 << 20;
/** `{"resour`: as many bytes tell a line of OTLP from a line inside an indented document. */
const LIKENESS = 8;
/** Chunks that were decoded here and wait for those before them: few, for they take memory. */
const MOST_AHEAD = 2;

export interface FileDecoding {
  readonly file: SourceFile;
  readonly size: number;
  readonly pool: ChunkPool;
  /** Which of FORMATS the decoder is of. */
  readonly format: number;
  readonly kernel: Kernel | null;
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of bytes that were decoded so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

interface Sent {
  readonly start: number;
  readonly end: number;
  /** Null where nobody came to a result. */
  readonly answer: Promise<ChunkResult | null>;
  /** Decoded in this thread, not by the pool. */
  readonly isOurs: boolean;
  isAnswered: boolean;
}

/**
 * Decodes a file whose workers read it themselves, so that hardly any of its bytes pass through this thread, which looks
 * for places to cut and puts together what comes back. Where it would wait for the workers, it decodes a chunk too:
 *
 *     file     …}⏎{… │ …}⏎{… │ …}⏎{…        a cut is behind the first line feed after so many MiB
 *     worker A  ─────┘       │
 *     worker B        └──────┘
 *     here      probe        └─────  append A, append B, append its own
 *
 * As with bytes that stream by (chunkedDecoder.ts) a wrong cut costs time and nothing else, and where the cuts are
 * depends on the bytes alone.
 */
export class FileDecoder {
  readonly #options: FileDecoding;
  readonly #report: SourceReport;
  readonly #judge: ChunkJudge;
  readonly #sent: Sent[] = [];
  readonly #probe = new Uint8Array(LARGEST_PROBE);
  /** Buffers for the batches of chunks that are decoded here. */
  readonly #spare: ArrayBuffer[] = [];
  #cuts = 0;
  #wrongCuts = 0;

  constructor(first: CuttableDecoder, report: SourceReport, options: FileDecoding) {
    this.#options = options;
    this.#report = report;
    this.#judge = new ChunkJudge(first, report, options.format, options.kernel);
  }

  /** The decoder that stands behind all that was decoded. */
  get decoder(): CuttableDecoder {
    return this.#judge.decoder;
  }

  /** Whether behind the first cut something begins as the file does: else it is one document, or an indented one. */
  async canCut(): Promise<boolean> {
    const { file, size, pool } = this.#options;
    const cut = await this.#cutBehind(pool.chunkBytes);
    if (cut === 0 || cut >= size) return false;
    const [first, next] = await Promise.all([file.read(0, LIKENESS), file.read(cut, cut + LIKENESS)]);
    return first.every((byte, i) => next[i] === byte);
  }

  /** Decodes the whole file, or as much as there is room for. Rejects where it cannot be read, or on an abort. */
  async run(): Promise<void> {
    const { size, pool } = this.#options;
    let isCut = false;
    for (let start = 0; start < size && !this.#judge.isDone;) {
      const target = Math.min(size, start + (isCut ? pool.fileChunkBytes : pool.chunkBytes));
      const end = (await this.#cutBehind(target)) || target;
      this.#cuts++;
      if (isCut && this.#isWorthIt()) await this.#send(start, end);
      else isCut = (await this.#decodeHere(start, end)) && this.#report.spans > 0;
      start = end;
    }
    while (this.#sent.length > 0) await this.#merge();
  }

  #isWorthIt(): boolean {
    return this.#options.pool.size > 0 && this.#wrongCuts <= PATIENCE + this.#cuts / 4;
  }

  /** Behind the first place from `at` on where a message may end; 0 where there is none within reach. */
  async #cutBehind(at: number): Promise<number> {
    const { file, size, pool } = this.#options;
    for (let from = at, length = PROBE; from < size && from <= at + pool.chunkBytes;) {
      const found = this.decoder.firstCut?.(await file.read(from, Math.min(size, from + length), this.#probe)) ?? 0;
      if (found > 0) return from + found;
      from += length;
      length = Math.min(LARGEST_PROBE, length * 2);
    }
    return at < size ? 0 : size;
  }

  /** To the pool, as soon as it takes one more; or it is decoded here, where the pool has enough and nothing is to be appended. */
  async #send(start: number, end: number): Promise<void> {
    const { pool, format, limits, file } = this.#options;
    for (;;) {
      const first = this.#sent.at(0);
      if (first === undefined || this.#count(false) < pool.chunksAtOnce) break;
      if (!first.isAnswered && this.#count(true) < MOST_AHEAD && this.#judge.decoder.settle()) {
        // Answers are messages: they are handled in a task of their own.
        await nextTask();
        if (!first.isAnswered) {
          const result = await this.#decodeAhead(start, end);
          return this.#note(start, end, Promise.resolve(result), true);
        }
      }
      await this.#merge();
    }
    const answer = pool.decode({ format, limits, place: file.place, start, end }).catch(() => null);
    this.#note(start, end, answer, false);
  }

  #count(isOurs: boolean): number {
    return this.#sent.reduce((count, sent) => count + Number(sent.isOurs === isOurs), 0);
  }

  #note(start: number, end: number, answer: Promise<ChunkResult | null>, isOurs: boolean): void {
    const sent: Sent = { start, end, answer, isOurs, isAnswered: isOurs };
    this.#sent.push(sent);
    void answer.then(() => (sent.isAnswered = true));
  }

  /** As a worker does. Null where it cannot be read: that shows where it is decoded in its turn. */
  async #decodeAhead(start: number, end: number): Promise<ChunkResult | null> {
    const { file, format, limits, kernel, signal } = this.#options;
    const push = async (decoder: CuttableDecoder): Promise<void> => {
      for await (const piece of file.pieces(start, end)) {
        signal?.throwIfAborted();
        decoder.push(piece);
      }
    };
    return decodeChunk({ format, limits, kernel, push, spare: this.#spare }).catch(() => null);
  }

  /** Waits for the first of the chunks that were sent. */
  async #merge(): Promise<void> {
    const { signal, onBytes } = this.#options;
    const sent = this.#sent.shift();
    if (sent === undefined || this.#judge.isDone) return;
    const result = await sent.answer;
    signal?.throwIfAborted();
    // Before what is in them comes: the dataset makes room by it.
    onBytes?.(sent.end);
    if (result !== null && this.#judge.accept(result)) this.#giveBack(result, sent.isOurs);
    else await this.#decodeChunk(sent.start, sent.end);
  }

  /** The result's batches are appended: their memory may be used again, by who made them. */
  #giveBack(result: ChunkResult, isOurs: boolean): void {
    if (!isOurs) return this.#options.pool.giveBack(result);
    this.#spare.push(...result.batches.flatMap((batch) => buffersOf(batch)));
    // Those that came first were too small for what came since.
    this.#spare.splice(0, this.#spare.length - MOST_AHEAD);
  }

  /** Behind all that was sent; true where the chunk ends where a message does. */
  async #decodeHere(start: number, end: number): Promise<boolean> {
    while (this.#sent.length > 0) await this.#merge();
    return !this.#judge.isDone && this.#decodeChunk(start, end);
  }

  async #decodeChunk(start: number, end: number): Promise<boolean> {
    const { file, signal, onBytes } = this.#options;
    const decoder = this.#judge.begin();
    for await (const piece of file.pieces(start, end)) {
      signal?.throwIfAborted();
      decoder.push(piece);
    }
    const isWhole = decoder.settle();
    if (!isWhole) this.#wrongCuts++;
    onBytes?.(end);
    return isWhole;
  }
}
