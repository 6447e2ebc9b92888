import betainc from '@stdlib/math-base-special-betainc';
import { describe, expect, test } from 'vitest';
import { betaCdf } from '../../src/analyse/betaCdf.ts';
import { binomialBounds, Estimator, isResolved } from '../../src/analyse/estimator.ts';
import { sampleOf, type Sample } from '../../src/analyse/sample.ts';

const PS = [0.5, 0.95, 0.99];
const powers = [1, 2, 4, 8, 16, 32, 64, 128];
const squares = Array.from({ length: 1000 }, (_, i) => ((i * i) % 1009) + 1);

function sample(values: readonly number[], weights: readonly number[] = values.map(() => 1)): Sample {
  return sampleOf(Float64Array.from(values), Float64Array.from(weights));
}

function quantiles(of: Sample): number[] {
  const estimator = new Estimator();
  return PS.map((p) => estimator.quantile(of, p));
}

describe('Harrell–Davis', () => {
  test('Harrell–Davis of three values is the sum that a person can check', () => {
    expect(quantiles(sample([30, 10, 20]))[0]).toBeCloseTo(20, 12);
    const { weights } = new Estimator().weights(sample([10, 20, 30]), 0.5);
    expect(Array.from(weights, (weight) => weight.toFixed(3))).toEqual(['0.259', '0.481', '0.259']);
  });

  // Computed with scipy 1.17: special.betainc, and stats.mstats.hdquantiles where the weights are equal.
  test.each([
    ['three values', sample([10, 20, 30]), [20, 29.688996189201713, 29.950834109905195]],
    ['powers of two', sample(powers), [16.757614513805215, 119.46831313234216, 126.78145024982959]],
    [
      'weighted powers of two',
      sample(powers, [1, 4, 1, 2, 1, 1, 8, 1]),
      [35.4357802810782, 110.75878983802929, 124.53835718454894],
    ],
    ['a thousand values', sample(squares), [508.9611281511747, 974.8082421695883, 1004.4938608588626]],
    [
      'a thousand weighted values',
      sample(
        squares,
        squares.map((_, i) => 1 + (i % 7)),
      ),
      [506.9210412553469, 974.304025799212, 1003.084738629005],
    ],
  ])('Harrell–Davis agrees with scipy on %s', (_, of, expected) => {
    quantiles(of).forEach((value, i) => expect(value / expected[i]).toBeCloseTo(1, 9));
  });

  test('Harrell–Davis of one value is that value, at any percentile', () => {
    expect(quantiles(sample([7], [3]))).toEqual([7, 7, 7]);
  });

  // The last of 200 weighs 1 − I(190.95, 10.05) at 0.995, which is 8.2065e-8.
  test('Harrell–Davis keeps six digits where one value is a billion times the others', () => {
    const [, p95] = quantiles(sample([...Array.from({ length: 199 }, () => 1), 1e9]));
    expect(p95 / 83.0646158026923).toBeCloseTo(1, 7);
  });

  test('Harrell–Davis with equal weights does not depend on how large they are', () => {
    expect(
      quantiles(
        sample(
          powers,
          powers.map(() => 40),
        ),
      ),
    ).toEqual(quantiles(sample(powers)));
  });
});

describe('betaCdf', () => {
  test.each([
    [8, 8],
    [50.5, 50.5],
    [950.95, 50.05],
    [50_000.5, 50_000.5],
    [99_000.99, 1000.01],
    [1e6, 1e4],
    [9.5, 90_000.5],
  ])('betaCdf follows I(%d, %d) to 1e-11', (a, b) => {
    const cdf = betaCdf(a, b);
    for (let i = 0; i <= 997; i++) {
      const x = cdf.low + ((cdf.high - cdf.low) * i) / 997;
      expect(Math.abs(cdf.at(x) - betainc(x, a, b))).toBeLessThan(1e-11);
    }
    expect(betainc(cdf.low, a, b)).toBeLessThan(1e-16);
    expect(betainc(cdf.high, a, b, true, true)).toBeLessThan(1e-16);
  });

  // scipy 1.17, special.betainc.
  test.each([
    [2.5, 3.5, 0.3, 0.29675298929566646],
    [8, 8, 0.4, 0.21310318261043204],
    [950.95, 50.05, 0.96, 0.9346581028581444],
    [50_000.5, 50_000.5, 0.501, 0.7364560945866643],
    [99_000.99, 1000.01, 0.9905, 0.945829506573732],
    [1e6, 1e4, 0.9901, 0.5026994410201607],
  ])('betaCdf agrees with scipy on I(%d, %d) at %d', (a, b, x, expected) => {
    expect(Math.abs(betaCdf(a, b).at(x) - expected)).toBeLessThan(1e-12);
  });
});

// What is left of 1 is known to half of what a double near 1 can say, 5.6e-17.
test('betaCdf rounds once where nearly all is below', () => {
  expect(Math.abs(1 - betaCdf(15.5, 15.5).at(29 / 30) - 1.22491e-15)).toBeLessThan(5.6e-17);
});

describe('binomialBounds', () => {
  // scipy 1.17: the largest k with binom.cdf(k − 1) ≤ 0.025, the smallest with binom.sf(k − 1) ≤ 0.025.
  test.each([
    [10, 0.5, 2, 9],
    [6, 0.5, 1, 6],
    [5, 0.5, null, null],
    [30, 0.95, 26, null],
    [100, 0.5, 40, 61],
    [100, 0.95, 90, 100],
    [100, 0.99, 97, null],
    [1000, 0.5, 469, 532],
    [1000, 0.99, 983, 997],
    [36.7, 0.5, 12, 25],
  ])('binomialBounds of n = %d at %d are %s and %s', (n, p, low, high) => {
    expect(binomialBounds(n, p)).toEqual({ low, high });
  });

  test('an interval is made of the values at those ranks', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(new Estimator().interval(sample(hundred), 0.5)).toEqual({ low: 39, high: 60 });
    expect(new Estimator().interval(sample([1, 2, 3]), 0.5)).toEqual({ low: null, high: null });
  });

  test('an interval counts values by their weight', () => {
    // Every value stands for itself with weight 1 or 3: n = 200² / 500 = 80, l = 31 and u = 50 of 80 (binomial tables).
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    const weights = values.map((_, i) => (i < 50 ? 1 : 3));
    const { low, high } = new Estimator().interval(sample(values, weights), 0.5);
    // 31/80 of 200 is 77.5: 50 ones and 27.5 more in threes, the 10th; 50/80 is 125: 75 more, the 25th.
    expect([low, high]).toEqual([59, 74]);
  });
});

test('isResolved asks for one effective trace beyond the percentile', () => {
  expect([isResolved(2, 0.5), isResolved(1.9, 0.5)]).toEqual([true, false]);
  expect([isResolved(20, 0.95), isResolved(19, 0.95)]).toEqual([true, false]);
  expect([isResolved(100, 0.99), isResolved(99, 0.99)]).toEqual([true, false]);
  expect([isResolved(100, 0.01), isResolved(99, 0.01)]).toEqual([true, false]);
});
