import { expect, test } from 'vitest';
import { seededRandom } from '../../src/base/seededRandom.ts';

function draws(seed: number, count: number, below: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random(below));
}

test('seededRandom gives the same numbers for the same seed, others for another', () => {
  expect(draws(1, 50, 1000)).toEqual(draws(1, 50, 1000));
  expect(draws(1, 50, 1000)).not.toEqual(draws(2, 50, 1000));
});

test('seededRandom gives each number as often as the others', () => {
  const counts = Array<number>(10).fill(0);
  for (const each of draws(7, 100_000, 10)) counts[each]++;
  // 10,000 each, standard deviation 95.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * 95);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000);
});

test('seededRandom does not repeat what went before: neighbours are not related', () => {
  const numbers = draws(3, 20_000, 1000).map((each) => each - 499.5);
  const product = numbers.slice(1).reduce((sum, each, i) => sum + each * numbers[i], 0) / (numbers.length - 1);
  const variance = (1000 * 1000 - 1) / 12;
  expect(Math.abs(product / variance)).toBeLessThan(5 / Math.sqrt(numbers.length));
});
