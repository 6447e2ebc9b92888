import { seededRandom } from '../../src/base/seededRandom.ts';
import type { PercentileValues } from '../../src/config/percentiles.ts';

/** A distribution of durations whose percentiles are known in closed form. */
export interface Distribution {
  readonly name: string;
  /** One duration, whole ns, out of numbers between 0 and 1, each as likely as the others. */
  draw(uniform: () => number): number;
  /** Nanoseconds. */
  readonly truth: PercentileValues;
}

/** Numbers strictly between 0 and 1, the same for the same seed. */
export function seededUniform(seed: number): () => number {
  const random = seededRandom(seed);
  return () => (random(2 ** 32) + 0.5) / 2 ** 32;
}

/** Box and Muller (1958). */
function standardNormal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const SIGMA = 0.6;
/** Standard normal quantiles, from tables. */
const NORMAL: PercentileValues = { p50: 0, p95: 1.6448536269514722, p99: 2.3263478740408408 };

/** Four in five are served from a cache in 2 to 10 ms; the others take 40 ms and more. */
const bimodal = (u: number): number =>
  u < 0.8 ? 2e6 + 8e6 * (u / 0.8) ** 2 : 40e6 - 20e6 * Math.log(1 - (u - 0.8) / 0.2);
/** Pareto with α = 1.1: its variance is infinite. */
const pareto = (u: number): number => 10e6 * (1 - u) ** (-1 / 1.1);

export const DISTRIBUTIONS: readonly Distribution[] = [
  {
    name: 'lognormal',
    draw: (uniform) => Math.round(30e6 * Math.exp(SIGMA * standardNormal(uniform))),
    truth: at((key) => 30e6 * Math.exp(SIGMA * NORMAL[key])),
  },
  { name: 'bimodal', draw: (uniform) => Math.round(bimodal(uniform())), truth: ofQuantile(bimodal) },
  { name: 'heavy-tailed', draw: (uniform) => Math.round(pareto(uniform())), truth: ofQuantile(pareto) },
];

function ofQuantile(quantile: (u: number) => number): PercentileValues {
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}

function at(value: (key: keyof PercentileValues) => number): PercentileValues {
  return { p50: value('p50'), p95: value('p95'), p99: value('p99') };
}
