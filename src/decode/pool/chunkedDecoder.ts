import type { CuttableDecoder } from '../decoder.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { Chunk, ChunkPool, ChunkResult } from './chunk.ts';
import { ChunkJudge } from './chunkJudge.ts';
import { Stretch } from './stretch.ts';

/** Cuts that may be wrong: so many from the beginning on, and besides them every fourth. */
const PATIENCE = 12;

export interface ChunkedOptions {
  readonly pool: ChunkPool;
  /** Which of FORMATS the decoders are of. */
  readonly format: number;
  readonly kernel: Kernel | null;
  /** Bytes that are decoded here first: workers are started for what comes behind them. */
  readonly near: number;
  readonly signal?: AbortSignal | undefined;
}

interface Sent {
  readonly chunk: Chunk;
  /** See `SpanSink`: more is read by the time when its spans are appended. */
  readonly fractionRead: number;
  /** Null where nobody came to a result. */
  readonly answer: Promise<ChunkResult | null>;
  isAnswered: boolean;
}

/**
 * Decodes a source in chunks, which are cut where a message seems to end. The pool decodes them, and their batches are
 * appended in the order of the bytes:
 *
 *     bytes    ──chunk 1──│──chunk 2──│──chunk 3──│──chunk 4──│─ rest
 *     who        here       worker A    worker B    worker A    here
 *     sink       1            2           3           4         rest
 *
 * What a chunk came to is judged (chunkJudge.ts), so that a wrong cut costs time and nothing else. The first chunk
 * shows whether the source can be cut at all.
 *
 * Where the cuts are depends on the bytes alone, and every chunk gets a decoder that knows nothing of those before, so
 * it does not matter to any column who decodes it.
 */
export class ChunkedDecoder {
  readonly #report: SourceReport;
  readonly #options: ChunkedOptions;
  readonly #stretch: Stretch;
  readonly #judge: ChunkJudge;
  readonly #sent: Sent[] = [];
  /** Chunks are sent once the source is known to hold spans and to be cut rightly; none are made where it cannot be cut. */
  #mode: 'here' | 'pool' | 'uncut' = 'here';
  /** Whether the stretch begins where a message does. */
  #isStart = true;
  #cuts = 0;
  #wrongCuts = 0;

  constructor(first: CuttableDecoder, report: SourceReport, options: ChunkedOptions) {
    this.#judge = new ChunkJudge(first, report, options.format, options.kernel);
    this.#report = report;
    this.#options = options;
    this.#stretch = new Stretch(options.pool.chunkBytes);
  }

  /** The decoder that stands where everything was decoded up to, after `drain`. */
  get decoder(): CuttableDecoder {
    return this.#judge.decoder;
  }

  get isDone(): boolean {
    return this.#judge.isDone;
  }

  async push(piece: Uint8Array): Promise<void> {
    let rest = piece;
    while (rest.length > 0 && !this.isDone) {
      if (this.#mode === 'uncut') return this.decoder.push(rest);
      rest = rest.subarray(this.#stretch.take(rest));
      if (this.#stretch.isFull) await this.#cut();
    }
    while (this.#sent.length > 0 && this.#sent[0].isAnswered) await this.#merge();
  }

  endMessage(): void {
    if (this.#mode === 'uncut') this.decoder.endMessage();
    else this.#stretch.endMessage();
  }

  /** Brings everything into the decoder, or past it: its Issues so far are in the sink. */
  async drain(): Promise<void> {
    while (this.#sent.length > 0) await this.#merge();
    if (this.#mode === 'uncut' || this.isDone || this.#options.signal?.aborted === true) return;
    this.#isStart = this.#decodeHere(this.#chunk(this.#stretch.length));
    this.#mode = 'here';
  }

  async #cut(): Promise<void> {
    const stretch = this.#stretch;
    this.#cuts++;
    const length = stretch.lastEnd > 0 ? stretch.lastEnd : this.decoder.lastCut(stretch.bytes, this.#isStart);
    if (this.#mode === 'here') this.#cutHere(length);
    else if (length > 0) await this.#cutForPool(this.#chunk(length));
    else if (stretch.length < this.#report.limits.unitBytes) stretch.grow();
    else await this.drain();
  }

  #cutHere(length: number): void {
    const isWhole = this.#decodeHere(this.#chunk(length > 0 ? length : this.#stretch.length));
    this.#isStart = length > 0 && isWhole;
    if (!this.#isStart && ++this.#wrongCuts > PATIENCE) {
      this.#decodeHere(this.#chunk(this.#stretch.length));
      this.#mode = 'uncut';
    } else if (this.#isStart && this.decoder.passed.bytes >= this.#options.near && this.#report.spans > 0) {
      this.#mode = 'pool';
    }
  }

  async #cutForPool(chunk: Chunk): Promise<void> {
    const { pool } = this.#options;
    while (this.#sent.length > 0 && this.#sent.length >= pool.chunksAtOnce) await this.#merge();
    const isWorthIt = pool.size > 0 && this.#wrongCuts <= PATIENCE + this.#cuts / 4;
    const answer = isWorthIt ? pool.decode(chunk).catch(() => null) : Promise.resolve(null);
    const { fractionRead } = this.#report.sink;
    const sent: Sent = { chunk, fractionRead, answer, isAnswered: false };
    this.#sent.push(sent);
    void answer.then(() => (sent.isAnswered = true));
  }

  /** Waits for the first of the chunks that were sent. */
  async #merge(): Promise<void> {
    const sent = this.#sent.shift();
    if (sent === undefined || this.isDone) return;
    const { chunk, fractionRead, answer } = sent;
    const result = await answer;
    const { pool, signal } = this.#options;
    const { sink } = this.#report;
    signal?.throwIfAborted();
    const readByNow = sink.fractionRead;
    sink.fractionRead = fractionRead;
    if (result !== null && this.#judge.accept(result)) {
      pool.giveBack(result);
      this.#stretch.giveBack(chunk.bytes);
    } else if (!this.#decodeHere(chunk)) this.#wrongCuts++;
    sink.fractionRead = readByNow;
  }

  /** True where the chunk ends where a message does. */
  #decodeHere(chunk: Chunk): boolean {
    const isWhole = this.#judge.decodeHere(chunk);
    this.#stretch.giveBack(chunk.bytes);
    return isWhole;
  }

  #chunk(length: number): Chunk {
    return { format: this.#options.format, limits: this.#report.limits, ...this.#stretch.cut(length) };
  }
}
