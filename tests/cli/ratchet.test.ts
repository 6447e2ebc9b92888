import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratchet } from '../../src/cli/ratchet.ts';
import { parseConfig } from '../../src/config/configFile.ts';
import { writeDuration } from '../../src/config/duration.ts';
import { analysed } from '../helpers/analysed.ts';

/** Twenty requests of 20 … 39 ms on each of two paths, ten of them in postgres: their medians are 25 … 34 ms. */
const TRACES = Array.from({ length: 40 }, (_, i) => {
  const path = i % 2 === 0 ? 'GET /a' : 'GET /b';
  return `shop ${path} 0..${20 + (i >> 1) + (i % 2) * 30} server\n  shop SELECT 5..15 client [db.system=postgresql]`;
}).join('\n\n');

function tightened(text: string, headroom = 0.2) {
  const analysis = analysed(TRACES, parseConfig(text, 'hopline.yaml'));
  return ratchet(
    text,
    analysis.paths.flatMap((_, index) => analysis.bounds(index)),
    headroom,
  );
}

describe('ratchet', () => {
  test('ratchet changes durations alone: comments, order, quotes, line ends and spaces stay', () => {
    const text = [
      '\uFEFF# Ours.\r',
      'paths:   # by path\r',
      '  "GET /a":\r',
      '    ceiling: {p50:   "90ms",p99: 1s}   # the whole\r',
      '    hops: {postgres: {note: x, budget: {p50: 2s}}}\r',
      '',
    ].join('\n');
    const result = tightened(text);
    expect(result.text).toBe(text.replace('"90ms"', '45ms').replace('2s}}}', '12ms}}}'));
    expect(result.tightened.map(({ before, after }) => [before, after])).toEqual([
      ['90ms', '45ms'],
      ['2s', '12ms'],
    ]);
  });

  test('ratchet never loosens: what is tighter than the proposal stays', () => {
    const text = 'paths: { GET /a: { ceiling: { p50: 44ms }, hops: { postgres: { budget: { p50: 1ms } } } } }';
    expect(tightened(text)).toEqual({ text, tightened: [], bounds: 2 });
  });

  test('ratchet leaves what too few traces tell', () => {
    const text = 'paths: { GET /a: { ceiling: { p99: 10s } } }';
    expect(tightened(text).text).toBe(text);
  });

  test('ratchet takes the highest of the proposals where a bound holds for several paths', () => {
    // GET /b: 55 … 64 ms.
    expect(tightened('paths: { GET *: { ceiling: { p50: 10s } } }', 0).text).toContain('p50: 70ms');
    expect(
      tightened('paths: { GET *: { ceiling: { p50: 10s } }, GET /b: { ceiling: { p50: 1ms } } }', 0).text,
    ).toContain('GET *: { ceiling: { p50: 35ms } }');
  });

  test('ratchet leaves what an alias shares, and says so', () => {
    const text = 'paths: { GET /a: { ceiling: &c { p50: 10s } }, GET /b: { ceiling: *c } }';
    const result = tightened(text);
    expect(result.text).toBe(text);
    expect(result.tightened.map(({ isAliased }) => isAliased)).toEqual([true, true]);
  });

  test('ratchet gives a config that reads, is nowhere looser, and does not change a second time', () => {
    const duration = fc
      .double({ min: 0.01, max: 1e5, noNaN: true })
      .map((ms) => writeDuration(Number(ms.toPrecision(3))));
    fc.assert(
      fc.property(duration, duration, duration, (ceiling, hop, any) => {
        const text = `paths:\n  GET /a:\n    ceiling: { p50: ${ceiling}, p95: ${any} }\n    hops: { postgres: { budget: { p50: ${hop} } } }\nhops: { '*': { budget: { p50: ${any} } } }\n`;
        const first = tightened(text).text;
        const before = parseConfig(text, 'x');
        const after = parseConfig(first, 'x');
        const of = ({ paths, hops }: typeof before) => [
          paths['GET /a'].ceiling?.p50 ?? 0,
          paths['GET /a'].ceiling?.p95 ?? 0,
          paths['GET /a'].hops?.['postgres']?.budget?.p50 ?? 0,
          hops?.['*']?.budget?.p50 ?? 0,
        ];
        of(after).forEach((ms, i) => expect(ms).toBeLessThanOrEqual(of(before)[i]));
        expect(tightened(first).text).toBe(first);
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});
