import { toMilliseconds, type Fraction, type Nanoseconds } from '../base/units.ts';
import type { Budget, Tolerances } from '../config/hoplineConfig.ts';
import { budgetAt, verdict } from './budgets.ts';
import { isResolved, weightedSum, type Estimator, type RankWeights } from './estimator.ts';
import type { Estimate, Interval } from './model.ts';
import type { PathColumns } from './pathColumns.ts';
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
  const shares = path.shares(weights);
  const total = weightedSum(path.totals.values, weights);
  return { percentile, total, isResolved: isResolved(path.totals.effective, percentile), shares, weights };
}

/** What a hop or a line shows at a percentile; `own` is null where nothing was measured. */
export function estimate(
  own: Sample | null,
  shareAt: Nanoseconds,
  percentile: Fraction,
  budget: Budget,
  estimator: Estimator,
  tolerances: Tolerances,
): Estimate {
  if (own === null) {
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
