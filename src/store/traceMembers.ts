import { ascendingOrder } from '../base/ascendingOrder.ts';
import { keyOf } from '../base/orderByKey.ts';
import { sortRows } from '../base/sortRows.ts';
import { compareContent, compareRank } from './rank.ts';
import type { RawDataset } from './rawDataset.ts';
import { atOf, END, SPAN_ID, START } from './spanRows.ts';

/** No member. */
export const NONE = -1;
/** Up to so many spans a trace is sorted by insertion and searched from end to end: nearly all traces are. */
export const SMALL_TRACE = 48;
const TWO_32 = 4294967296;

/**
 * The spans of one trace, duplicates taken out. A *member* is an index into these arrays, which are overwritten by the
 * next trace.
 *
 *     rows came as    c  a  b  a again
 *     members         a  b  c            in rank order (span id, kind, start, end, name, service), to find a again
 *     came as         c  a  b
 *     members         c  a  b            as they came where the trace is small and no two may be the same: most are
 *
 * Ids are compared by their top 53 bits, which nearly always differ, and by the words in the rows where they do not.
 */
export class TraceMembers {
  count = 0;
  rows = new Uint32Array(64);
  /** Nanoseconds from the origin. */
  start = new Float64Array(64);
  end = new Float64Array(64);
  originHigh = 0;
  originLow = 0;
  /** Of two members the one with the lower number here ranks first. */
  rank = new Float64Array(64);
  /** Some of the members may share an id. */
  isTied = false;
  duplicates = 0;
  /** The row of the first one; NONE where there is none. */
  firstDuplicate = NONE;

  readonly #raw: RawDataset;
  #key = new Float64Array(64);
  #order = new Float64Array(64);

  constructor(raw: RawDataset) {
    this.#raw = raw;
  }

  /** Takes the trace that is `rows[from, to)`. */
  take(rows: Uint32Array, from: number, to: number): void {
    const count = to - from;
    this.#reserve(count);
    this.#copyRows(rows, from, to);
    this.#findOrigin(count);
    const isSmall = count <= SMALL_TRACE;
    this.isTied = isSmall && this.#hasTie(count);
    this.rank = this.#key;
    this.count = count;
    if (!isSmall || this.isTied) this.#sort(count);
    if (this.isTied) this.#mergeDuplicates(count);
    this.#readTimes();
  }

  isSameId(a: number, b: number): boolean {
    return this.#key[a] === this.#key[b] && this.#idLow(a) === this.#idLow(b);
  }

  /** The first member with this id; NONE where there is none. */
  firstWithId(high: number, low: number): number {
    const keys = this.#key;
    const key = keyOf(high, low);
    if (this.count <= SMALL_TRACE) {
      for (let member = 0; member < this.count; member++) {
        if (keys[member] === key && this.#idLow(member) === low) return member;
      }
      return NONE;
    }
    let from = 0;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((keys[middle] - key || this.#idLow(middle) - low) < 0) from = middle + 1;
      else to = middle;
    }
    return from < this.count && keys[from] === key && this.#idLow(from) === low ? from : NONE;
  }

  #idLow(member: number): number {
    return this.#raw.spans.word(this.rows[member], SPAN_ID + 1);
  }

  #reserve(count: number): void {
    if (this.rows.length >= count) return;
    const length = Math.max(count, this.rows.length * 2);
    this.rows = new Uint32Array(length);
    this.start = new Float64Array(length);
    this.end = new Float64Array(length);
    this.#key = new Float64Array(length);
    this.#order = new Float64Array(length);
  }

  /** Little else but loads that do not wait for one another: a trace's spans may lie far apart in memory. */
  #copyRows(from: Uint32Array, first: number, end: number): void {
    const { spans } = this.#raw;
    const { rows } = this;
    const keys = this.#key;
    for (let i = first; i < end; i++) {
      const row = from[i];
      const page = spans.pageOf(row);
      const at = atOf(row);
      rows[i - first] = row;
      keys[i - first] = keyOf(page[at + SPAN_ID], page[at + SPAN_ID + 1]);
    }
  }

  /** The latest start: a span without a time (zero) then costs the others none of their precision. */
  #findOrigin(count: number): void {
    const { spans } = this.#raw;
    let originHigh = 0;
    let originLow = 0;
    for (let i = 0; i < count; i++) {
      const row = this.rows[i];
      const page = spans.pageOf(row);
      const at = atOf(row);
      const high = page[at + START];
      const low = page[at + START + 1];
      if (high > originHigh || (high === originHigh && low > originLow)) {
        originHigh = high;
        originLow = low;
      }
    }
    this.originHigh = originHigh;
    this.originLow = originLow;
  }

  #hasTie(count: number): boolean {
    const keys = this.#key;
    let isTied = false;
    for (let i = 1; i < count; i++) {
      const key = keys[i];
      for (let other = 0; other < i; other++) isTied = isTied || keys[other] === key;
    }
    return isTied;
  }

  #sort(count: number): void {
    const rows = this.rows.slice(0, count);
    const keys = this.#key.slice(0, count);
    const order = ascendingOrder(keys);
    for (let i = 0; i < count; i++) {
      this.rows[i] = rows[order[i]];
      this.#key[i] = keys[order[i]];
      if (i > 0 && this.#key[i] === this.#key[i - 1]) this.isTied = true;
    }
  }

  /** Sorts what has one key by rank, and takes the duplicates out: of equal spans the one that came first stays. */
  #mergeDuplicates(rowCount: number): void {
    const { rows } = this;
    const keys = this.#key;
    let count = 0;
    for (let first = 0, next = 0; first < rowCount; first = next) {
      do next++;
      while (next < rowCount && keys[next] === keys[first]);
      sortRows(rows, first, next, (a, b) => compareRank(this.#raw, a, b) || a - b);
      for (let i = first; i < next; i++) {
        if (i > first && compareContent(this.#raw, rows[count - 1], rows[i]) === 0) {
          if (this.duplicates++ === 0) this.firstDuplicate = rows[i];
          continue;
        }
        rows[count] = rows[i];
        keys[count++] = keys[i];
      }
    }
    this.count = count;
    this.rank = this.#order;
    for (let member = 0; member < count; member++) this.rank[member] = member;
  }

  #readTimes(): void {
    const { spans } = this.#raw;
    const { rows, start, end, originHigh, originLow, count } = this;
    for (let member = 0; member < count; member++) {
      const page = spans.pageOf(rows[member]);
      const at = atOf(rows[member]);
      start[member] = (page[at + START] - originHigh) * TWO_32 + (page[at + START + 1] - originLow);
      end[member] = (page[at + END] - originHigh) * TWO_32 + (page[at + END + 1] - originLow);
    }
  }
}
