import { compareRank, SpanFlag, SpanKind, type SpanTable } from '../store/spanTable.ts';
import type { SpanTimes } from './skew.ts';

const NONE = -1;

/**
 * For each span the R of section 3, rule 2: the first SERVER or CONSUMER span reached below it, going through spans of
 * its own service that are not such themselves. −1 where there is none. First is by start, then by rank.
 *
 *     a  client  GET          R = the server span of b
 *     a    internal  retry    R = the same: the way to it leads through spans of a alone
 *     b      server  GET      R = −1, nothing below
 *
 * `serviceHop` is by resource. A span's answer follows from its children's, and in pre-order children come later: one pass from the back.
 */
export function remoteBelow(table: SpanTable, times: SpanTimes, serviceHop: Int32Array): Int32Array {
  const { parent, kind, flags, resource } = table;
  const remote = new Int32Array(table.spanCount).fill(NONE);
  for (let row = table.spanCount - 1; row >= 0; row--) {
    const up = parent[row];
    if (up === NONE || (flags[row] & SpanFlag.adopted) !== 0) continue;
    let found = NONE;
    if (kind[row] === SpanKind.server || kind[row] === SpanKind.consumer) found = row;
    else if (serviceHop[resource[row]] === serviceHop[resource[up]]) found = remote[row];
    if (found !== NONE && (remote[up] === NONE || isEarlier(table, times, found, remote[up]))) remote[up] = found;
  }
  return remote;
}

function isEarlier(table: SpanTable, times: SpanTimes, a: number, b: number): boolean {
  return (times.start[a] - times.start[b] || compareRank(table, a, b)) < 0;
}
