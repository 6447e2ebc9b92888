import { grown } from '../base/growable.ts';
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
  /** The spans that were moved, each with all below it. Ascending. */
  readonly moved: Uint32Array;
}

export function correctSkew(table: SpanTable): SpanTimes {
  const { parent, kind, flags, traceRows, subtreeEnd } = table;
  let { start, end } = table;
  let moved = new Uint32Array(64);
  let count = 0;
  /** By span of the trace at hand: how far it is moved, ns. */
  let shift = new Float64Array(64);
  const correctTrace = (root: number): void => {
    const last = subtreeEnd[root];
    if (shift.length < last - root) shift = new Float64Array((last - root) * 2);
    shift[0] = 0;
    for (let row = root + 1; row < last; row++) {
      const up = parent[row];
      // A parent stands before its children, so what moved it is known; the facts are compared in the client's frame.
      let by = shift[up - root];
      if (kind[row] === SpanKind.server && kind[up] === SpanKind.client && (flags[row] & SpanFlag.adopted) === 0) {
        const room = table.end[up] - table.start[up] - (table.end[row] - table.start[row]);
        const isInside = table.start[row] >= table.start[up] && table.end[row] <= table.end[up];
        if (!isInside && room >= 0) {
          by += table.start[up] + Math.floor(room / 2) - table.start[row];
          moved = grown(moved, count + 1);
          moved[count++] = row;
        }
      }
      shift[row - root] = by;
      if (by === 0) continue;
      if (start === table.start) [start, end] = [start.slice(), end.slice()];
      start[row] += by;
      end[row] += by;
    }
  };
  for (let trace = 0; trace < table.traceCount; trace++) correctTrace(traceRows[trace]);
  return { start, end, moved: moved.slice(0, count) };
}
