import { InvalidArgumentError } from 'commander';

/** `99`, `99.9` or `p99` → 0.99 … without the noise of a division. */
export function percentile(text: string): number {
  const value = Number(/^p?(\d+(?:\.\d+)?)$/.exec(text)?.[1] ?? Number.NaN);
  if (value > 0 && value < 100) return Number((value / 100).toPrecision(12));
  throw new InvalidArgumentError('It must be a number between 0 and 100, such as 99.');
}

export function width(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 640 && value <= 4000) return value;
  throw new InvalidArgumentError('It must be a whole number of px from 640 to 4000.');
}
