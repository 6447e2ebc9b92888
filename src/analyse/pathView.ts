import { toMilliseconds, type Fraction, type Nanoseconds } from '../base/units.ts';
import type { Budget, Tolerances } from '../config/hoplineConfig.ts';
import { budgetAt, verdict } from './budgets.ts';
import { isResolved, type Estimator, type RankWeights } from './estimator.ts';
import type { Estimate, Interval } from './model.ts';
import type { AccountColumn, PathColumns } from './pathColumns.ts';
import type { PathTimes } from './pathSample.ts';
import { EntryMark } from './entryMark.ts';
import type { Sample } from './sample.ts';

/** A path's numbers at one percentile, nanoseconds. */
export interface PathNumbers {
  readonly percentile: Fraction;
  readonly total: Nanoseconds;
  readonly isResolved: boolean;
  /** By column: path time under the weights of the totals. They add up to the total. */
  readonly shares: Float64Array;
  readonly weights: RankWeights;
}

/**
 * Total and shares at p under the same weights (design: analysis, section 6), which is why they add up.
 *
 *     weights of the ranks   0.259  0.481  0.259
 *     totals                 10     20     30       → 20
 *     catalog                4      9      20       → 10.5
 *     postgres               6      11     10       →  9.5
 */
export function pathNumbers(path: PathColumns, percentile: Fraction, estimator: Estimator): PathNumbers {
  const weights = estimator.weights(path.totals, percentile);
  const shares = Float64Array.from(path.columns, (column) => share(column, weights));
  const total = estimator.quantile(path.totals, percentile);
  return { percentile, total, isResolved: isResolved(path.totals.effective, percentile), shares, weights };
}

/** What a hop or a boundary takes under some weights of the ranks. */
export function share({ ranks, path }: PathTimes, { first, weights }: RankWeights): Nanoseconds {
  const last = first + weights.length;
  let sum = 0;
  for (let i = lowerBound(ranks, first); i < ranks.length && ranks[i] < last; i++) {
    sum += weights[ranks[i] - first] * path[i];
  }
  return sum;
}

function lowerBound(ranks: Uint32Array, least: number): number {
  let from = 0;
  let to = ranks.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ranks[middle] >= least) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** What a hop or a line shows at a percentile. */
export function estimate(
  column: AccountColumn,
  shareAt: Nanoseconds,
  percentile: Fraction,
  budget: Budget,
  estimator: Estimator,
  tolerances: Tolerances,
): Estimate {
  const { own } = column;
  if (own === null || (column.marks & EntryMark.reached) === 0) {
    return { shareMs: 0, ownMs: null, isOwnResolved: false, interval: null };
  }
  const ownMs = toMilliseconds(estimator.quantile(own, percentile));
  const isOwnResolved = isResolved(own.effective, percentile);
  const bound = budgetAt(budget, percentile);
  return {
    shareMs: toMilliseconds(shareAt),
    ownMs,
    isOwnResolved,
    interval: interval(own, percentile, estimator),
    ...(bound !== undefined && { verdict: verdict(ownMs, bound, isOwnResolved, tolerances) }),
  };
}

export function interval(sample: Sample, percentile: Fraction, estimator: Estimator): Interval {
  const { low, high } = estimator.interval(sample, percentile);
  return {
    lowMs: low === null ? null : toMilliseconds(sample.values[low]),
    highMs: high === null ? null : toMilliseconds(sample.values[high]),
  };
}
