import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdIndex } from '../../src/store/idIndex.ts';

const id = fc.tuple(fc.constantFrom(0, 1, 0xffffffff), fc.integer({ min: 1, max: 300 }));

test('IdIndex finds of each trace’s ids the first member that has it, and nothing of the traces before', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(id, { maxLength: 200, size: 'max' }), { maxLength: 6 }),
      fc.array(id),
      (traces, asked) => {
        const index = new IdIndex();
        const found = new Int32Array(asked.length);
        for (const ids of traces) {
          const names = ids.map((words) => words.join());
          const isTied = index.fill(column(ids, 0), column(ids, 1), ids.length);
          expect(isTied).toBe(new Set(names).size < ids.length);
          index.find(column(asked, 0), column(asked, 1), asked.length, found, -1);
          expect([...found]).toEqual(asked.map((words) => names.indexOf(words.join())));
        }
      },
    ),
    { numRuns: 200, seed: 15 },
  );
});

test('IdIndex takes a short trace after a long one', () => {
  const index = new IdIndex();
  const many = Uint32Array.from({ length: 1000 }, (_, i) => i + 1);
  const found = new Int32Array(1000);
  expect(index.fill(many, many, 1000)).toBe(false);
  index.find(many, many, 1000, found, -1);
  expect([...found]).toEqual(Array.from(many.keys()));
  expect(index.fill(Uint32Array.of(9, 9), Uint32Array.of(9, 8), 2)).toBe(false);
  index.find(many, many, 1000, found, -1);
  expect(found.filter((member) => member >= 0)).toEqual(Int32Array.of(0));
  expect(found[8]).toBe(0);
});

function column(ids: readonly (readonly number[])[], word: number): Uint32Array {
  return Uint32Array.from(ids, (words) => words[word]);
}

test('IdIndex takes a long trace quickly whose ids have two equal halves, as where one of 32 bits was written twice', () => {
  const index = new IdIndex();
  const ids = Uint32Array.from({ length: 200_000 }, (_, i) => i * 3 + 1);
  const found = new Int32Array(ids.length);
  expect(index.fill(ids, ids, ids.length)).toBe(false);
  index.find(ids, ids, ids.length, found, -1);
  expect(found.every((member, i) => member === i)).toBe(true);
});
