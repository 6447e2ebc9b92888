import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DataNotes } from '../../src/analyse/model.ts';
import { analysed, onlyPath } from '../helpers/analysed.ts';

const CLEAN = `
  a GET 0..100 server
    a call 10..60 client
      b serve 20..50 server
`;
const NOTHING: DataNotes = {
  repairedTraces: 0,
  adopted: 0,
  outside: 0,
  cut: 0,
  backwards: 0,
  shifted: 0,
  summaries: 0,
  summarised: 0,
  isPartial: false,
};
const issuesOf = (text: string) =>
  analysed(text).issues.map(({ code, count, firstAt }) => [code, count, firstAt?.trace?.slice(-2)]);

describe('RequestPath.notes', () => {
  test('is absent where nothing was repaired', () => {
    expect(onlyPath(CLEAN + CLEAN)).not.toHaveProperty('notes');
    expect(issuesOf(CLEAN)).toEqual([]);
  });

  test('counts what was repaired, over the traces of the path', () => {
    const text = `
      a GET 0..100 server
        a call 10..60 client
          b serve 55..80 server
            b query 60..70 internal
        a wait 70..65 internal

      a GET 0..100 server
        b left 20..40 internal parent=99
        b late 150..160 internal parent=99

      a GET 0..100 server
        a first 10..50 internal id=71 parent=72
        a second 10..40 internal id=72 parent=71

      a GET 0..100 server
        a SELECT 10..90 client [aggregation.is_summary=true, aggregation.span_count=7, aggregation.duration_total_ns=30]
    `;
    const { notes, traces } = onlyPath(text);
    expect(traces).toBe(4);
    expect(notes).toEqual({
      ...NOTHING,
      repairedTraces: 3,
      shifted: 1,
      backwards: 1,
      adopted: 1,
      outside: 1,
      cut: 1,
      summaries: 1,
      summarised: 7,
    });
    expect(issuesOf(text)).toEqual([
      ['skew', 1, '01'],
      ['outside-root', 1, '02'],
      ['summary-spans', 1, '04'],
    ]);
  });

  test('counts spans without a start time, which stand at the beginning of 1970', () => {
    const { notes } = onlyPath(`
      a GET 0..100 server
        a lost -1700000000000..40 internal
        a also -1700000000000..30 internal

      a GET 0..100 server
        a left -1700000000000..40 internal parent=99
        a late 20..30 internal

      a GET 0..100 server
    `);
    expect(notes).toEqual({ ...NOTHING, repairedTraces: 2, timeless: 3, adopted: 1 });
    const { notes: ofAll } = onlyPath('a GET -1700000000000..-1699999999990 server');
    expect(ofAll).toEqual({ ...NOTHING, repairedTraces: 1, timeless: 1 });
    expect(onlyPath('a GET -1699999999999..-1699999999990 server')).not.toHaveProperty('notes');
  });

  test('counts a subtree that two clocks have moved once for each', () => {
    const { notes } = onlyPath(`
        a GET 0..100 server
          a call 10..60 client
            b serve 55..80 server
              b call 60..70 client
                c serve 90..95 server
    `);
    expect(notes).toEqual({ ...NOTHING, repairedTraces: 1, shifted: 2 });
  });

  test('tells each path of its own traces alone', () => {
    const { paths } = analysed(`${CLEAN}
      a POST 0..100 server
        b left 20..40 internal parent=99
    `);
    expect(paths.map(({ name, notes }) => [name, notes?.adopted])).toEqual([
      ['GET', undefined],
      ['POST', 1],
    ]);
  });

  test('counts over all paths what the dataset has', () => {
    const span = fc.record({
      start: fc.integer({ min: 10, max: 99 }),
      length: fc.integer({ min: -9, max: 60 }),
      parent: fc.nat(6),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(span, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        (traces) => {
          const text = traces
            .map((spans) =>
              [
                'a GET 0..100 server id=1',
                ...spans.map(({ start, length, parent }, i) => {
                  const kind = ['client', 'server', 'internal'][(start + i) % 3];
                  return `  s${parent} work ${start}..${start + length + 5} ${kind} id=${i + 2} parent=${parent}`;
                }),
              ].join('\n'),
            )
            .join('\n\n');
          const { paths, summary } = analysed(text);
          const sum = (of: (notes: DataNotes) => number): number =>
            paths.reduce((total, { notes }) => total + (notes === undefined ? 0 : of(notes)), 0);
          expect(sum(({ shifted }) => shifted)).toBe(summary.problems.skewed);
          expect(sum(({ cut }) => cut)).toBeLessThanOrEqual(summary.problems.cycles);
          expect(sum(({ adopted, cut }) => adopted + cut)).toBeLessThanOrEqual(summary.problems.orphans);
          expect(sum(({ backwards }) => backwards)).toBeLessThanOrEqual(summary.problems.negativeDurations);
          for (const { notes, traces: all } of paths) expect(notes?.repairedTraces ?? 0).toBeLessThanOrEqual(all);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
