import { expect, test } from 'vitest';
import { addLazy } from '../../src/base/addLazy.ts';

test('addLazy makes a property when it is read, and not before', () => {
  const made: string[] = [];
  const make = (what: string) => () => (made.push(what), what);
  const object = { name: 'GET /cart' };
  addLazy(object, { note: make('a note'), at: make('a view') });
  expect(made).toEqual([]);
  expect([object.name, object.note]).toEqual(['GET /cart', 'a note']);
  expect(made).toEqual(['a note']);
});

test('addLazy gives each object what is its own, and copies and clones what was made', () => {
  const [one, two] = [1, 2].map((id) => {
    const object = { id };
    addLazy(object, { twice: () => id * 2 });
    return object;
  });
  expect([one.twice, two.twice]).toEqual([2, 4]);
  expect({ ...one, id: 7 }).toEqual({ id: 7, twice: 2 });
  expect(structuredClone(two)).toEqual({ id: 2, twice: 4 });
  expect(JSON.stringify(two)).toBe('{"id":2,"twice":4}');
});

test('addLazy leaves the order of what was there before it, and of what comes behind', () => {
  const object = { a: 1 };
  addLazy(object, { b: () => 2 });
  const more = Object.assign(object, { c: 3 });
  addLazy(more, { d: () => 4 });
  expect(JSON.stringify(more)).toBe('{"a":1,"b":2,"c":3,"d":4}');
});
