import { describe, expect, test } from 'vitest';
import { Estimator, isResolved } from '../../src/analyse/estimator.ts';
import { proposedBound } from '../../src/analyse/proposals.ts';
import { sampleOf, type Sample } from '../../src/analyse/sample.ts';
import { PERCENTILES, PERCENTILE_KEYS } from '../../src/config/percentiles.ts';
import { DISTRIBUTIONS, seededUniform, type Distribution } from '../helpers/distributions.ts';

/**
 * Whether 95 % intervals hold what they promise, by simulation with a fixed seed. The coverage of a cell (a distribution,
 * a size, a percentile) is the share of samples whose interval holds the true percentile, among those samples where
 * both ends exist. The standard error of a cell is 0.4 to 0.55 points.
 */
const SIZES = [30, 100, 300, 1000, 3000];
/** Fewer of the large ones, which cost more. */
const repetitions = (size: number): number => (size <= 300 ? 3000 : size <= 1000 ? 2000 : 1600);
/** A cell where fewer samples than this have both ends tells nothing. */
const LEAST_SAMPLES = 500;
const FALSE_ALARM_SAMPLES = 400;

interface Cell {
  readonly what: string;
  readonly size: number;
  readonly coverage: number;
}

type Weigh = (uniform: () => number) => number;

function draw(distribution: Distribution, size: number, uniform: () => number, weigh: Weigh): Sample {
  const values = new Float64Array(size);
  const weights = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    values[i] = distribution.draw(uniform);
    weights[i] = weigh(uniform);
  }
  return sampleOf(values, weights);
}

function coverages(weigh: Weigh, sizes: readonly number[]): Cell[] {
  const estimator = new Estimator();
  return sizes.flatMap((size, seed) =>
    DISTRIBUTIONS.flatMap((distribution, other) => {
      const uniform = seededUniform(seed * 100 + other);
      const both = [0, 0, 0];
      const inside = [0, 0, 0];
      for (let i = 0; i < repetitions(size); i++) {
        const sample = draw(distribution, size, uniform, weigh);
        PERCENTILE_KEYS.forEach((key, at) => {
          const { low, high } = estimator.interval(sample, PERCENTILES[key]);
          if (low === null || high === null) return;
          both[at]++;
          const truth = distribution.truth[key];
          if (sample.values[low] <= truth && truth <= sample.values[high]) inside[at]++;
        });
      }
      return PERCENTILE_KEYS.flatMap((key, at) =>
        both[at] < LEAST_SAMPLES
          ? []
          : [{ what: `${distribution.name}, n = ${size}, ${key}`, size, coverage: inside[at] / both[at] }],
      );
    }),
  );
}

describe('the 95 % interval', () => {
  test('the 95 % interval holds the true percentile in at least 94 of 100 samples, and is not needlessly wide', () => {
    const cells = coverages(() => 1, SIZES);
    // Both ends exist for p50 from 30 on, for p95 from 100 on, for p99 from 1,000 on.
    expect(cells.length).toBe(DISTRIBUTIONS.length * (5 + 4 + 2));
    expect(cells.filter(({ coverage }) => coverage < 0.94)).toEqual([]);
    expect(cells.filter(({ size, coverage }) => size >= 100 && coverage > 0.995)).toEqual([]);
  });

  test.each<{ readonly weights: string; readonly weigh: Weigh }>([
    { weights: 'spread over the magnitudes from 1 to 600', weigh: (uniform) => 600 ** uniform() },
    { weights: 'of 1 and 600, half and half', weigh: (uniform) => (uniform() < 0.5 ? 1 : 600) },
    { weights: 'of 1, and one in ten of 600', weigh: (uniform) => (uniform() < 0.1 ? 600 : 1) },
  ])('the 95 % interval holds it in at least 92 of 100 samples with weights $weights', ({ weigh }) => {
    const cells = coverages(weigh, [30, 100, 300, 1000]);
    expect(cells.length).toBeGreaterThanOrEqual(DISTRIBUTIONS.length * 4);
    expect(cells.filter(({ coverage }) => coverage < 0.92)).toEqual([]);
  });
});

describe('a confident check', () => {
  /** Of samples of unchanged traffic, the share that is judged and whose interval lies above the bound. */
  function falseAlarms(size: number, weigh: Weigh): number[] {
    const estimator = new Estimator();
    return DISTRIBUTIONS.flatMap((distribution, seed) => {
      const uniform = seededUniform(7000 + seed);
      const alarms = { p50: 0, p95: 0, p99: 0 };
      for (let i = 0; i < FALSE_ALARM_SAMPLES; i++) {
        const sample = draw(distribution, size, uniform, weigh);
        for (const key of PERCENTILE_KEYS) {
          const { low } = estimator.interval(sample, PERCENTILES[key]);
          const isJudged = isResolved(sample.effective, PERCENTILES[key]);
          if (isJudged && low !== null && sample.values[low] > distribution.truth[key]) alarms[key]++;
        }
      }
      return PERCENTILE_KEYS.map((key) => alarms[key] / FALSE_ALARM_SAMPLES);
    });
  }

  test.each([30, 300, 3000])('a confident check raises a false alarm on fewer than 5 of 100 samples of %i', (size) => {
    // The hardest case: the bound is the true percentile itself, with no headroom at all.
    for (const weigh of [() => 1, (uniform: () => number) => 600 ** uniform()]) {
      const rates = falseAlarms(size, weigh);
      expect(Math.max(...rates)).toBeLessThan(0.05);
      expect(Math.max(...rates)).toBeGreaterThan(0);
    }
  });

  test.each([30, 300])(
    'a confident check of samples of %i keeps quiet about budgets that others of them proposed',
    (size) => {
      const estimator = new Estimator();
      const isAbove = (sample: Sample, bounds: readonly (number | null)[]): boolean =>
        PERCENTILE_KEYS.some((key, at) => {
          const { low } = estimator.interval(sample, PERCENTILES[key]);
          const bound = bounds[at];
          return bound !== null && low !== null && sample.values[low] / 1e6 > bound;
        });
      for (const [seed, distribution] of DISTRIBUTIONS.entries()) {
        const uniform = seededUniform(9000 + seed);
        let alarms = 0;
        for (let i = 0; i < FALSE_ALARM_SAMPLES; i++) {
          const before = draw(distribution, size, uniform, () => 1);
          // No headroom: the upper end itself, rounded up.
          const bounds = PERCENTILE_KEYS.map((key) => {
            const { high } = estimator.interval(before, PERCENTILES[key]);
            return proposedBound({ lowMs: null, highMs: high === null ? null : before.values[high] / 1e6 }, 0);
          });
          const after = draw(distribution, size, uniform, () => 1);
          if (isAbove(after, bounds)) alarms++;
        }
        expect(alarms / FALSE_ALARM_SAMPLES).toBeLessThan(0.05);
      }
    },
  );
});
