import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judged } from '../../../src/analyse/diff/judged.ts';
import { chanceOf, errorsFor, freedom, holm } from '../../../src/analyse/diff/significance.ts';

describe('chanceOf', () => {
  // Tables of Student's t, two-sided.
  test.each([
    [12.706, 1, 0.05],
    [2.228, 10, 0.05],
    [3.169, 10, 0.01],
    [1.984, 100, 0.05],
    [1.96, 1e6, 0.05],
  ])('chanceOf %d errors with %d degrees is the table’s %d', (t, degrees, chance) => {
    expect(chanceOf(t, 1, degrees)).toBeCloseTo(chance, 3);
    expect(chanceOf(-2 * t, 2, degrees)).toBeCloseTo(chance, 3);
    expect(errorsFor(chance, degrees)).toBeCloseTo(t, 2);
  });

  test('chanceOf no difference is 1, even where nothing strays; that of any other is then 0', () => {
    expect(chanceOf(0, 0, 10)).toBe(1);
    expect(chanceOf(0.1, 0, 10)).toBe(0);
  });
});

test.each([
  [20, 1000, 0.5, 10],
  [19, 1000, 0.5, null],
  [1000, 200, 0.95, 10],
  [1000, 999, 0.99, null],
  [4805, 2000, 0.99, 20],
])('freedom between %d and %d traces at %d is %s', (before, after, p, degrees) => {
  const found = freedom(before, after, p);
  if (degrees === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(degrees, 9);
});

describe('holm', () => {
  test('holm counts the smallest of three three times, the next twice, and none less than one before it', () => {
    const corrected = holm([0.01, 0.04, 0.03]);
    [0.03, 0.06, 0.06].forEach((chance, i) => expect(corrected[i]).toBeCloseTo(chance, 12));
    expect(holm([])).toEqual([]);
  });

  test('holm keeps the order, never goes below what came in, nor above 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (chances) => {
        const corrected = holm(chances);
        chances.forEach((chance, i) => {
          expect(corrected[i]).toBeGreaterThanOrEqual(chance);
          expect(corrected[i]).toBeLessThanOrEqual(Math.max(1, chance));
          chances.forEach((other, j) => {
            if (chance < other) expect(corrected[i]).toBeLessThanOrEqual(corrected[j]);
          });
        });
      }),
      { seed: 4 },
    );
  });
});

describe('judged', () => {
  const many = { degrees: 1e6 };

  test('judged tells slower, faster, chance and too few traces apart', () => {
    const verdicts = judged([
      { beforeMs: 47, afterMs: 50.6, error: 0.4, ...many },
      { beforeMs: 20, afterMs: 10, error: 1, ...many },
      { beforeMs: 7, afterMs: 7.1, error: 0.2, ...many },
      { beforeMs: 7, afterMs: 70, error: 0, degrees: null },
    ]);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['slower', 'faster', 'unproven', 'insufficient']);
    expect(verdicts[0].changeMs).toBeCloseTo(3.6, 9);
    expect(verdicts[0].interval?.lowMs).toBeCloseTo(3.6 - 1.96 * 0.4, 3);
    expect(verdicts[0].interval?.highMs).toBeCloseTo(3.6 + 1.96 * 0.4, 3);
    expect(verdicts[3]).toMatchObject({ changeMs: 63, interval: null, chance: null });
  });

  test('judged lets one difference of two errors pass among many, and tells it where it stands alone', () => {
    const one = { beforeMs: 10, afterMs: 12.2, error: 1, ...many };
    const none = { beforeMs: 10, afterMs: 10, error: 1, ...many };
    expect(judged([one])[0].verdict).toBe('slower');
    expect(judged([one, none, none])[0].verdict).toBe('unproven');
  });

  test('judged takes what rounding makes for nothing, even where nothing strays', () => {
    expect(judged([{ beforeMs: 0.3, afterMs: 0.1 + 0.2, error: 0, ...many }])[0].verdict).toBe('unproven');
  });
});
