import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascendingOrder } from '../../src/base/ascendingOrder.ts';

test('ascendingOrder keeps equal values in their order', () => {
  expect(Array.from(ascendingOrder(Float64Array.of(30, 10, 20, 10)))).toEqual([1, 3, 2, 0]);
  expect(Array.from(ascendingOrder(Float64Array.of()))).toEqual([]);
});

test('ascendingOrder sorts like a comparison, at any length and size of value', () => {
  const whole = fc.oneof(fc.nat(20), fc.nat(3_000_000), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(whole, { maxLength: 900, size: 'max' }), (values) => {
      const expected = values.map((_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
      expect(Array.from(ascendingOrder(Float64Array.from(values)))).toEqual(expected);
    }),
    { seed: 7, numRuns: 100 },
  );
});
