import { describe, expect, test } from 'vitest';
import { analysed, onlyPath } from '../helpers/analysed.ts';

describe('exemplar', () => {
  test('an exemplar is the trace whose path times differ least from the shares, not the nearest total', () => {
    const usual = 'a GET 0..47 server\n  b serve 10..28 server';
    const odd = 'a GET 0..47 server\n  b serve 1..46 server';
    const text = [odd, usual, usual, usual, usual].join('\n\n');
    expect(onlyPath(text).at.p50.exemplar).toMatchObject({ trace: 1, traceId: `${'0'.repeat(31)}2`, totalMs: 47 });
  });

  test('an exemplar comes from the 64 nearest totals', () => {
    // The median is 1,000 for all but one; a trace of 1,500 has exactly the shares, but 70 are nearer.
    const near = (i: number): string => `a GET 0..1000 server\n  b serve 0..${i % 2 === 0 ? 400 : 600} server`;
    const far = 'a GET 0..1500 server\n  b serve 0..500 server';
    const text = [...Array.from({ length: 70 }, (_, i) => near(i)), far].join('\n\n');
    expect(onlyPath(text).at.p50.exemplar?.totalMs).toBe(1000);
  });

  test('an exemplar of equals is the one with the lowest trace id', () => {
    const text = Array.from({ length: 200 }, () => 'a GET 0..10 server').join('\n\n');
    expect(onlyPath(text).at.p50.exemplar?.trace).toBe(0);
  });

  test('an exemplar shows where its time went, stretches of one account merged', () => {
    const path = onlyPath(`
      a GET 0..100 server
        a step 10..20 internal
        a call 30..60 client
          b serve 35..50 server
        a SELECT 60..80 client [db.system=mysql]
    `);
    const { segments } = path.at.p50.exemplar ?? { segments: [] };
    const named = segments.map(({ hop, boundary, startMs, endMs }) => [
      hop === null ? `→ ${path.boundaries[boundary ?? -1].to}` : path.hops[hop].id,
      startMs,
      endMs,
    ]);
    expect(named).toEqual([
      ['a', 0, 30],
      ['→ b', 30, 35],
      ['b', 35, 50],
      ['→ b', 50, 60],
      ['mysql', 60, 80],
      ['a', 80, 100],
    ]);
  });

  test('an exemplar follows the percentile', () => {
    const text = Array.from({ length: 100 }, (_, i) => `a GET 0..${i + 1} server`).join('\n\n');
    const analysis = analysed(text);
    const totals = [0.1, 0.5, 0.9].map((p) => analysis.view(0, p).exemplar?.totalMs ?? 0);
    expect(totals[0]).toBeLessThan(15);
    expect(Math.abs(totals[1] - 50)).toBeLessThan(2);
    expect(totals[2]).toBeGreaterThan(85);
  });
});
