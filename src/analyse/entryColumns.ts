import { grown } from '../base/growable.ts';
import type { Fraction } from '../base/units.ts';

/** The columns of TraceEntries, while they are written: one trace after the other. */
export class EntryColumns {
  count = 0;
  account = new Uint32Array(1024);
  marks = new Uint8Array(1024);
  path = new Float64Array(1024);
  own = new Float64Array(1024);
  visits = new Uint32Array(1024);
  firstStart = new Float64Array(1024);

  /** By account: its entry in the trace at hand, valid where it is not below `#first`. */
  readonly #entryOf: Int32Array;
  #first = 0;

  constructor(accountCount: number) {
    this.#entryOf = new Int32Array(accountCount).fill(-1);
  }

  /**
   * Begins a trace of at most `most` entries: until the next one begins, the columns stay where they are. `done` of
   * the dataset's spans, above 0, are behind it when it ends.
   */
  begin(most: number, done: Fraction): void {
    this.#first = this.count;
    if (this.count + most <= this.account.length) return;
    // What is written so far tells how much there will be; growing step by step would copy everything again and again.
    const length = Math.ceil((this.count + most) / done);
    this.account = grown(this.account, length);
    this.marks = grown(this.marks, length);
    this.path = grown(this.path, length);
    this.own = grown(this.own, length);
    this.visits = grown(this.visits, length);
    this.firstStart = grown(this.firstStart, length);
  }

  /** The entry of an account in the trace at hand, made when it is first touched. */
  entry(account: number): number {
    const known = this.#entryOf[account];
    if (known >= this.#first) return known;
    const entry = this.count++;
    this.account[entry] = account;
    this.firstStart[entry] = Number.POSITIVE_INFINITY;
    this.#entryOf[account] = entry;
    return entry;
  }
}
