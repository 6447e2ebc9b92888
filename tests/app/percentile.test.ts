import { array, assert, double, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisEnd, binOf, HIGHEST, LOWEST, percentileAt, stepped } from '../../src/app/percentile/percentileScale.ts';
import { spreadLabels } from '../../src/app/percentile/spreadLabels.ts';

test('binOf is the bin that ends after a time, and none where all end before it', () => {
  const histogram = { binMs: 10, counts: [2, 4, 2] };
  expect([0, 9.9, 10, 25, 30, 99].map((ms) => binOf(histogram, ms))).toEqual([0, 0, 1, 2, 3, 3]);
});

describe('the percentile at a place on the axis', () => {
  const histogram = { binMs: 10, counts: [2, 4, 2] };

  test.each([
    [0, LOWEST],
    [5, 0.125],
    [10, 0.25],
    [15, 0.5],
    [20, 0.75],
    [30, HIGHEST],
    [99, HIGHEST],
  ])('of %d ms is %d', (ms, percentile) => {
    expect(percentileAt(histogram, ms)).toBe(percentile);
  });

  test('is the median where nothing was counted', () => {
    expect(percentileAt({ binMs: 1, counts: [0] }, 0.5)).toBe(0.5);
  });

  test('never falls along the axis', () => {
    const cases = record({
      counts: array(integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 90 }),
      a: double({ min: 0, max: 1, noNaN: true }),
      b: double({ min: 0, max: 1, noNaN: true }),
    });
    assert(
      property(cases, ({ counts, a, b }) => {
        const drawn = { binMs: 3, counts };
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((part) => percentileAt(drawn, part * axisEnd(drawn)));
        expect(low).toBeLessThanOrEqual(high);
      }),
      { seed: 3 },
    );
  });
});

describe('a key press', () => {
  test.each([
    [0.5, 1, false, 0.51],
    [0.5, -1, false, 0.49],
    [0.5, 1, true, 0.6],
    [0.613, 1, false, 0.62],
    [0.613, -1, false, 0.61],
    [0.99, 1, false, 0.991],
    [0.991, -1, false, 0.99],
    [0.999, 1, false, HIGHEST],
    [0.01, -1, false, LOWEST],
    [0.95, 1, true, HIGHEST],
  ] as const)('moves %d by %d (large: %s) to %d', (from, direction, isLarge, to) => {
    expect(stepped(from, direction, isLarge)).toBe(to);
  });
});

describe('labels on one line', () => {
  test('stay where they are while they have room', () => {
    expect(
      spreadLabels(
        [
          { x: 10, width: 20 },
          { x: 50, width: 20 },
        ],
        5,
        100,
      ),
    ).toEqual([10, 50]);
  });

  test('move right of the one before, and back left from the end', () => {
    expect(
      spreadLabels(
        [
          { x: 10, width: 20 },
          { x: 12, width: 20 },
        ],
        5,
        100,
      ),
    ).toEqual([10, 35]);
    expect(
      spreadLabels(
        [
          { x: 90, width: 20 },
          { x: 95, width: 20 },
        ],
        5,
        100,
      ),
    ).toEqual([55, 80]);
  });

  test('never overlap where they fit at all', () => {
    const labels = array(record({ x: integer({ min: 0, max: 400 }), width: integer({ min: 10, max: 90 }) }), {
      maxLength: 4,
    });
    assert(
      property(labels, (unordered) => {
        const wanted = unordered.sort((a, b) => a.x - b.x);
        const placed = spreadLabels(wanted, 8, 400);
        placed.forEach((x, i) => {
          expect(x).toBeGreaterThanOrEqual(i === 0 ? 0 : placed[i - 1] + wanted[i - 1].width + 8);
          expect(x + wanted[i].width).toBeLessThanOrEqual(400);
        });
      }),
      { seed: 4 },
    );
  });
});
