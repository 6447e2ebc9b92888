import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proposal, proposedBound, roundedUp } from '../../src/analyse/proposals.ts';
import { parseDuration, writeDuration } from '../../src/config/duration.ts';
import { onlyPath } from '../helpers/analysed.ts';

describe('roundedUp', () => {
  test('roundedUp gives the next number that a person would write', () => {
    const cases = [21.96, 5.2, 162, 0.31, 10, 10.01, 1999, 0.00123, 99, 9.01];
    expect(cases.map(roundedUp)).toEqual([25, 6, 170, 0.35, 10, 11, 2000, 0.0013, 100, 10]);
  });

  test('roundedUp never goes below, nor more than a quarter above, and stays where it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e7, noNaN: true }), (value) => {
        const rounded = roundedUp(value);
        expect(rounded).toBeGreaterThanOrEqual(value * (1 - 1e-8));
        expect(rounded).toBeLessThanOrEqual(value * 1.25);
        expect(roundedUp(rounded)).toBe(rounded);
        expect(parseDuration(writeDuration(rounded))).toBe(rounded);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

describe('proposedBound', () => {
  test('proposedBound is the upper end and the headroom, rounded up', () => {
    expect(proposedBound({ lowMs: 17.7, highMs: 18.3 }, 0.2)).toBe(25);
    expect(proposedBound({ lowMs: null, highMs: 18.3 }, 0)).toBe(19);
  });

  test('proposedBound is nothing where there is no upper end, or no time', () => {
    expect(proposedBound({ lowMs: 17.7, highMs: null }, 0.2)).toBeNull();
    expect(proposedBound({ lowMs: 0, highMs: 0 }, 0.2)).toBeNull();
    expect(proposedBound(null, 0.2)).toBeNull();
  });
});

describe('proposal', () => {
  test('proposal bounds what enough traces tell: the total, hops, and boundaries that were measured', () => {
    const twenty = Array.from(
      { length: 20 },
      (_, i) =>
        `a GET 0..${40 + i} server\n  a call 2..30 client\n    b GET 5..25 server\n      b SELECT 6..16 client [db.system=redis]`,
    ).join('\n\n');
    // The interval of the median of 20 is that of the 6th and 15th: for the total 45 … 54 ms, a's own time 17 … 26.
    expect(proposal(onlyPath(twenty), 0.1)).toEqual({
      ceiling: { p50: 60 },
      hops: [
        { id: 'a', budget: { p50: 30 } },
        { id: 'b', budget: { p50: 11 } },
        { id: 'redis', budget: { p50: 11 } },
      ],
      boundaries: [{ boundary: { from: 'a', to: 'b' }, budget: { p50: 9 } }],
    });
  });
});
