import { expect, test } from 'vitest';
import { expectedCount, longerTable } from '../../src/base/growable.ts';

test('expectedCount goes by the part that was read, with a margin, and never further than sixteen times the room', () => {
  expect(expectedCount(1000, 0.5, 1000)).toBe(2080);
  expect(expectedCount(1000, 1, 1000)).toBe(1040);
  expect(expectedCount(1000, 0.001, 1000)).toBe(16_000);
  expect(expectedCount(1000, 0, 1000)).toBe(0);
});

test('longerTable doubles what is short, or of which nobody knows what will come', () => {
  expect(longerTable(2048, 1366, 0.01).length).toBe(4096);
  expect(longerTable(1 << 20, 700_000, 0).length).toBe(1 << 21);
  expect(longerTable(1 << 20, 700_000, 1).length).toBe(1 << 21);
});

test('longerTable has slots for all that is expected, of which two thirds may be taken', () => {
  const [length, count] = [1 << 14, 10_923];
  // 10,923 with a tenth: 113,600 with a margin, and 170,400 slots.
  expect(longerTable(length, count, 0.1).length).toBe(1 << 18);
  expect(longerTable(length, count, 1e-6).length).toBe(1 << 18);
});
