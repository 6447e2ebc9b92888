import betainc from '@stdlib/math-base-special-betainc';
import type { Fraction, Nanoseconds } from '../base/units.ts';
import { betaCdf, type BetaCdf } from './betaCdf.ts';
import { cumulativeAt, type Sample } from './sample.ts';

/**
 * Percentiles (design: analysis, section 6). Weighted Harrell–Davis: every value counts with the weight that a beta
 * distribution around p gives to its place in the order.
 *
 *     values            10    20    30       equal weights, p = 0.5: a = b = 0.5 · (3 + 1) = 2
 *     cumulative     0 … 1/3 … 2/3 … 1
 *     I(2, 2) there  0   0.259 0.741 1
 *     weights           0.259 0.481 0.259    the median: 2.59 + 9.63 + 7.78 = 20
 *
 * Sources: Harrell and Davis (1982), Biometrika 69; Akinshin (2023), "Weighted quantile estimators".
 */
export interface RankWeights {
  /** Weight of the value at rank `first + i`; values outside have none. They add up to 1. */
  readonly first: number;
  readonly weights: Float64Array;
}

/** Bounds of an interval as ranks in the sample; null where that side does not exist. */
export interface RankInterval {
  readonly low: number | null;
  readonly high: number | null;
}

/** What an interval leaves out on either side: 95 % are inside. */
const TAIL = 0.025;
/** What all values below must weigh to count; above, what a double tells from nothing does, however large they are. */
const NEGLIGIBLE = 1e-17;
/** Cumulative weights are sums of up to millions of doubles. */
const ROUNDING = 1e-12;
/** Answers kept, and numbers in them; then all are forgotten. Enough for every size of small path at three percentiles. */
const REMEMBERED = 4096;
const REMEMBERED_WEIGHTS = 1 << 21;

/** Remembers what depends on sizes alone: thousands of small paths, and the hops that every trace reaches, cost one. */
export class Estimator {
  readonly #equal = new Memory<RankWeights>();
  readonly #cdfs = new Memory<BetaCdf>();
  readonly #bounds = new Memory<{ readonly low: number | null; readonly high: number | null }>();
  #remembered = 0;

  /** The weights of the ranks of a sample at p. */
  weights(sample: Sample, p: Fraction): RankWeights {
    if (sample.cumulative !== null) return this.#compute(sample, p);
    return this.#equal.get(sample.values.length, p, () => {
      const computed = this.#compute(sample, p);
      this.#remembered += computed.weights.length;
      if (this.#remembered > REMEMBERED_WEIGHTS) {
        this.#equal.clear();
        this.#remembered = computed.weights.length;
      }
      return computed;
    });
  }

  /** The sample's own percentile. Not for an empty sample. */
  quantile(sample: Sample, p: Fraction): Nanoseconds {
    return weightedSum(sample.values, this.weights(sample, p));
  }

  /** A 95 % interval of the percentile that assumes nothing about the distribution. */
  interval(sample: Sample, p: Fraction): RankInterval {
    const n = sample.effective;
    const { low, high } = this.#bounds.get(n, p, () => binomialBounds(n, p));
    return {
      low: low === null ? null : rankAt(sample, low / n),
      high: high === null ? null : rankAt(sample, high / n),
    };
  }

  #compute(sample: Sample, p: Fraction): RankWeights {
    const count = sample.values.length;
    if (count === 1) return { first: 0, weights: new Float64Array([1]) };
    const n = sample.effective;
    const cdf = this.#cdfs.get(n, p, () => betaCdf(p * (n + 1), (1 - p) * (n + 1)));
    // The first rank that ends above nothing, and the first that ends at everything: I rises, so bisection finds them.
    const first = firstRank(count, (i) => cdf.at(cumulativeAt(sample, i)) > NEGLIGIBLE);
    const last = firstRank(count - 1, (i) => cdf.at(cumulativeAt(sample, i)) >= 1);
    const weights = new Float64Array(last - first + 1);
    let before = 0;
    for (let i = first; i <= last; i++) {
      const here = i === last ? 1 : cdf.at(cumulativeAt(sample, i));
      weights[i - first] = here - before;
      before = here;
    }
    return { first, weights };
  }
}

/** Σ of the values under the weights of their ranks. */
export function weightedSum(values: Float64Array, { first, weights }: RankWeights): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[first + i];
  return sum;
}

/** Whether there is enough behind a percentile to judge it. */
export function isResolved(effective: number, p: Fraction): boolean {
  return effective * Math.min(p, 1 - p) >= 1 - ROUNDING;
}

/**
 * l, the largest integer k with P(Bin(n, p) < k) ≤ 0.025, and u, the smallest with P(Bin(n, p) ≥ k) ≤ 0.025; null
 * where l < 1 or u > n. Through I, so n need not be whole: P(Bin(n, p) ≥ k) = I_p(k, n − k + 1).
 * n = 100, p = 0.5: l = 40, u = 61. Walks from the normal approximation, which is a step or two away.
 */
export function binomialBounds(n: number, p: Fraction): { readonly low: number | null; readonly high: number | null } {
  const atLeast = (k: number): number => (k <= 0 ? 1 : k > n ? 0 : betainc(p, k, n - k + 1));
  const below = (k: number): number => (k <= 0 ? 0 : k > n ? 1 : betainc(p, k, n - k + 1, true, true));
  const spread = 1.96 * Math.sqrt(n * p * (1 - p));
  let low = Math.max(0, Math.min(Math.floor(n), Math.floor(n * p - spread)));
  while (low > 0 && below(low) > TAIL) low--;
  while (low + 1 <= n && below(low + 1) <= TAIL) low++;
  let high = Math.max(1, Math.min(Math.floor(n) + 1, Math.ceil(n * p + spread)));
  while (high <= n && atLeast(high) > TAIL) high++;
  while (high > 1 && atLeast(high - 1) <= TAIL) high--;
  return { low: low < 1 ? null : low, high: high > n ? null : high };
}

/** The rank of the value at a share of the whole weight. */
function rankAt(sample: Sample, share: number): number {
  return firstRank(sample.values.length - 1, (i) => cumulativeAt(sample, i) >= share - ROUNDING);
}

/** The first of 0 … count − 1 for which `holds`, and so for all after it; `count` where there is none. */
function firstRank(count: number, holds: (rank: number) => boolean): number {
  let from = 0;
  let to = count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Answers by size and percentile. */
class Memory<T> {
  readonly #answers = new Map<Fraction, Map<number, T>>();
  #count = 0;

  get(n: number, p: Fraction, compute: () => T): T {
    const known = this.#answers.get(p)?.get(n);
    if (known !== undefined) return known;
    if (this.#count >= REMEMBERED) this.clear();
    const answer = compute();
    let answers = this.#answers.get(p);
    if (answers === undefined) this.#answers.set(p, (answers = new Map<number, T>()));
    answers.set(n, answer);
    this.#count++;
    return answer;
  }

  clear(): void {
    this.#answers.clear();
    this.#count = 0;
  }
}
