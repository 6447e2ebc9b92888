import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PagedWords } from '../../src/base/pagedWords.ts';

const PAGE = 2 ** 19;
const length = fc.oneof(fc.nat({ max: 3000 }), fc.integer({ min: PAGE - 3, max: PAGE + 3 }), fc.nat({ max: PAGE * 3 }));

describe('PagedWords', () => {
  test('PagedWords keeps what is in it, whatever room is made, and in pages of one length', () => {
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 6 }), (lengths) => {
        const words = new PagedWords();
        const written = new Map<number, number>();
        for (const [step, count] of lengths.entries()) {
          words.reserve(count);
          expect(words.capacity).toBeGreaterThanOrEqual(count);
          for (const index of [0, count >>> 1, count - 1]) {
            if (index < 0) continue;
            words.put(index, step + 1);
            written.set(index, step + 1);
          }
        }
        for (const [index, word] of written) expect(words.at(index)).toBe(word);
        for (const page of words.pages.slice(0, -1)) expect(page.length).toBe(PAGE);
        expect(words.pages.at(-1)?.length).toBeLessThanOrEqual(PAGE);
      }),
      { seed: 21, numRuns: 60 },
    );
  });

  test('PagedWords visits a stretch page by page, and puts the pages together', () => {
    const words = new PagedWords();
    words.reserve(PAGE * 2 + 5);
    const visits: number[][] = [];
    words.eachStretch(PAGE - 2, PAGE * 2 + 5, (page, at, index, count) => {
      for (let i = 0; i < count; i++) page[at + i] = index + i;
      visits.push([at, index, count]);
    });
    expect(visits).toEqual([
      [PAGE - 2, PAGE - 2, 2],
      [0, PAGE, PAGE],
      [0, PAGE * 2, 5],
    ]);
    const flat = words.flat(PAGE * 2 + 5);
    expect(flat.length).toBe(PAGE * 2 + 5);
    expect([...flat.subarray(PAGE - 3, PAGE + 2)]).toEqual([0, PAGE - 2, PAGE - 1, PAGE, PAGE + 1]);
    expect(flat.at(-1)).toBe(PAGE * 2 + 4);
  });

  test('PagedWords gives back what is not in use, and grows again', () => {
    const words = new PagedWords();
    words.reserve(PAGE + 9);
    words.put(PAGE, 7);
    words.trim(PAGE + 1);
    expect(words.pages.map((page) => page.length)).toEqual([PAGE, 1]);
    expect(words.at(PAGE)).toBe(7);
    words.trim(3);
    expect(words.pages.map((page) => page.length)).toEqual([3]);
    words.trim(0);
    expect(words.pages.map((page) => page.length)).toEqual([0]);
  });
});
