import { grown } from '../base/growable.ts';
import type { Fraction, Nanoseconds } from '../base/units.ts';

/** Counts of a trace: of 16 bits, until one is longer. */
export type Counts = Uint16Array | Uint32Array;
/** Times: of 32 bits, until a trace is longer than 4.29 s. They are whole numbers. */
export type Times = Uint32Array | Float64Array;

const MOST_IN_16_BITS = 0xffff;
const MOST_IN_32_BITS = 0xffff_ffff;
/** More than the traces so far let expect: what is never written to is never taken, and a column too short is copied. */
const SPARE = 1.25;

/**
 * The columns of TraceEntries, while they are written: one trace after the other. There are as many entries as spans,
 * and a page of memory that is written for the first time costs more than what is done with it: so columns are as
 * narrow as the dataset allows, and are made wider when it does not.
 */
export class EntryColumns {
  count = 0;
  account: Counts;
  marks = new Uint8Array(1024);
  path: Times = new Uint32Array(1024);
  visits: Counts;
  firstRow: Counts = new Uint16Array(1024);
  /** Of traces in which it differs from `path`, and is not there for the others. */
  own: Times = new Uint32Array(64);
  ownCount = 0;

  /** By account: its entry in the trace at hand, valid where it is not below `#first`. */
  readonly #entryOf: Int32Array;
  #first = 0;

  /** `mostVisits` bounds what a span may count for. */
  constructor(accountCount: number, mostVisits = 1) {
    this.account = accountCount > MOST_IN_16_BITS ? new Uint32Array(1024) : new Uint16Array(1024);
    this.visits = mostVisits > 1 ? new Uint32Array(1024) : new Uint16Array(1024);
    this.#entryOf = new Int32Array(accountCount).fill(-1);
  }

  /**
   * Begins a trace of so many spans, at most `most` entries, and no time above `longest`: until the next one begins, the
   * columns stay where they are. `done` of the dataset's spans, above 0, are behind it when it ends.
   */
  begin(spans: number, most: number, longest: Nanoseconds, done: Fraction): void {
    this.#first = this.count;
    if (spans > MOST_IN_16_BITS && this.firstRow instanceof Uint16Array) {
      this.firstRow = Uint32Array.from(this.firstRow);
      this.visits = Uint32Array.from(this.visits);
    }
    if (longest > MOST_IN_32_BITS && this.path instanceof Uint32Array) {
      this.path = Float64Array.from(this.path);
      this.own = Float64Array.from(this.own);
    }
    if (this.count + most <= this.account.length) return;
    // What is written so far tells how much there will be; growing step by step would copy everything again and again.
    const length = Math.ceil(((this.count + most) / done) * SPARE);
    this.account = grown(this.account, length);
    this.marks = grown(this.marks, length);
    this.path = grown(this.path, length);
    this.visits = grown(this.visits, length);
    this.firstRow = grown(this.firstRow, length);
  }

  /** The entry of an account in the trace at hand, made when it is first touched. */
  entry(account: number): number {
    const known = this.#entryOf[account];
    if (known >= this.#first) return known;
    const entry = this.count++;
    this.account[entry] = account;
    this.#entryOf[account] = entry;
    return entry;
  }

  /** Appends the own times of the trace at hand, one for each of its entries. Returns the first one's place. */
  appendOwn(times: Float64Array): number {
    const place = this.ownCount;
    this.ownCount += times.length;
    this.own = grown(this.own, this.ownCount);
    this.own.set(times, place);
    return place;
  }
}
