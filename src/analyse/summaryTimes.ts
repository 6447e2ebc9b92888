import { isBlocking } from './pathTime.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';

/**
 * A summary span is given the time of its calls, one after the other and without the gaps between them. So the gaps
 * are the waiting parent's again, as they were before the calls were taken out of the trace, and all that is counted
 * from spans' times still adds up: to the analysis it is a span like any other.
 *
 *     recorded   GET /cart   0 ├─────────────────────────────────────────────┤ 100
 *                  SELECT        10 ├──┤ 20   30 ├──┤ 40       70 ├──┤ 80            30 in all
 *                  prices                       40 ├───┤ 55
 *     kept         SELECT ×3     10 ├─────────────────────────────────┤ 80           the window: 70
 *                  prices                       40 ├───┤ 55
 *     analysed     SELECT ×3     10 ├────────┤ 40                                    cart 55, SELECT 30, prices 15
 *                  prices                       40 ├───┤ 55
 *
 * It is the sum of the calls, not their average: that is what the request waited for. Where calls overlap, the sum may
 * be longer than the window, which they then fill (`SummarySpans.busy`). The place is the first in the window where
 * none of its siblings runs, because that is where the calls were; its start where there is none. What is below it is
 * moved along, and is shortened where it would stick out.
 */
export function summaryTimes(table: SpanTable, times: SpanTimes, summaries: SummarySpans | null): SpanTimes {
  if (summaries === null) return times;
  const packer = new Packer(table, times, summaries);
  let trace = -1;
  for (const row of summaries.rows) {
    if (table.trace[row] === trace) continue;
    trace = table.trace[row];
    packer.pack(trace);
  }
  return { ...times, start: packer.start, end: packer.end };
}

/** Siblings that are looked at for a place: beyond that a summary stays where it began. */
const SIBLINGS_TRIED = 1000;
const NO_SUMMARY = -1;

class Packer {
  readonly start: Float64Array;
  readonly end: Float64Array;

  readonly #table: SpanTable;
  readonly #times: SpanTimes;
  /** By span: how long its calls took, ns; −1 where it is no summary. */
  readonly #busy: Float64Array;
  /** By span: 1 where a child is a summary, or where it has been moved itself. */
  readonly #isTouched: Uint8Array;

  constructor(table: SpanTable, times: SpanTimes, { rows, busy }: SummarySpans) {
    this.#table = table;
    this.#times = times;
    this.start = times.start.slice();
    this.end = times.end.slice();
    this.#busy = new Float64Array(table.spanCount).fill(NO_SUMMARY);
    this.#isTouched = new Uint8Array(table.spanCount);
    rows.forEach((row, i) => {
      this.#busy[row] = busy[i];
      if (table.parent[row] >= 0) this.#isTouched[table.parent[row]] = 1;
    });
  }

  /** Parents come before their children, so a child's turn comes when its parent's new place is known. */
  pack(trace: number): void {
    const { traceRows, subtreeEnd } = this.#table;
    for (let row = traceRows[trace]; row < traceRows[trace + 1]; row++) {
      if (this.#isTouched[row] === 0) continue;
      const summaries: number[] = [];
      const busy: Stretch[] = [];
      for (let child = row + 1; child < subtreeEnd[row]; child = subtreeEnd[child]) {
        if (this.#busy[child] !== NO_SUMMARY) {
          summaries.push(child);
          continue;
        }
        this.#follow(row, child);
        if (isBlocking(this.#table, this.#times, row, child))
          busy.push({ start: this.start[child], end: this.end[child] });
      }
      const free = new FreeTime(busy);
      for (const summary of summaries.sort((a, b) => this.#times.start[a] - this.#times.start[b] || a - b)) {
        const { from, to, length } = this.#room(row, summary, this.#busy[summary]);
        this.#place(summary, free.take(from, to, length) ?? from, length);
      }
    }
  }

  #follow(parent: number, child: number): void {
    const { start, end } = this.#times;
    if (this.start[parent] === start[parent] && this.end[parent] === end[parent]) return;
    const { from, length } = this.#room(parent, child, end[child] - start[child]);
    this.#place(child, from, length);
  }

  #place(row: number, start: number, length: number): void {
    this.start[row] = start;
    this.end[row] = start + length;
    this.#isTouched[row] = 1;
  }

  /** Where in its parent's new place a child of the wanted length may lie. One that stuck out goes on sticking out. */
  #room(parent: number, child: number, wanted: number): { from: number; to: number; length: number } {
    const { start, end } = this.#times;
    const [low, high] = [this.start[parent], this.end[parent]];
    const before = end[parent] - start[parent];
    const scale = before > 0 ? (high - low) / before : 1;
    const from = low + Math.round((start[child] - start[parent]) * scale);
    const to = low + Math.round((end[child] - start[parent]) * scale);
    const isInside = start[child] >= start[parent] && end[child] <= end[parent];
    if (!isInside) return { from, to: from + wanted, length: wanted };
    const length = Math.min(wanted, high - low);
    const first = Math.min(from, high - length);
    return { from: first, to: Math.max(to, first + length), length };
  }
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The one that starts next. */
  next?: Stretch | undefined;
}

/** The time between stretches, handed out from its beginning. */
class FreeTime {
  /** Before all of them. */
  readonly #before: Stretch = { start: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  /** All up to this one have ended where the next search begins. */
  #last = this.#before;

  constructor(busy: Stretch[]) {
    busy.sort((a, b) => a.start - b.start || a.end - b.end);
    let last = this.#before;
    for (const stretch of busy) last = last.next = stretch;
  }

  /** The start of the first free time of this length in [from, to]; null where there is none. `from` ascends from call to call. */
  take(from: number, to: number, length: number): number | null {
    while (this.#last.next !== undefined && this.#last.next.end <= from) this.#last = this.#last.next;
    let start = from;
    let last = this.#last;
    for (let tried = 0; last.next !== undefined && last.next.start < start + length; tried++) {
      if (tried === SIBLINGS_TRIED) return null;
      last = last.next;
      start = Math.max(start, last.end);
    }
    if (start + length > to) return null;
    last.next = { start, end: start + length, next: last.next };
    return start;
  }
}
