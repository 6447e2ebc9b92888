import { seededRandom } from '../../base/seededRandom.ts';
import { toMilliseconds, type Fraction, type Milliseconds } from '../../base/units.ts';
import { betaCdf } from '../betaCdf.ts';
import { share } from '../share.ts';
import type { PathSample } from '../pathSample.ts';

/** How far total and shares of a path would stray if the same traffic were recorded once more. */
export interface StandardErrors {
  readonly total: Milliseconds;
  readonly hops: readonly Milliseconds[];
  readonly boundaries: readonly Milliseconds[];
}

/** Two streams of chance: with one, two samples of the same size would be drawn alike and stray together. */
export const SEEDS = { before: 1, after: 2 } as const;

/** With a thousand the error is known to 2 %. */
const RESAMPLES = 1000;
const LEAST_RESAMPLES = 200;
/** Draws for one path: above 100,000 traces there are fewer resamples, so that a comparison takes seconds. */
const MOST_DRAWS = 100_000_000;

/**
 * The bootstrap: traces are drawn anew from those that there are, each with its weight, as many as there are, and
 * total and shares are taken again; the standard deviation over the resamples is the error.
 *
 *     traces    0 1 2 3 4        weights of the ranks at p
 *     drawn     1 0 2 1 1    →   0.05 0 0.7 0.2 0.05    →   a total and shares that add up to it
 *
 * The same seed gives the same errors. The shape of the weights (a, b of the beta distribution) stays that of the
 * sample, so that its table is made once. Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap.
 */
export function standardErrors(sample: PathSample, p: Fraction, seed: number): StandardErrors {
  const { totals, weights } = sample;
  const count = weights.length;
  const resamples = resamplesFor(count);
  const cdf = betaCdf(p * (totals.effective + 1), (1 - p) * (totals.effective + 1));
  const random = seededRandom(seed);
  const drawn = new Float64Array(count);
  const byRank = new Float64Array(count);
  const columns = [...sample.hops, ...sample.boundaries];
  const spreads = [new Spread(), ...columns.map(() => new Spread())];
  for (let round = 0; round < resamples; round++) {
    drawn.fill(0);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const rank = random(count);
      drawn[rank] += weights[rank];
      sum += weights[rank];
    }
    let rank = 0;
    let before = 0;
    let cumulative = 0;
    while (rank < count && (cumulative + drawn[rank]) / sum <= cdf.low) cumulative += drawn[rank++];
    const first = rank;
    while (rank < count && before < 1) {
      cumulative += drawn[rank];
      const here = rank === count - 1 ? 1 : cdf.at(cumulative / sum);
      byRank[rank - first] = here - before;
      before = here;
      rank++;
    }
    const at = { first, weights: byRank.subarray(0, rank - first) };
    let total = 0;
    for (let i = first; i < rank; i++) total += byRank[i - first] * totals.values[i];
    spreads[0].add(total);
    for (let i = 0; i < columns.length; i++) spreads[i + 1].add(share(columns[i], at));
  }
  const errors = spreads.map((spread) => toMilliseconds(spread.deviation()));
  const hopsEnd = 1 + sample.hops.length;
  return { total: errors[0], hops: errors.slice(1, hopsEnd), boundaries: errors.slice(hopsEnd) };
}

export function resamplesFor(traces: number): number {
  return Math.max(LEAST_RESAMPLES, Math.min(RESAMPLES, Math.floor(MOST_DRAWS / traces)));
}

/** Mean and deviation in one pass, exact for large means with small differences (Welford). */
export class Spread {
  #count = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    const off = value - this.#mean;
    this.#mean += off / ++this.#count;
    this.#squares += off * (value - this.#mean);
  }

  deviation(): number {
    return this.#count < 2 ? 0 : Math.sqrt(this.#squares / (this.#count - 1));
  }
}
