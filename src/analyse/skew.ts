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

/**
 * A span that is moved is placed from its parent's start on, both ends of it, never by how far it went or by how long it
 * is: one without a time goes fifty years, one without a start lasts for as many, and sums of doubles that large are
 * off by a hundred nanoseconds.
 */
export function correctSkew(table: SpanTable): SpanTimes {
  const { parent, kind, flags, traceRows, subtreeEnd } = table;
  let { start, end } = table;
  let moved = new Uint32Array(64);
  let count = 0;
  /** By span of the trace at hand: 1 where it lies elsewhere than in the table. */
  let isElsewhere = new Uint8Array(64);
  const correctTrace = (root: number): void => {
    const last = subtreeEnd[root];
    if (isElsewhere.length < last - root) isElsewhere = new Uint8Array((last - root) * 2);
    isElsewhere[0] = 0;
    for (let row = root + 1; row < last; row++) {
      const up = parent[row];
      const isAnswer =
        kind[row] === SpanKind.server && kind[up] === SpanKind.client && (flags[row] & SpanFlag.adopted) === 0;
      // A parent stands before its children, so where it is now is known.
      const isCarried = isElsewhere[up - root] !== 0;
      isElsewhere[row - root] = 0;
      if (!isAnswer && !isCarried) continue;
      // Facts are compared with facts.
      const length = table.end[row] - table.start[row];
      const room = table.end[up] - table.start[up] - length;
      const isInside = table.start[row] >= table.start[up] && table.end[row] <= table.end[up];
      const isMoved = isAnswer && !isInside && room >= 0;
      if (!isMoved && !isCarried) continue;
      if (isMoved) {
        moved = grown(moved, count + 1);
        moved[count++] = row;
      }
      isElsewhere[row - root] = 1;
      if (start === table.start) [start, end] = [start.slice(), end.slice()];
      start[row] = start[up] + (isMoved ? Math.floor(room / 2) : table.start[row] - table.start[up]);
      end[row] = isMoved ? start[row] + length : start[up] + (table.end[row] - table.start[up]);
    }
  };
  for (let trace = 0; trace < table.traceCount; trace++) correctTrace(traceRows[trace]);
  return { start, end, moved: moved.slice(0, count) };
}
