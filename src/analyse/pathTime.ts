import { sortRows } from '../base/sortRows.ts';
import { compareRank, SpanKind, type SpanTable } from '../store/spanTable.ts';
import type { SpanTimes } from './skew.ts';

/**
 * Path time (design: analysis, section 4): the innermost running span has the instant; where siblings overlap, the one
 * that finishes last has it.
 *
 *     root   0 ├────────────────────────────┤ 100      a window from the end: the cursor stands at 100
 *     b            40 ├──────────────┤ 90              90…100 is root's, b takes 40…90, cursor 40
 *     a        10 ├───────────┤ 50                     a takes what is left of it: 10…40, cursor 10
 *     path     root 0…10 · a 10…40 · b 40…90 · root 90…100
 *
 * Parents stand before children, so each span's window is known when its turn comes: one pass, no recursion.
 */
export class PathTime {
  readonly times: SpanTimes;
  readonly #table: SpanTable;
  /** Windows of the trace at hand, by row less the trace's first; `hi` is NaN off the path. */
  #lo = new Float64Array(64);
  #hi = new Float64Array(64);
  #children = new Uint32Array(64);
  readonly #latestFirst: (a: number, b: number) => number;

  constructor(table: SpanTable, times: SpanTimes) {
    this.#table = table;
    this.times = times;
    const { start, end } = times;
    this.#latestFirst = (a, b) => end[b] - end[a] || start[a] - start[b] || compareRank(table, a, b);
  }

  /**
   * Writes each span's part of the path, ns, into `time` by row less the trace's first; spans off the path are left as
   * they are.
   * `onPiece` hears of every stretch, in no particular order.
   */
  walk(trace: number, time: Float64Array | null, onPiece?: (row: number, start: number, end: number) => void): void {
    const { traceRows, subtreeEnd } = this.#table;
    const { start, end } = this.times;
    const root = traceRows[trace];
    const last = subtreeEnd[root];
    this.#reserve(last - root);
    this.#hi.fill(Number.NaN, 0, last - root);
    this.#lo[0] = start[root];
    this.#hi[0] = end[root];
    for (let row = root; row < last; row++) {
      const lo = this.#lo[row - root];
      let cursor = this.#hi[row - root];
      // False for NaN: the span is not on the path, and so nothing below it is.
      if (!(cursor >= lo)) continue;
      let own = 0;
      const count = subtreeEnd[row] === row + 1 ? 0 : this.#takeChildren(row);
      for (let i = 0; i < count; i++) {
        const child = this.#children[i];
        const from = Math.max(start[child], lo);
        const to = Math.min(end[child], cursor);
        if (to <= from) continue;
        this.#lo[child - root] = from;
        this.#hi[child - root] = to;
        own += cursor - to;
        if (onPiece !== undefined && cursor > to) onPiece(row, to, cursor);
        cursor = from;
      }
      if (time !== null) time[row - root] = own + (cursor - lo);
      if (onPiece !== undefined && cursor > lo) onPiece(row, lo, cursor);
    }
  }

  /** The blocking children of a span, latest end first, then the earlier start, then by rank; how many they are. */
  #takeChildren(row: number): number {
    const { subtreeEnd } = this.#table;
    const stop = subtreeEnd[row];
    let count = 0;
    for (let child = row + 1; child < stop; child = subtreeEnd[child]) {
      if (isBlocking(this.#table, this.times, row, child)) this.#children[count++] = child;
    }
    if (count < 2) return count;
    // One after the other is the usual case, and then the reverse is the order wanted.
    for (let low = 0, high = count - 1; low < high; low++, high--) {
      const child = this.#children[low];
      this.#children[low] = this.#children[high];
      this.#children[high] = child;
    }
    sortRows(this.#children, 0, count, this.#latestFirst);
    return count;
  }

  #reserve(count: number): void {
    if (this.#lo.length >= count) return;
    const length = Math.max(count, this.#lo.length * 2);
    this.#lo = new Float64Array(length);
    this.#hi = new Float64Array(length);
    this.#children = new Uint32Array(length);
  }
}

/** A child blocks its parent, except a CONSUMER that ends after it: that one runs on its own time. */
export function isBlocking(table: SpanTable, times: SpanTimes, parent: number, child: number): boolean {
  return table.kind[child] !== SpanKind.consumer || times.end[child] <= times.end[parent];
}
