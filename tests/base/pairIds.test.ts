import { expect, test } from 'vitest';
import { PairIds } from '../../src/base/pairIds.ts';

test('PairIds numbers pairs in the order in which they come, and knows them again', () => {
  const pairs = new PairIds();
  expect([pairs.id(3, 0), pairs.id(3, 7), pairs.id(0, 3), pairs.id(3, 0)]).toEqual([0, 1, 2, 0]);
  expect([pairs.first(1), pairs.second(1), pairs.count]).toEqual([3, 7, 3]);
});

test('PairIds tells a hundred thousand pairs apart', () => {
  const pairs = new PairIds();
  const ids = Array.from({ length: 100_000 }, (_, i) => pairs.id(i % 317, i));
  expect(ids.every((id, i) => id === i && pairs.id(i % 317, i) === i)).toBe(true);
  expect(pairs.count).toBe(100_000);
});
