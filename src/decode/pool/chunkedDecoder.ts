import type { CuttableDecoder } from '../decoder.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { Chunk, ChunkPool, ChunkResult } from './chunk.ts';
import { pushChunk } from './decodeChunk.ts';
import { Stretch } from './stretch.ts';

/** A worker has one chunk in hand and one waiting, so that it never waits for this thread. */
const CHUNKS_A_WORKER = 2;
/** Cuts that may be wrong, besides every fourth: a source of which more are cannot be cut. */
const PATIENCE = 12;

export interface ChunkedOptions {
  readonly pool: ChunkPool;
  /** Which of FORMATS the decoder is of. */
  readonly format: number;
  /** Bytes that are decoded here first: workers are started for what comes behind them. */
  readonly near: number;
  readonly signal?: AbortSignal | undefined;
}

interface Sent {
  readonly chunk: Chunk;
  /** Null where nobody came to a result. */
  readonly answer: Promise<ChunkResult | null>;
  isAnswered: boolean;
}

/**
 * A decoder that has others decode. The source is cut into chunks at places where a message seems to end; the pool
 * decodes them, and their batches are appended in the order of the bytes:
 *
 *     bytes    ──chunk 1──│──chunk 2──│──chunk 3──│──chunk 4──│─ rest
 *     who        here       worker A    worker B    worker A    here
 *     sink       1            2           3           4         rest
 *
 * The one decoder of the source stays, and is the judge: a chunk's result counts where the decoder stands between two
 * messages in front of the chunk and the chunk itself ended between two. Else the decoder reads the chunk's bytes
 * itself, as if there were no pool. So a cut that was wrong, or a worker that ended, costs time and nothing else.
 * That goes for the first chunk too: it shows whether the source can be cut at all.
 */
export class ChunkedDecoder {
  readonly #decoder: CuttableDecoder;
  readonly #report: SourceReport;
  readonly #options: ChunkedOptions;
  readonly #stretch: Stretch;
  readonly #sent: Sent[] = [];
  /** Who decodes: this thread until the source is known to be cut rightly, then the pool; this thread where it cannot be cut. */
  #mode: 'here' | 'pool' | 'uncut' = 'here';
  /** Whether the stretch begins where a message does. */
  #isStart = true;
  #cuts = 0;
  #wrongCuts = 0;

  constructor(decoder: CuttableDecoder, report: SourceReport, options: ChunkedOptions) {
    this.#decoder = decoder;
    this.#report = report;
    this.#options = options;
    this.#stretch = new Stretch(options.pool.chunkBytes);
  }

  async push(piece: Uint8Array): Promise<void> {
    let rest = piece;
    while (rest.length > 0 && !this.#isDone) {
      if (this.#mode === 'uncut') return this.#decoder.push(rest);
      rest = rest.subarray(this.#stretch.take(rest));
      if (this.#stretch.isFull) await this.#cut();
    }
    while (this.#sent.length > 0 && this.#sent[0].isAnswered) await this.#merge();
  }

  endMessage(): void {
    if (this.#mode === 'uncut') this.#decoder.endMessage();
    else this.#stretch.endMessage();
  }

  /** Brings everything into the decoder, or past it: its Issues so far are in the sink. */
  async drain(): Promise<void> {
    while (this.#sent.length > 0) await this.#merge();
    if (this.#mode === 'uncut' || this.#isDone || this.#options.signal?.aborted === true) return;
    this.#decodeHere(this.#chunk(this.#stretch.length));
    this.#mode = 'here';
    this.#isStart = this.#decoder.settle();
  }

  get #isDone(): boolean {
    return this.#report.sink.isFull || this.#decoder.isDone;
  }

  async #cut(): Promise<void> {
    const stretch = this.#stretch;
    this.#cuts++;
    if (this.#options.pool.size === 0 || this.#wrongCuts > PATIENCE + this.#cuts / 4) {
      await this.drain();
      this.#mode = 'uncut';
      return;
    }
    const length = stretch.lastEnd > 0 ? stretch.lastEnd : this.#decoder.lastCut(stretch.bytes, this.#isStart);
    if (this.#mode === 'here') this.#cutHere(length);
    else if (length > 0) await this.#send(this.#chunk(length));
    else if (stretch.length < this.#report.limits.unitBytes) stretch.grow();
    else await this.drain();
  }

  #cutHere(length: number): void {
    this.#decodeHere(this.#chunk(length > 0 ? length : this.#stretch.length));
    this.#isStart = length > 0 && this.#decoder.settle();
    if (!this.#isStart) this.#wrongCuts++;
    else if (this.#decoder.passed.bytes >= this.#options.near && this.#report.isRecognised) this.#mode = 'pool';
  }

  async #send(chunk: Chunk): Promise<void> {
    const { pool } = this.#options;
    while (this.#sent.length > 0 && this.#sent.length >= pool.size * CHUNKS_A_WORKER) await this.#merge();
    const sent: Sent = { chunk, answer: pool.decode(chunk).catch(() => null), isAnswered: false };
    this.#sent.push(sent);
    void sent.answer.then(() => (sent.isAnswered = true));
  }

  /** Waits for the first of the chunks that were sent. */
  async #merge(): Promise<void> {
    const sent = this.#sent.shift();
    if (sent === undefined || this.#isDone) return;
    const result = await sent.answer;
    this.#options.signal?.throwIfAborted();
    if (this.#decoder.settle() && result?.isWhole === true) {
      this.#append(result);
      this.#stretch.giveBack(sent.chunk.bytes);
    } else {
      if (result !== null) this.#wrongCuts++;
      this.#decodeHere(sent.chunk);
    }
  }

  #append({ batch, counts, issues, passed }: ChunkResult): void {
    const { bytes, lines } = this.#decoder.passed;
    this.#report.add(counts, issues, { byte: bytes, line: lines + 1 });
    this.#report.sink.append(batch);
    this.#decoder.skip(passed);
  }

  #decodeHere(chunk: Chunk): void {
    pushChunk(this.#decoder, chunk);
    this.#stretch.giveBack(chunk.bytes);
  }

  #chunk(length: number): Chunk {
    return { format: this.#options.format, limits: this.#report.limits, ...this.#stretch.cut(length) };
  }
}
