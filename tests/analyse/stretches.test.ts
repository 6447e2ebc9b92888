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

  test('puts what took turns side by side, in no more stretches than asked for', () => {
    // Of 3 ns together, `aab` `bba` `aab` `bba`, there are five.
    expect(text(coarseStretches(mergedStretches(drawn('abababababab')), 4))).toBe('aaabbbaaabbb');
  });

  test('covers the same time without gaps, and leaves every account its time', () => {
    const account = fc.integer({ min: 0, max: 4 });
    const timeOf = (list: readonly Stretch[], of: number): number =>
      list.filter((each) => each.account === of).reduce((sum, { start, end }) => sum + end - start, 0);
    fc.assert(
      fc.property(
        fc.array(account, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (list, most) => {
          const stretches = mergedStretches(list.map((of, i) => ({ account: of, start: i * 3, end: i * 3 + 3 })));
          const coarse = coarseStretches(stretches, most);
          expect(coarse.length).toBeLessThanOrEqual(Math.max(most, new Set(list).size));
          for (const of of list) expect(timeOf(coarse, of)).toBe(timeOf(stretches, of));
          expect(coarse[0].start).toBe(0);
          expect(coarse.at(-1)?.end).toBe(list.length * 3);
          coarse.slice(1).forEach(({ start }, i) => expect(start).toBe(coarse[i].end));
        },
      ),
      { seed: 3 },
    );
  });
});
