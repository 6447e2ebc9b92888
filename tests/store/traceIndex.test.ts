import { expect, test } from 'vitest';
import { TraceIndex } from '../../src/store/traceIndex.ts';

const COUNT = 200_000;

/** Ids as generators make them: a number somewhere in the four words, or twice. */
const PATTERNS: Readonly<Record<string, (n: number) => readonly [number, number, number, number]>> = {
  'the last word': (n) => [0, 0, 0, n],
  'the first word': (n) => [n, 0, 0, 0],
  'the first word and the last': (n) => [n, 0, 0, n],
  'the words in the middle': (n) => [0, n, n, 0],
  'two halves that are equal': (n) => [7, n, 7, n],
  'four words that are equal': (n) => [n, n, n, n],
  'the top bits': (n) => [0, 0, 0, (n << 14) >>> 0],
};

test.each(Object.entries(PATTERNS))(
  'TraceIndex numbers as many traces as there are, and quickly, where ids differ in %s alone',
  (_, idOf) => {
    const index = new TraceIndex();
    for (let n = 1; n <= COUNT; n++) index.indexOf(...idOf(n));
    expect(index.count).toBe(COUNT);
    expect(index.indexOf(...idOf(5))).toBe(4);
  },
);
