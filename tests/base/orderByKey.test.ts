import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf, orderByKey } from '../../src/base/orderByKey.ts';

test('orderByKey orders by key, and by the comparison where keys are equal', () => {
  expect([...orderByKey(Float64Array.of(7, 3, 7, 1), (a, b) => b - a)]).toEqual([3, 1, 2, 0]);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 600 }), (keys) => {
      const expected = keys.map((_, index) => index).toSorted((a, b) => keys[a] - keys[b] || b - a);
      expect([...orderByKey(Float64Array.from(keys), (a, b) => b - a)]).toEqual(expected);
    }),
    { seed: 31, numRuns: 100 },
  );
});

test('keyOf orders as the 64 bits do, but for the last eleven', () => {
  const word = fc.nat({ max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(word, word, word, word, (a, b, c, d) => {
      const top = (high: number, low: number): bigint => ((BigInt(high) << 32n) | BigInt(low)) >> 11n;
      expect(Math.sign(keyOf(a, b) - keyOf(c, d))).toBe(Number(top(a, b) > top(c, d)) - Number(top(a, b) < top(c, d)));
    }),
    { seed: 32 },
  );
});
