import { SpanFlag, SpanKind, type SpanTable } from '../store/spanTable.ts';

/**
 * Clock skew (design: analysis, section 2). Two hosts' clocks differ, durations do not, so a SERVER span that does
 * not lie in its CLIENT parent is moved, with all that is below it, into the middle of the client:
 *
 *     client  10 ├──────────────────┤ 50          40 long
 *     server                    40 ├────────┤ 60  20 long, moved by −20 to 20…40: 10 of network on either side
 *     query                       45 ├──┤ 50      moved with it, to 25…30
 */
export interface SpanTimes {
  /** The table's columns where nothing was moved; copies otherwise. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Nanoseconds by which each span was moved; null where none was. */
  readonly shift: Float64Array | null;
  /** Subtrees moved. */
  readonly skewed: number;
}

export function correctSkew(table: SpanTable): SpanTimes {
  const { parent, kind, flags, start, end, traceRows, subtreeEnd } = table;
  let shift: Float64Array | null = null;
  let skewed = 0;
  for (let trace = 0; trace < table.traceCount; trace++) {
    const root = traceRows[trace];
    for (let row = root + 1; row < subtreeEnd[root]; row++) {
      const up = parent[row];
      // A parent stands before its children, so what moved it is known; the facts are compared in the client's frame.
      const inherited = shift === null ? 0 : shift[up];
      let moved = inherited;
      if (kind[row] === SpanKind.server && kind[up] === SpanKind.client && (flags[row] & SpanFlag.adopted) === 0) {
        const room = end[up] - start[up] - (end[row] - start[row]);
        const isInside = start[row] >= start[up] && end[row] <= end[up];
        if (!isInside && room >= 0) {
          moved += start[up] + Math.floor(room / 2) - start[row];
          skewed++;
        }
      }
      if (moved !== 0) (shift ??= new Float64Array(table.spanCount))[row] = moved;
    }
  }
  return shift === null
    ? { start, end, shift, skewed }
    : { start: sum(start, shift), end: sum(end, shift), shift, skewed };
}

function sum(times: Float64Array, shift: Float64Array): Float64Array {
  const moved = new Float64Array(times.length);
  for (let row = 0; row < moved.length; row++) moved[row] = times[row] + shift[row];
  return moved;
}
