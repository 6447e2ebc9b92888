import { SpanKind, type SpanTable } from '../store/spanTable.ts';
import { PathTime } from './pathTime.ts';
import type { SpanTimes } from './skew.ts';

/**
 * The windows of one trace's spans (design: analysis, section 4), and the path time of each. They are so quickly made
 * that no trace's are kept: buffers are those of the trace at hand, by row less the trace's first.
 *
 * Where no two siblings overlap, and that is nearly every trace, a span's path time is its window less its children's.
 *
 *     root   0 ├──────────────────────────┤ 100
 *     a         10 ├──────┤ 40                        windows 0…100, 10…40, 50…80
 *     b                       50 ├──────┤ 80          path    root 40, a 30, b 30
 */
export class TraceWindows {
  lo = new Float64Array(64);
  hi = new Float64Array(64);
  /** 1 where the walk visits the span: the root, and blocking children whose intervals touch their parents' windows. */
  visited = new Uint8Array(64);
  /** The span's own part of the path, ns; 0 where it is not visited. */
  pathTime = new Float64Array(64);

  readonly #table: SpanTable;
  readonly #times: SpanTimes;
  readonly #pathTimes: PathTime;

  constructor(table: SpanTable, times: SpanTimes) {
    this.#table = table;
    this.#times = times;
    this.#pathTimes = new PathTime(table, times);
  }

  /** Takes a trace in hand. True where no siblings overlap. */
  take(trace: number): boolean {
    const { traceRows, subtreeEnd } = this.#table;
    const root = traceRows[trace];
    const spans = traceRows[trace + 1] - root;
    if (this.lo.length < spans) this.#reserve(spans);
    this.visited.fill(0, 0, spans);
    const last = subtreeEnd[root];
    const isSequential = this.#takeWindows(root, last);
    this.pathTime.fill(0, isSequential ? last - root : 0, spans);
    if (!isSequential) this.#pathTimes.walk(trace, this.pathTime);
    return isSequential;
  }

  /**
   * Writes path times too, which are right where it returns true: no siblings overlap. They are sums of gaps, and no
   * difference of sums: a window that begins in 1970 is too long for a double to hold it to the nanosecond.
   */
  #takeWindows(root: number, last: number): boolean {
    const { kind, subtreeEnd } = this.#table;
    const { start, end } = this.#times;
    const { lo, hi, visited, pathTime } = this;
    let isSequential = true;
    lo[0] = start[root];
    hi[0] = end[root];
    visited[0] = 1;
    for (let row = root; row < last; row++) {
      pathTime[row - root] = 0;
      if (visited[row - root] === 0) continue;
      const low = lo[row - root];
      const high = hi[row - root];
      const stop = subtreeEnd[row];
      let cursor = low;
      let left = 0;
      for (let child = row + 1; child < stop; child = subtreeEnd[child]) {
        // Asynchronous: `isBlocking` of pathTime.ts, written out where a million spans pass.
        if (kind[child] === SpanKind.consumer && end[child] > end[row]) continue;
        const from = start[child] > low ? start[child] : low;
        const to = end[child] < high ? end[child] : high;
        if (to < from) continue;
        visited[child - root] = 1;
        lo[child - root] = from;
        hi[child - root] = to;
        if (from < cursor) isSequential = false;
        left += from - cursor;
        cursor = to;
      }
      pathTime[row - root] = left + (high - cursor);
    }
    return isSequential;
  }

  #reserve(spans: number): void {
    const length = Math.max(spans, this.lo.length * 2);
    this.lo = new Float64Array(length);
    this.hi = new Float64Array(length);
    this.visited = new Uint8Array(length);
    this.pathTime = new Float64Array(length);
  }
}
