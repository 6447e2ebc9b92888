import fc from 'fast-check';
import { expect, test } from 'vitest';
import { traceOrder } from '../../src/store/traceOrder.ts';

test('traceOrder orders ids by their first word, and by the others where it is the same', () => {
  const ids = Uint32Array.of(7, 0, 0, 9, 7, 0, 0, 2, 1, 9, 9, 9, 0xffffffff, 0, 0, 0);
  expect([...traceOrder(ids, 4)]).toEqual([2, 1, 0, 3]);
});

test('traceOrder orders ids of 64 bits, whose upper words are zero, and takes none and one', () => {
  expect([...traceOrder(Uint32Array.of(0, 0, 5, 1, 0, 0, 3, 8, 0, 0, 5, 0), 3)]).toEqual([1, 2, 0]);
  expect([...traceOrder(Uint32Array.of(0, 0, 0, 4), 1)]).toEqual([0]);
  expect([...traceOrder(new Uint32Array(0), 0)]).toEqual([]);
});

test('traceOrder gives the order of the ids as numbers of 128 bits', () => {
  const word = fc.oneof(
    fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word, word, word), { maxLength: 120 }), (ids) => {
      const value = ([a, b, c, d]: readonly number[]): bigint =>
        (BigInt(a) << 96n) | (BigInt(b) << 64n) | (BigInt(c) << 32n) | BigInt(d);
      const values = [...traceOrder(Uint32Array.from(ids.flat()), ids.length)].map((i) => value(ids[i]));
      expect(values).toEqual(ids.map(value).toSorted((a, b) => Number(a > b) - Number(a < b)));
    }),
    { numRuns: 300, seed: 14 },
  );
});
