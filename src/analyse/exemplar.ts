import { toMilliseconds, type Nanoseconds } from '../base/units.ts';
import { EXEMPLAR_CANDIDATES, SEGMENTS_SHOWN } from '../config/shown.ts';
import { traceIdText, type SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import type { Exemplar, Segment } from './model.ts';
import type { PathColumns } from './pathColumns.ts';
import type { PathTime } from './pathTime.ts';
import { coarseStretches, mergedStretches, type Stretch } from './stretches.ts';
import type { TraceEntries } from './traceEntries.ts';

/**
 * The real trace that stands for a percentile (design: analysis, section 8): of the 64 traces whose totals are nearest
 * to the estimate, the one whose path times differ least from the shares.
 *
 *     total at p50  47    shares  catalog 12, postgres 18
 *     trace a       47    path    catalog 30, postgres 0      |30 − 12| + |0 − 18| = 36
 *     trace b       46    path    catalog 12, postgres 17     1, so b
 *
 * Returns the rank. `shares` are by column. Ties go to the lower trace id.
 */
export function exemplarRank(
  path: PathColumns,
  entries: TraceEntries,
  total: Nanoseconds,
  shares: Float64Array,
): number {
  const shareOf = new Map(Array.from(path.account, (account, column) => [account, shares[column]]));
  let sumOfShares = 0;
  for (const share of shares) sumOfShares += share;
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const rank of nearestRanks(path, total)) {
    const trace = path.traces[rank];
    // What the trace does not touch differs by the whole share: begin with all of them, then mend what it does touch.
    let distance = sumOfShares;
    for (let entry = entries.first[trace]; entry < entries.first[trace + 1]; entry++) {
      const share = shareOf.get(entries.account[entry]) ?? 0;
      distance += Math.abs(entries.path[entry] - share) - share;
    }
    // Sums of doubles: a picosecond is no difference.
    const isTie = Math.abs(distance - bestDistance) <= 1e-3;
    if (isTie ? trace < path.traces[best] : distance < bestDistance) {
      best = rank;
      bestDistance = distance;
    }
  }
  return best;
}

/** The ranks of the traces whose totals are nearest to `total`, at most 64. Equally near: the lower trace ids. */
function nearestRanks(path: PathColumns, total: Nanoseconds): number[] {
  const { values } = path.totals;
  const count = values.length;
  if (count <= EXEMPLAR_CANDIDATES) return Array.from(values, (_, rank) => rank);
  let above = firstAtLeast(values, total);
  let below = above - 1;
  const distance = (rank: number): number =>
    rank < 0 || rank >= count ? Number.POSITIVE_INFINITY : Math.abs(values[rank] - total);
  for (let taken = 0; taken < EXEMPLAR_CANDIDATES; taken++) {
    if (distance(below) <= distance(above)) below--;
    else above++;
  }
  // All that is strictly nearer than the farthest one taken is in; the rest is filled up by trace id.
  const limit = Math.max(distance(below + 1), distance(above - 1));
  const nearer: number[] = [];
  const tied: number[] = [];
  for (let rank = below; distance(rank) === limit; rank--) tied.push(rank);
  for (let rank = above; distance(rank) === limit; rank++) tied.push(rank);
  for (let rank = below + 1; rank < above; rank++) (distance(rank) === limit ? tied : nearer).push(rank);
  tied.sort((a, b) => path.traces[a] - path.traces[b]);
  return [...nearer, ...tied.slice(0, EXEMPLAR_CANDIDATES - nearer.length)];
}

function firstAtLeast(values: Float64Array, total: Nanoseconds): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle] >= total) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The places of the accounts in a path's lists of hops and boundaries. */
export interface Places {
  readonly hop: ReadonlyMap<number, number>;
  readonly boundary: ReadonlyMap<number, number>;
}

export function exemplarOf(
  table: SpanTable,
  pathTime: PathTime,
  accounts: Accounts,
  trace: number,
  places: Places,
): Exemplar {
  const { times } = pathTime;
  const { work, works } = accounts;
  const root = table.traceRows[trace];
  const zero = times.start[root];
  const pieces: Stretch[] = [];
  pathTime.walk(trace, null, (row, start, end) => {
    pieces.push({ account: works.account[work[row]], start: start - zero, end: end - zero });
  });
  pieces.sort((a, b) => a.start - b.start);
  const stretches = coarseStretches(mergedStretches(pieces), SEGMENTS_SHOWN);
  const segments = stretches.map(({ account, start, end }): Segment => ({
    hop: places.hop.get(account) ?? null,
    boundary: places.boundary.get(account) ?? null,
    startMs: toMilliseconds(start),
    endMs: toMilliseconds(end),
  }));
  const totalMs = toMilliseconds(times.end[root] - zero);
  return { trace, traceId: traceIdText(table, trace), totalMs, segments };
}
