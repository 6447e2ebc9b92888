import type { PathColumns } from './pathColumns.ts';
import type { Sample } from './sample.ts';

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
  readonly hops: readonly PathTimes[];
  readonly boundaries: readonly PathTimes[];
}

/** The ranks that touch a hop or a boundary, ascending, and the path time of each, ns. */
export interface PathTimes {
  readonly ranks: Uint32Array;
  readonly path: Float64Array;
}

/** `hops` and `boundaries` are indexes into the columns; `weight` is by trace of the dataset. */
export function pathSample(
  { traces, totals, columns }: PathColumns,
  weight: Float64Array,
  hops: readonly number[],
  boundaries: readonly number[],
): PathSample {
  const timesOf = (column: number): PathTimes => ({ ranks: columns[column].ranks, path: columns[column].path });
  return {
    totals,
    weights: Float64Array.from(traces, (trace) => weight[trace]),
    hops: hops.map(timesOf),
    boundaries: boundaries.map(timesOf),
  };
}
