import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortTimes } from '../../src/base/sortTimes.ts';

test('sortTimes sorts its column in place', () => {
  const values = Float64Array.of(30, 10, 20, 10);
  sortTimes(values);
  expect([...values]).toEqual([10, 10, 20, 30]);
});

test('sortTimes sorts like a comparison, at any length: small times, times beyond 2³², and parts of a nanosecond', () => {
  const time = fc.oneof(fc.nat(20), fc.nat(3_000_000), fc.constantFrom(2 ** 32 - 1, 2 ** 32));
  const anyTime = fc.oneof(
    time,
    fc.maxSafeNat(),
    fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true }),
  );
  for (const times of [time, anyTime]) {
    fc.assert(
      fc.property(fc.array(times, { maxLength: 900, size: 'max' }), (values) => {
        const sorted = Float64Array.from(values);
        sortTimes(sorted);
        expect([...sorted]).toEqual(values.map((value) => value + 0).sort((a, b) => a - b));
      }),
      { seed: 7, numRuns: 60 },
    );
  }
});
