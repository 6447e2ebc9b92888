import { ascendingOrder } from '../base/ascendingOrder.ts';
import { keyOf } from '../base/orderByKey.ts';
import { sortRows } from '../base/sortRows.ts';
import { IdIndex } from './idIndex.ts';
import { compareContent, compareRank } from './rank.ts';
import type { RawDataset } from './rawDataset.ts';
import { INVALID_PARENT } from './spanBatch.ts';
import { marksOf } from './factsWord.ts';
import type { TraceRuns } from './traceRuns.ts';

/** No member. */
export const NONE = -1;
/** A mark beside those of spanBatch: starts at 0, which is 1970. */
export const WITHOUT_START = 0x80;
const TWO_32 = 4294967296;

/**
 * The spans of one trace, duplicates taken out. A *member* is an index into these arrays, which are overwritten by the
 * next trace.
 *
 *     rows came as    c  a  b  a again
 *     members         a  b  c            in rank order (span id, kind, start, end, name, service), to find a again
 *     came as         c  a  b
 *     members         c  a  b            as they came where no id is there twice, which is nearly always
 *
 * What assembly compares over and over is here, side by side.
 */
export class TraceMembers {
  count = 0;
  rows = new Uint32Array(64);
  idHigh = new Uint32Array(64);
  idLow = new Uint32Array(64);
  /** The id that a member names as its parent's. */
  parentHigh = new Uint32Array(64);
  parentLow = new Uint32Array(64);
  /** What is odd: spanBatch's marks, and WITHOUT_START. Zero for nearly all. */
  marks = new Uint8Array(64);
  /** Some have marks. */
  isOdd = false;
  /** Nanoseconds from the origin. */
  start = new Float64Array(64);
  end = new Float64Array(64);
  originHigh = 0;
  originLow = 0;
  /** Members may share an id, and are in rank order. */
  isTied = false;
  duplicates = 0;
  /** The row of the first one; NONE where there is none. */
  firstDuplicate = NONE;

  readonly #raw: RawDataset;
  readonly #index = new IdIndex();

  constructor(raw: RawDataset) {
    this.#raw = raw;
  }

  /** Takes the trace at an index of `runs`. */
  take(runs: TraceRuns, trace: number): void {
    this.#listRows(runs, trace);
    this.#copyRows();
    this.isTied = this.#index.fill(this.idHigh, this.idLow, this.count);
    if (this.isTied) this.#rank();
    this.#readTimes();
  }

  isSameId(a: number, b: number): boolean {
    return this.idLow[a] === this.idLow[b] && this.idHigh[a] === this.idHigh[b];
  }

  /** Negative where member `a` ranks before `b`. */
  byRank(a: number, b: number): number {
    if (this.isTied) return a - b;
    return this.idHigh[a] - this.idHigh[b] || this.idLow[a] - this.idLow[b];
  }

  /** Names a parent, were it one that cannot be. */
  hasParent(member: number): boolean {
    return (this.parentHigh[member] | this.parentLow[member] | (this.marks[member] & INVALID_PARENT)) !== 0;
  }

  /** Writes for each member the first one that has the id that it names as its parent's; NONE where there is none. */
  findNamed(named: Int32Array): void {
    const { parentHigh, parentLow, marks, count } = this;
    this.#index.find(parentHigh, parentLow, count, named, NONE);
    if (!this.isOdd) return;
    for (let member = 0; member < count; member++) if ((marks[member] & INVALID_PARENT) !== 0) named[member] = NONE;
  }

  #reserve(count: number): void {
    if (this.rows.length >= count) return;
    const length = Math.max(count, this.rows.length * 2);
    this.rows = new Uint32Array(length);
    this.idHigh = new Uint32Array(length);
    this.idLow = new Uint32Array(length);
    this.parentHigh = new Uint32Array(length);
    this.parentLow = new Uint32Array(length);
    this.marks = new Uint8Array(length);
    this.start = new Float64Array(length);
    this.end = new Float64Array(length);
  }

  #listRows({ first, from, to }: TraceRuns, trace: number): void {
    let count = 0;
    for (let run = first[trace]; run < first[trace + 1]; run++) count += to[run] - from[run];
    this.#reserve(count);
    this.count = count;
    const { rows } = this;
    let member = 0;
    for (let run = first[trace]; run < first[trace + 1]; run++) {
      for (let row = from[run]; row < to[run]; row++) rows[member++] = row;
    }
  }

  /**
   * Little else but loads that do not wait for one another: a trace's spans may lie far apart in memory.
   * The origin is the latest start: a span without one (zero) then costs the others none of their precision. Where no
   * span has a start it is the latest end: to the ends their precision matters, and all starts are the same.
   */
  #copyRows(): void {
    const { spanId, parentId, start, facts } = this.#raw.spans;
    const { rows, idHigh, idLow, parentHigh, parentLow, marks, count } = this;
    let originHigh = 0;
    let originLow = 0;
    let allMarks = 0;
    for (let member = 0; member < count; member++) {
      const row = rows[member];
      const wide = row * 2;
      idHigh[member] = spanId[wide];
      idLow[member] = spanId[wide + 1];
      parentHigh[member] = parentId[wide];
      parentLow[member] = parentId[wide + 1];
      const high = start[wide];
      const low = start[wide + 1];
      marks[member] = marksOf(facts[row]) | ((high | low) === 0 ? WITHOUT_START : 0);
      allMarks |= marks[member];
      if (high > originHigh || (high === originHigh && low > originLow)) {
        originHigh = high;
        originLow = low;
      }
    }
    this.isOdd = allMarks !== 0;
    this.originHigh = originHigh;
    this.originLow = originLow;
    if ((originHigh | originLow) === 0) this.#startFromEnds();
  }

  #startFromEnds(): void {
    const { end } = this.#raw.spans;
    for (let member = 0; member < this.count; member++) {
      const high = end[this.rows[member] * 2];
      const low = end[this.rows[member] * 2 + 1];
      if (high > this.originHigh || (high === this.originHigh && low > this.originLow)) {
        this.originHigh = high;
        this.originLow = low;
      }
    }
  }

  /** Puts the members in rank order: by the top 53 bits of their ids, which nearly always differ, then by all. */
  #rank(): void {
    const { idHigh, idLow, count } = this;
    const keys = new Float64Array(count);
    for (let member = 0; member < count; member++) keys[member] = keyOf(idHigh[member], idLow[member]);
    const rows = this.rows.slice(0, count);
    const order = ascendingOrder(keys);
    for (let member = 0; member < count; member++) this.rows[member] = rows[order[member]];
    this.#mergeDuplicates(keys, order);
    this.#copyRows();
    this.#index.fill(idHigh, idLow, this.count);
  }

  /** Sorts what has one key by rank, and takes the duplicates out: of equal spans the one that came first stays. */
  #mergeDuplicates(keys: Float64Array, order: Uint32Array): void {
    const { rows } = this;
    const rowCount = this.count;
    let count = 0;
    for (let first = 0, next = 0; first < rowCount; first = next) {
      do next++;
      while (next < rowCount && keys[order[next]] === keys[order[first]]);
      if (next - first > 1) sortRows(rows, first, next, (a, b) => compareRank(this.#raw, a, b) || a - b);
      for (let i = first; i < next; i++) {
        if (i > first && compareContent(this.#raw, rows[count - 1], rows[i]) === 0) {
          if (this.duplicates++ === 0) this.firstDuplicate = rows[i];
          continue;
        }
        rows[count++] = rows[i];
      }
    }
    this.count = count;
  }

  #readTimes(): void {
    const { spans } = this.#raw;
    const { rows, start, end, originHigh, originLow, count } = this;
    for (let member = 0; member < count; member++) {
      const at = rows[member] * 2;
      start[member] = (spans.start[at] - originHigh) * TWO_32 + (spans.start[at + 1] - originLow);
      end[member] = (spans.end[at] - originHigh) * TWO_32 + (spans.end[at + 1] - originLow);
    }
  }
}
