import type { PathColumns } from './pathColumns.ts';
import { picked, type Sample } from './sample.ts';
import type { RankTimes } from './share.ts';

/**
 * What was measured behind a request path, trace by trace: all that a comparison of two datasets needs.
 *
 *     rank       0     1     2        traces in ascending order of their total
 *     total     40    47   180        ns
 *     weight    12    12     1        requests that the trace stands for
 *     postgres  15     –    94        path time, ns; a trace that does not touch the hop has no element
 */
export interface PathSample {
  readonly totals: Sample;
  readonly weights: Float64Array;
  /** `hops[i]` and `boundaries[i]` belong to those of the RequestPath. */
  readonly hops: readonly RankTimes[];
  readonly boundaries: readonly RankTimes[];
}

/** `hops` and `boundaries` are indexes into the columns; `weight` is by trace of the dataset. */
export function pathSample(
  path: PathColumns,
  weight: Float64Array,
  hops: readonly number[],
  boundaries: readonly number[],
): PathSample {
  const times = path.byRank();
  return {
    totals: path.totals,
    weights: picked(weight, path.traces),
    hops: hops.map((column) => times[column]),
    boundaries: boundaries.map((column) => times[column]),
  };
}
