import { describe, expect, test } from 'vitest';
import { chanceOf, freedom } from '../../../src/analyse/diff/significance.ts';
import { SEEDS, standardErrors } from '../../../src/analyse/diff/standardErrors.ts';
import { Estimator } from '../../../src/analyse/estimator.ts';
import type { PathSample } from '../../../src/analyse/pathSample.ts';
import { share } from '../../../src/analyse/share.ts';
import { sampleOf } from '../../../src/analyse/sample.ts';
import { seededRandom } from '../../../src/base/seededRandom.ts';

/** Requests with one hop that takes a third to all of the total; lognormal, or every fourth of another kind; weights 1 to 64. */
function traffic(
  random: (below: number) => number,
  count: number,
  kind: 'lognormal' | 'bimodal',
  isWeighted: boolean,
): PathSample {
  const uniform = (): number => (random(1e9) + 0.5) / 1e9;
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const traces = Array.from({ length: count }, () => {
    const middle = kind === 'bimodal' && uniform() < 0.25 ? 4e7 : 1e7;
    const total = Math.round(middle * Math.exp(normal() * (kind === 'bimodal' ? 0.2 : 0.8)));
    return { total, hop: total * (1 / 3 + (2 / 3) * uniform()), weight: isWeighted ? 2 ** random(7) : 1 };
  }).toSorted((a, b) => a.total - b.total);
  const weights = Float64Array.from(traces, ({ weight }) => weight);
  return {
    totals: sampleOf(
      Float64Array.from(traces, ({ total }) => total),
      weights,
    ),
    weights,
    hops: [{ ranks: Uint32Array.from(traces, (_, rank) => rank), path: Float64Array.from(traces, ({ hop }) => hop) }],
    boundaries: [],
  };
}

function measured(sample: PathSample, p: number): { total: number; hop: number } {
  const estimator = new Estimator();
  const hop = share(sample.hops[0], estimator.weights(sample.totals, p)) / 1e6;
  return { total: estimator.quantile(sample.totals, p) / 1e6, hop };
}

describe('standardErrors', () => {
  test('standardErrors of values that do not stray are 0, and the same seed gives the same ones', () => {
    const random = seededRandom(1);
    const sample = traffic(random, 100, 'lognormal', true);
    expect(standardErrors(sample, 0.5, 1)).toEqual(standardErrors(sample, 0.5, 1));
    expect(standardErrors(sample, 0.5, 1)).not.toEqual(standardErrors(sample, 0.5, 2));
    const still = { ...sample, totals: sampleOf(new Float64Array(100).fill(1e7), sample.weights) };
    expect(standardErrors(still, 0.5, 1).total).toBeLessThan(1e-6);
  });

  test('standardErrors of the median of normal values are the textbook’s √(π / 2n) of their deviation', () => {
    const random = seededRandom(5);
    const uniform = (): number => (random(1e9) + 0.5) / 1e9;
    const values = Float64Array.from({ length: 4000 }, () =>
      Math.round(1e8 + 1e7 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())),
    );
    const weights = new Float64Array(4000).fill(1);
    const sample: PathSample = { totals: sampleOf(values, weights), weights, hops: [], boundaries: [] };
    const textbook = 10 * Math.sqrt(Math.PI / 2 / 4000);
    expect(standardErrors(sample, 0.5, 1).total / textbook).toBeGreaterThan(0.85);
    expect(standardErrors(sample, 0.5, 1).total / textbook).toBeLessThan(1.1);
  });

  // 200 pairs: a rate of 5 % shows as less than 9.7 % in all but one of a thousand runs.
  test.each([
    ['lognormal', 40, 0.5, false],
    ['lognormal', 250, 0.95, false],
    ['lognormal', 150, 0.5, true],
    ['bimodal', 200, 0.5, true],
  ] as const)(
    'standardErrors make no more false alarms than promised: %s, %d traces, %d, weighted %s',
    (kind, count, p, isWeighted) => {
      const random = seededRandom(11);
      let alarms = 0;
      let judgedPairs = 0;
      for (let round = 0; round < 200; round++) {
        const [before, after] = [traffic(random, count, kind, isWeighted), traffic(random, count, kind, isWeighted)];
        const degrees = freedom(before.totals.effective, after.totals.effective, p);
        if (degrees === null) continue;
        judgedPairs++;
        const [a, b] = [measured(before, p), measured(after, p)];
        const [errorsA, errorsB] = [standardErrors(before, p, SEEDS.before), standardErrors(after, p, SEEDS.after)];
        const isTotalAlarm = chanceOf(b.total - a.total, Math.hypot(errorsA.total, errorsB.total), degrees) <= 0.05;
        const isHopAlarm = chanceOf(b.hop - a.hop, Math.hypot(errorsA.hops[0], errorsB.hops[0]), degrees) <= 0.05;
        alarms += (Number(isTotalAlarm) + Number(isHopAlarm)) / 2;
      }
      expect(judgedPairs).toBeGreaterThan(180);
      expect(alarms / judgedPairs).toBeLessThan(0.097);
    },
    60_000,
  );
});
