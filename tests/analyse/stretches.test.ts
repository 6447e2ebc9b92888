import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coarseStretches, mergedStretches, type Stretch } from '../../src/analyse/stretches.ts';

/** "aab" is 2 ns of account 0, then 1 of account 1. */
function drawn(text: string): Stretch[] {
  return [...text].map((letter, i) => ({ account: letter.charCodeAt(0) - 97, start: i, end: i + 1 }));
}

function text(stretches: readonly Stretch[]): string {
  return stretches.map(({ account, start, end }) => String.fromCharCode(97 + account).repeat(end - start)).join('');
}

describe('mergedStretches', () => {
  test('joins neighbours of one account', () => {
    expect(mergedStretches(drawn('aabba'))).toEqual([
      { account: 0, start: 0, end: 2 },
      { account: 1, start: 2, end: 4 },
      { account: 0, start: 4, end: 5 },
    ]);
  });
});

describe('coarseStretches', () => {
  test('leaves as many as may be shown as they are', () => {
    const stretches = mergedStretches(drawn('aabca'));
    expect(coarseStretches(stretches, 4)).toEqual(stretches);
  });

  test('gives neighbours that are too short to the one that has most of their time', () => {
    // 12 ns in 2: `aab` and `aa` last 5, less than 6, so `ccc` joins them and a has 4 of 8; then `dccc`.
    expect(text(coarseStretches(mergedStretches(drawn('aabaacccdccc')), 2))).toBe('aaaaaaaacccc');
  });

  test('covers the same time without gaps, in no more stretches than asked for', () => {
    const account = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(
        fc.array(account, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (list, most) => {
          const stretches = mergedStretches(list.map((of, i) => ({ account: of, start: i * 3, end: i * 3 + 3 })));
          const coarse = coarseStretches(stretches, most);
          expect(coarse.length).toBeLessThanOrEqual(Math.max(most, 1));
          expect(coarse[0].start).toBe(0);
          expect(coarse.at(-1)?.end).toBe(list.length * 3);
          coarse.slice(1).forEach(({ start }, i) => expect(start).toBe(coarse[i].end));
        },
      ),
      { seed: 3 },
    );
  });
});
