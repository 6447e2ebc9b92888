import type { Histogram } from '../../analyse/model.ts';
import type { Fraction, Milliseconds } from '../../base/units.ts';
import { PERCENTILES } from '../../config/percentiles.ts';

/**
 * Between milliseconds on the axis and percentiles.
 *
 *     counts  2 4 2, bins of 10 ms     0 ▂█▂ 30
 *     percentileAt 15 ms: (2 + 4 × ½) / 8 = 0.5
 */
export const LOWEST: Fraction = 0.01;
export const HIGHEST: Fraction = 0.999;

/** Share of requests that took at most `ms`, straight inside a bin; kept to what the control offers, in steps of 0.1 %. */
export function percentileAt({ binMs, counts }: Histogram, ms: Milliseconds): Fraction {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const below = counts.reduce((sum, count, i) => sum + count * clamp(ms / binMs - i, 0, 1), 0);
  return all > 0 ? rounded(below / all) : PERCENTILES.p50;
}

/** One step of the keyboard: a whole percent, ten with `isLarge`, a tenth above p99. */
export function stepped(percentile: Fraction, direction: 1 | -1, isLarge: boolean): Fraction {
  const percent = percentile * 100;
  const size = isLarge ? 10 : direction > 0 ? (percent >= 99 ? 0.1 : 1) : percent > 99 ? 0.1 : 1;
  // From p61.3 the next whole percent is p62, the one before p61.
  const steps = direction > 0 ? Math.floor(percent / size + 1e-6) + 1 : Math.ceil(percent / size - 1e-6) - 1;
  return rounded((steps * size) / 100);
}

/** Upper end of the axis. */
export function axisEnd({ binMs, counts }: Histogram): Milliseconds {
  return binMs * counts.length;
}

/** The bin that ends after `ms`; as many as there are, where none does. */
export function binOf({ binMs, counts }: Histogram, ms: Milliseconds): number {
  const bin = counts.findIndex((_, i) => i * binMs + binMs > ms);
  return bin < 0 ? counts.length : bin;
}

function rounded(percentile: Fraction): Fraction {
  return clamp(Math.round(percentile * 1000) / 1000, LOWEST, HIGHEST);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
