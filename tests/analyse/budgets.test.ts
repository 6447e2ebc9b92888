import { describe, expect, test } from 'vitest';
import { verdict } from '../../src/analyse/budgets.ts';
import { inspectReport } from '../../src/analyse/inspectReport.ts';
import { analysed, onlyPath } from '../helpers/analysed.ts';

describe('verdict', () => {
  test('verdict is over above the budget, near above nine tenths of it, else within', () => {
    expect([16.01, 16, 14.41, 14.4, 1].map((ms) => verdict(ms, 16, true))).toEqual([
      'over',
      'near',
      'near',
      'within',
      'within',
    ]);
  });

  test('verdict does not judge what is not resolved', () => {
    expect(verdict(100, 16, false)).toBe('insufficient');
  });
});

/** Twenty requests of 20 … 39 ms, ten of them in postgres. */
const twenty = Array.from(
  { length: 20 },
  (_, i) => `a GET 0..${20 + i} server\n  a SELECT 5..15 client [db.system=postgresql]`,
).join('\n\n');
const config = {
  paths: {
    GET: {
      ceiling: { p50: 29, p99: 1000 },
      hops: {
        postgres: { budget: { p50: 8, p95: 10.5, p99: 5 } },
        a: { budget: { p50: 100 } },
        gone: { budget: { p50: 1 } },
      },
    },
  },
};

describe('budgets', () => {
  test('budgets are held against own time, the ceiling against the total, at their percentile alone', () => {
    const path = onlyPath(twenty, config);
    const postgres = path.hops.findIndex(({ id }) => id === 'postgres');
    expect([path.at.p50, path.at.p95, path.at.p99].map((view) => view.verdict)).toEqual([
      'over',
      undefined,
      'insufficient',
    ]);
    expect([path.at.p50, path.at.p95, path.at.p99].map((view) => view.hops[postgres].verdict)).toEqual([
      'over',
      'near',
      'insufficient',
    ]);
    expect(analysed(twenty, config).view(0, 0.51).verdict).toBeUndefined();
  });

  test('budgets make one row a bound', () => {
    const rows = analysed(twenty, config).bounds(0);
    expect(rows.map(({ what, percentile, verdict: judged }) => [what, percentile, judged])).toEqual([
      ['total', 'p50', 'over'],
      ['total', 'p99', 'insufficient'],
      ['a', 'p50', 'within'],
      ['postgres', 'p50', 'over'],
      ['postgres', 'p95', 'near'],
      ['postgres', 'p99', 'insufficient'],
    ]);
    expect(rows[3]).toMatchObject({
      path: 'GET',
      budgetMs: 8,
      source: ['paths', 'GET', 'hops', 'postgres', 'budget', 'p50'],
      effectiveTraces: 20,
      interval: { lowMs: 10, highMs: 10 },
    });
    expect(rows[3].measuredMs).toBeCloseTo(10, 9);
  });

  test('budgets count the traces behind each measurement, not those of the path', () => {
    const rare = `${twenty}\n\na GET 0..9 server\n  a GET 1..2 client [db.system=redis]`;
    const rows = analysed(rare, { paths: { '*': { hops: { '*': { budget: { p50: 5 } } } } } }).bounds(0);
    expect(rows.map(({ what, effectiveTraces, verdict: judged }) => [what, effectiveTraces, judged])).toEqual([
      ['a', 21, 'over'],
      ['redis', 1, 'insufficient'],
      ['postgres', 20, 'over'],
    ]);
  });

  test('budgets bound the own time of a boundary that was measured, and cannot tell of one that was not', () => {
    const call = Array.from(
      { length: 4 },
      () =>
        'a GET 0..20 server\n  a call 2..18 client\n    b GET 5..15 server\n      b SELECT 6..9 client [db.system=redis]',
    ).join('\n\n');
    const boundaries = { 'a -> b': { budget: { p50: 5 } }, '* → redis': { budget: { p50: 1 } } };
    const analysis = analysed(call, { paths: { GET: { boundaries } } });
    expect(analysis.bounds(0)).toMatchObject([
      {
        what: 'a → b',
        measuredMs: expect.closeTo(6, 9),
        verdict: 'over',
        source: ['paths', 'GET', 'boundaries', 'a -> b', 'budget', 'p50'],
      },
      { what: 'b → redis', measuredMs: null, effectiveTraces: 0, verdict: 'insufficient' },
    ]);
    const [path] = inspectReport(analysis).paths;
    expect(path.boundaries.find(({ to }) => to === 'b')).toMatchObject({
      budget_ms: { p50: 5 },
      verdict: { p50: 'over' },
    });
  });

  test('budgets are near and over where the tolerances say', () => {
    const judged = (tolerances: { near?: number; over?: number }) =>
      analysed(twenty, { paths: { GET: { hops: { postgres: { budget: { p50: 9.9 } } } } }, tolerances }).bounds(0)[0]
        .verdict;
    expect([judged({}), judged({ over: 1.02 }), judged({ near: 1.02, over: 1.05 })]).toEqual([
      'over',
      'near',
      'within',
    ]);
  });

  test('budgets are in the report where they are, and nowhere else', () => {
    const [path] = inspectReport(analysed(twenty, config)).paths;
    expect(path.hops.find(({ id }) => id === 'postgres')).toMatchObject({
      budget_ms: { p50: 8, p95: 10.5, p99: 5 },
      verdict: { p50: 'over', p95: 'near', p99: 'insufficient' },
    });
    const [plain] = inspectReport(analysed(twenty)).paths;
    expect(plain.hops.every((hop) => !('budget_ms' in hop) && !('verdict' in hop))).toBe(true);
  });
});
