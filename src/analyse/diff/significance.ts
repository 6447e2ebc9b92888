import betainc from '@stdlib/math-base-special-betainc';
import type { Fraction } from '../../base/units.ts';

/** What is called a change may be none in so many comparisons out of all. */
export const ALPHA = 0.05;
/** Effective traces that must lie on either side of a percentile before a difference at it is judged. */
const LEAST_BESIDE = 10;

/**
 * Degrees of freedom of a difference at p: the effective traces on the thin side of the percentile, in the smaller
 * of the two samples. Null where they are too few to judge: p50 needs 20 traces, p95 200, p99 1,000.
 */
export function freedom(before: number, after: number, p: Fraction): number | null {
  const beside = Math.min(before, after) * Math.min(p, 1 - p);
  return beside >= LEAST_BESIDE - 1e-9 ? beside : null;
}

/**
 * The chance of a difference this many standard errors from 0 or further, were there none (Student's t, two-sided):
 * P(|T| > t) = I of df / (df + t²) with a = df / 2, b = 1 / 2. t = 2.228 with 10 degrees: 0.05.
 */
export function chanceOf(change: number, error: number, degrees: number): number {
  if (change === 0) return 1;
  const t = change / error;
  return Number.isFinite(t) ? betainc(degrees / (degrees + t * t), degrees / 2, 0.5) : 0;
}

/** How many standard errors hold all but `alpha` of the differences that chance makes. 10 degrees, 0.05: 2.228. */
export function errorsFor(alpha: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (chanceOf(high, 1, degrees) > alpha) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chanceOf(middle, 1, degrees) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Chances corrected for how many were looked at (Holm, 1979): the smallest counts as many times as there are, the next
 * one less …, and none is smaller than one before it. Compared with ALPHA, all together are wrong at most that often.
 *
 *     0.01  0.04  0.03   →   0.03  0.06  0.06
 */
export function holm(chances: readonly number[]): number[] {
  const order = chances.map((_, index) => index).toSorted((a, b) => chances[a] - chances[b] || a - b);
  const corrected = chances.map(() => 1);
  let least = 0;
  order.forEach((index, rank) => {
    least = Math.max(least, Math.min(1, (chances.length - rank) * chances[index]));
    corrected[index] = least;
  });
  return corrected;
}
