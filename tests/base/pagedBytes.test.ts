import { expect, test } from 'vitest';
import { atOf, PagedBytes } from '../../src/base/pagedBytes.ts';
import { withScarceMemory } from '../helpers/scarceMemory.ts';

const PAGE = 1 << 21;

/** Adds stretches, each filled with its number, and reads all of them again. */
function expectWhole(lengths: readonly number[]): void {
  const bytes = new PagedBytes();
  const places = lengths.map((length, i) => {
    const place = bytes.add(length);
    bytes.pageOf(place).fill(i + 1, atOf(place), atOf(place) + length);
    return place;
  });
  lengths.forEach((length, i) => {
    const place = places[i];
    const next = i + 1 < lengths.length ? places[i + 1] : place + length;
    expect(bytes.endOf(place, next) - place, `stretch ${i}`).toBe(length);
    const stretch = bytes.pageOf(place).subarray(atOf(place), atOf(place) + length);
    expect(stretch.length).toBe(length);
    expect(stretch.every((byte) => byte === i + 1)).toBe(true);
    if (length > 0) expect(bytes.viewOf(place).getUint8(atOf(place))).toBe(i + 1);
  });
}

test('PagedBytes keeps short stretches side by side, in a page that grows', () => {
  const bytes = new PagedBytes();
  expect([bytes.add(0), bytes.add(3), bytes.add(20_000), bytes.add(1)]).toEqual([0, 0, 3, 20_003]);
  expectWhole([0, 3, 20_000, 1, 100_000, 7]);
});

test('PagedBytes begins a page where a stretch does not fit into the last one', () => {
  const bytes = new PagedBytes();
  expect([bytes.add(PAGE - 10), bytes.add(11), bytes.add(4)]).toEqual([0, PAGE, PAGE + 11]);
  expectWhole([PAGE - 10, 10, 11, PAGE - 11, 5, PAGE, 1, PAGE - 1, PAGE - 2, 3]);
});

test('PagedBytes gives a stretch that is longer than a page one of its own', () => {
  const bytes = new PagedBytes();
  expect([bytes.add(5), bytes.add(2 * PAGE + 1), bytes.add(4)]).toEqual([0, PAGE, 4 * PAGE]);
  expectWhole([5, 2 * PAGE + 1, 4, 2 * PAGE, 6, 0, 3 * PAGE, 1]);
});

test('PagedBytes makes no room for what it made room for', () => {
  for (const before of [[], [20_000], [PAGE - 10], [PAGE], [PAGE, 0], [PAGE + 1]]) {
    const bytes = new PagedBytes();
    for (const length of before) bytes.add(length);
    bytes.reserve(5000);
    const places = withScarceMemory(0, () => [bytes.add(3), bytes.add(7), bytes.add(4990)]);
    expect(places[1] - places[0], `after ${before.join()}`).toBe(3);
    expect(bytes.pageOf(places[2]).length).toBeGreaterThanOrEqual(atOf(places[2]) + 4990);
  }
});

test('PagedBytes lengthens a page that nothing was put in for a stretch that is longer than one', () => {
  expectWhole([PAGE, 0, PAGE + 1, 3]);
});
