import { describe, expect, test } from 'vitest';
import { analysed, hopTimes, lineTimes, onlyPath } from '../helpers/analysed.ts';
import { traceText } from '../helpers/traceText.ts';
import { correctSkew } from '../../src/analyse/skew.ts';

const starts = (text: string): number[] => Array.from(correctSkew(traceText(text)).start, (start) => start / 1e6);
/** Relative to the root's start. */
const startsAfterRoot = (text: string): number[] => starts(text).map((start, _, [root]) => start - root);

describe('correctSkew', () => {
  test('correctSkew centres a server that lies outside its client, with its whole subtree', () => {
    const text = `
      a call 10..50 client
        b serve 40..60 server
          b query 45..50 internal
    `;
    expect(startsAfterRoot(text)).toEqual([0, 10, 15]);
    expect(analysed(text).summary.problems.skewed).toBe(1);
  });

  test('correctSkew rounds half a nanosecond down', () => {
    const times = correctSkew(
      traceText(`
        a call 0..0.000010 client
          b serve 1..1.000003 server
      `),
    );
    expect(times.start[1] - times.start[0]).toBe(3);
  });

  // A double that holds fifty years of nanoseconds is a multiple of 256: a sum of two would be off by up to as many.
  test('correctSkew puts a server without a time, and what is below it, into its client to the nanosecond', () => {
    const times = correctSkew(
      traceText(`
        a call 0.000001..0.000101 client
          b serve -1700000000000..-1700000000000 server
            b query -1700000000000..-1700000000000 internal
      `),
    );
    expect(Array.from(times.start, (start) => start - times.start[0])).toEqual([0, 50, 50]);
    expect(times.end).toEqual(new Float64Array([100, 50, 50]));
  });

  test('correctSkew moves the end of a span that has no start to the nanosecond', () => {
    const times = correctSkew(
      traceText(`
        a call 10.000001..50.000011 client
          b serve 0.000003..0.000003 server
            c work -1700000000000..0.000003 internal
      `),
    );
    expect(Array.from(times.end, (end) => end - times.start[0])).toEqual([40_000_010, 20_000_005, 20_000_005]);
  });

  test('correctSkew leaves a server inside its client, one longer than it, and other kinds where they are', () => {
    expect(startsAfterRoot('a call 10..50 client\n  b serve 10..50 server')).toEqual([0, 0]);
    expect(startsAfterRoot('a call 10..50 client\n  b serve 40..90 server')).toEqual([0, 30]);
    expect(startsAfterRoot('a call 10..50 client\n  b serve 40..60 internal')).toEqual([0, 30]);
    expect(startsAfterRoot('a call 10..50 producer\n  b serve 40..60 consumer')).toEqual([0, 30]);
    expect(startsAfterRoot('a call 10..50 internal\n  b serve 40..60 server')).toEqual([0, 30]);
  });

  test('correctSkew goes from parents to children: a client that was moved is what its server is held against', () => {
    const text = `
      a call 0..100 client
        b serve 1000..1080 server
          b call 1010..1050 client
            c serve 30..50 server
    `;
    expect(startsAfterRoot(text)).toEqual([0, 10, 20, 30]);
    expect(analysed(text).summary.problems.skewed).toBe(2);
    expect(hopTimes(onlyPath(text))).toEqual({ a: [0, 0], b: [40, 40], c: [20, 20] });
    expect(lineTimes(onlyPath(text))).toEqual({ 'a → b': [20, 20], 'b → c': [20, 20] });
  });

  test('correctSkew does not move an adopted orphan', () => {
    const text = `
      a call 0..50 client
      b serve 40..60 server parent=99
    `;
    expect(startsAfterRoot(text)).toEqual([0, 40]);
  });

  test('correctSkew writes no facts', () => {
    const table = traceText('a call 10..50 client\n  b serve 40..60 server');
    const before = table.start.slice();
    expect(correctSkew(table).start).not.toEqual(before);
    expect(table.start).toEqual(before);
  });
});
