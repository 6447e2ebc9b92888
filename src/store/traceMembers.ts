import { keyOf, orderByKey } from '../base/orderByKey.ts';
import { compareContent, compareRank } from './rank.ts';
import type { RawDataset } from './rawDataset.ts';
import { atOf, END, SPAN_ID, START } from './spanRows.ts';

/** No member. */
export const NONE = -1;
/** Up to so many spans a trace is sorted by insertion and searched from end to end: nearly all traces are. */
export const SMALL_TRACE = 48;
const TWO_32 = 4294967296;

/**
 * The spans of one trace in rank order (span id, kind, start, end, name, service), duplicates taken out.
 *
 *     rows came as    c  a  b  a again
 *     members         a  b  c            a *member* is an index into these
 *
 * Arrays are by member, and are overwritten by the next trace.
 */
export class TraceMembers {
  count = 0;
  rows = new Uint32Array(64);
  /** Nanoseconds from the origin. */
  start = new Float64Array(64);
  end = new Float64Array(64);
  originHigh = 0;
  originLow = 0;
  duplicates = 0;

  readonly #raw: RawDataset;
  #idHigh = new Uint32Array(64);
  #idLow = new Uint32Array(64);

  constructor(raw: RawDataset) {
    this.#raw = raw;
  }

  take(rows: Uint32Array): void {
    this.#reserve(rows.length);
    this.#takeRows(rows);
    this.#mergeDuplicates(rows.length);
  }

  isSameId(a: number, b: number): boolean {
    return this.#idLow[a] === this.#idLow[b] && this.#idHigh[a] === this.#idHigh[b];
  }

  /** The first member with this id; NONE where there is none. */
  firstWithId(high: number, low: number): number {
    const idHigh = this.#idHigh;
    const idLow = this.#idLow;
    let from = 0;
    let to = this.count;
    if (to > SMALL_TRACE) {
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (idHigh[middle] < high || (idHigh[middle] === high && idLow[middle] < low)) from = middle + 1;
        else to = middle;
      }
      return from < this.count && idHigh[from] === high && idLow[from] === low ? from : NONE;
    }
    for (; from < to; from++) if (idLow[from] === low && idHigh[from] === high) return from;
    return NONE;
  }

  #reserve(count: number): void {
    if (this.rows.length >= count) return;
    const length = Math.max(count, this.rows.length * 2);
    this.rows = new Uint32Array(length);
    this.start = new Float64Array(length);
    this.end = new Float64Array(length);
    this.#idHigh = new Uint32Array(length);
    this.#idLow = new Uint32Array(length);
  }

  /** Rows and their ids in the order of rank. The origin is the latest start: a span without a time (zero) then costs the others none of their precision. */
  #takeRows(rows: Uint32Array): void {
    const { spans } = this.#raw;
    const isSmall = rows.length <= SMALL_TRACE;
    let originHigh = 0;
    let originLow = 0;
    for (let i = 0; i < rows.length; i++) {
      const page = spans.pageOf(rows[i]);
      const at = atOf(rows[i]);
      const high = page[at + START];
      const low = page[at + START + 1];
      if (high > originHigh || (high === originHigh && low > originLow)) {
        originHigh = high;
        originLow = low;
      }
      const place = isSmall ? this.#makePlace(i, rows[i], page[at + SPAN_ID], page[at + SPAN_ID + 1]) : i;
      this.rows[place] = rows[i];
      this.#idHigh[place] = page[at + SPAN_ID];
      this.#idLow[place] = page[at + SPAN_ID + 1];
    }
    this.originHigh = originHigh;
    this.originLow = originLow;
    if (!isSmall) this.#sortRows(rows);
  }

  /** Moves those of the first `count` rows that rank above this one, and returns the place that gets free. */
  #makePlace(count: number, row: number, high: number, low: number): number {
    const idHigh = this.#idHigh;
    const idLow = this.#idLow;
    let place = count;
    for (; place > 0; place--) {
      const before = place - 1;
      const order = idHigh[before] - high || idLow[before] - low || compareRank(this.#raw, this.rows[before], row);
      if (order <= 0) break;
      this.rows[place] = this.rows[before];
      idHigh[place] = idHigh[before];
      idLow[place] = idLow[before];
    }
    return place;
  }

  #sortRows(rows: Uint32Array): void {
    const idHigh = this.#idHigh.slice(0, rows.length);
    const idLow = this.#idLow.slice(0, rows.length);
    const keys = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) keys[i] = keyOf(idHigh[i], idLow[i]);
    const order = orderByKey(keys, (a, b) => idLow[a] - idLow[b] || compareRank(this.#raw, rows[a], rows[b]));
    for (let i = 0; i < rows.length; i++) {
      this.rows[i] = rows[order[i]];
      this.#idHigh[i] = idHigh[order[i]];
      this.#idLow[i] = idLow[order[i]];
    }
  }

  /** What is left are the members, with their times. */
  #mergeDuplicates(rowCount: number): void {
    const { spans } = this.#raw;
    const { rows } = this;
    let count = 0;
    for (let i = 0; i < rowCount; i++) {
      const row = rows[i];
      this.#idHigh[count] = this.#idHigh[i];
      this.#idLow[count] = this.#idLow[i];
      if (count > 0 && this.isSameId(count - 1, count) && compareContent(this.#raw, rows[count - 1], row) === 0) {
        this.duplicates++;
        continue;
      }
      const page = spans.pageOf(row);
      const at = atOf(row);
      rows[count] = row;
      this.start[count] = (page[at + START] - this.originHigh) * TWO_32 + (page[at + START + 1] - this.originLow);
      this.end[count] = (page[at + END] - this.originHigh) * TWO_32 + (page[at + END + 1] - this.originLow);
      count++;
    }
    this.count = count;
  }
}
