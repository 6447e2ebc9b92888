import type { Limits } from '../../config/limits.ts';
import type { CuttableDecoder } from '../decoder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SourceFile } from '../source.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { ChunkPool, ChunkResult } from './chunk.ts';
import { ChunkJudge } from './chunkJudge.ts';

/** Cuts that may be wrong: so many from the beginning on, and besides them every fourth. */
const PATIENCE = 12;
/** Bytes that are looked at for a place to cut, again and again for as long as a chunk. */
const PROBE = 1 << 16;
/** `{"resour`: as many bytes tell a line of OTLP from a line inside an indented document. */
const LIKENESS = 8;

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
}

/**
 * Decodes a file whose workers read it themselves, so that its bytes never pass through this thread, which only looks
 * for places to cut and puts together what comes back:
 *
 *     file     …}⏎{… │ …}⏎{…        a cut is behind the first line feed after so many MiB
 *     here           │ probe
 *     worker A  ─────┘
 *     worker B        └─────
 *
 * As with bytes that stream by (chunkedDecoder.ts) a wrong cut costs time and nothing else, and where the cuts are
 * depends on the bytes alone.
 */
export class FileDecoder {
  readonly #options: FileDecoding;
  readonly #report: SourceReport;
  readonly #judge: ChunkJudge;
  readonly #sent: Sent[] = [];
  readonly #probe = new Uint8Array(PROBE);
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
    for (let from = at; from < size && from <= at + pool.chunkBytes; from += PROBE) {
      const found = this.decoder.firstCut?.(await file.read(from, Math.min(size, from + PROBE), this.#probe)) ?? 0;
      if (found > 0) return from + found;
    }
    return at < size ? 0 : size;
  }

  async #send(start: number, end: number): Promise<void> {
    const { pool, format, limits, file } = this.#options;
    while (this.#sent.length > 0 && this.#sent.length >= pool.chunksAtOnce) await this.#merge();
    const answer = pool.decode({ format, limits, place: file.place, start, end }).catch(() => null);
    this.#sent.push({ start, end, answer });
  }

  /** Waits for the first of the chunks that were sent. */
  async #merge(): Promise<void> {
    const { pool, signal, onBytes } = this.#options;
    const sent = this.#sent.shift();
    if (sent === undefined || this.#judge.isDone) return;
    const result = await sent.answer;
    signal?.throwIfAborted();
    // Before what is in them comes: the dataset makes room by it.
    onBytes?.(sent.end);
    if (result !== null && this.#judge.accept(result)) pool.giveBack(result);
    else await this.#decodeChunk(sent.start, sent.end);
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
