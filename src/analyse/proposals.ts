import type { Fraction, Milliseconds } from '../base/units.ts';
import type { BoundaryName } from '../config/boundaryName.ts';
import type { Budget } from '../config/hoplineConfig.ts';
import { PERCENTILE_KEYS, type PercentileKey } from '../config/percentiles.ts';
import type { Estimate, Interval, RequestPath } from './model.ts';

/** Budgets for one path, out of what was measured. Parts that nothing can be proposed for are left out. */
export interface Proposal {
  readonly ceiling: Budget;
  readonly hops: readonly { readonly id: string; readonly budget: Budget }[];
  readonly boundaries: readonly { readonly boundary: BoundaryName; readonly budget: Budget }[];
}

export function proposal(path: RequestPath, headroom: Fraction): Proposal {
  const own = (at: (key: PercentileKey) => Estimate): Budget =>
    budgetOf((key) => (at(key).isOwnResolved ? at(key).interval : null), headroom);
  return {
    ceiling: budgetOf((key) => (path.at[key].isResolved ? path.at[key].interval : null), headroom),
    hops: path.hops
      .map(({ id }, i) => ({ id, budget: own((key) => path.at[key].hops[i]) }))
      .filter(({ budget }) => !isEmpty(budget)),
    boundaries: path.boundaries
      .map(({ from, to }, i) => ({ boundary: { from, to }, budget: own((key) => path.at[key].boundaries[i]) }))
      .filter(({ budget }) => !isEmpty(budget)),
  };
}

function budgetOf(interval: (key: PercentileKey) => Interval | null, headroom: Fraction): Budget {
  const budget: { -readonly [Key in PercentileKey]?: Milliseconds } = {};
  for (const key of PERCENTILE_KEYS) {
    const ms = proposedBound(interval(key), headroom);
    if (ms !== null) budget[key] = ms;
  }
  return budget;
}

/**
 * The upper end of the interval and the headroom above it, rounded up; null where there is no upper end, for then
 * nobody knows how high the percentile may be. Interval 17.7–18.3 ms, headroom 20%: 18.3 → 21.96 → 25 ms.
 */
export function proposedBound(interval: Interval | null, headroom: Fraction): Milliseconds | null {
  const high = interval?.highMs ?? null;
  return high === null || high <= 0 ? null : roundedUp(high * (1 + headroom));
}

/** The steps in which people write budgets. */
const STEPS = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10];
/** So that 10.000000000000002 is 10 and not 11. */
const ROUNDING = 1e-9;

/** The next number up that a person would write: 21.96 → 25, 5.2 → 6, 162 → 170, 0.31 → 0.35. */
export function roundedUp(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * (1 + ROUNDING) >= value / magnitude) ?? 10;
  return Number((step * magnitude).toPrecision(6));
}

function isEmpty(budget: Budget): boolean {
  return PERCENTILE_KEYS.every((key) => budget[key] === undefined);
}
