import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analyse/analyse.ts';
import { inspectReport } from '../../src/analyse/inspectReport.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { isBlocking, PathTime } from '../../src/analyse/pathTime.ts';
import { correctSkew, type SpanTimes } from '../../src/analyse/skew.ts';
import { assignAccounts, isHopAccount, type Accounts } from '../../src/analyse/accounts.ts';
import { EntryMark } from '../../src/analyse/entryMark.ts';
import { ownTime, walkTraces } from '../../src/analyse/traceEntries.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { spanTable, type SpanText } from '../helpers/traceText.ts';

const SEED = 20_231_114;
const SERVICES = ['a', 'b', 'c', 'mysql · main'];
const STATES = ['', 'ot=th:0', 'ot=th:8', 'ot=th:c', 'ot=th:fff'];

/** A span before ids: `up` picks its parent among the spans before it (or none, or one that is not there). */
const span = fc.record({
  up: fc.integer({ min: -2, max: 12 }),
  service: fc.integer({ min: 0, max: SERVICES.length - 1 }),
  name: fc.constantFrom('GET /x', 'SELECT', 'work'),
  start: fc.integer({ min: 0, max: 40 }),
  length: fc.integer({ min: 0, max: 40 }),
  kind: fc.integer({ min: 0, max: 5 }),
  isError: fc.boolean(),
  state: fc.constantFrom(...STATES),
  isCall: fc.boolean(),
});

/** Traces with overlaps, gaps, ties, orphans, empty spans and children outside their parents. */
const traces = fc.array(fc.array(span, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 8 }).map((drawn) =>
  drawn.flatMap((spans, trace) =>
    spans.map(({ up, service, start, length, isCall, ...rest }, i): SpanText => ({
      ...rest,
      trace: trace + 1,
      id: trace * 100 + i + 1,
      parent: i === 0 || up === -1 ? 0 : up === -2 ? 9999 : trace * 100 + (up % i) + 1,
      service: SERVICES[service],
      start: start * 1000,
      end: (start + length) * 1000,
      attributes: isCall ? { 'db.system': 'mysql', 'db.name': 'main' } : {},
    })),
  ),
);

function check(property: (spans: SpanText[]) => void): void {
  fc.assert(fc.property(traces, property), { seed: SEED, numRuns: 150 });
}

/** Skew moves spans by halves of the thousands that all times are. */
const TICK = 500;

/** By account, tick by tick: whether a visited span of it runs inside its window while no blocking child of it does. */
function ownTimesByClock(table: SpanTable, times: SpanTimes, accounts: Accounts, trace: number) {
  const ticks = new Map<number, Set<number>>();
  const visited = new Set<number>();
  const visit = (row: number, lo: number, hi: number): void => {
    visited.add(row);
    const left = new Set<number>();
    for (let tick = lo; tick < hi; tick += TICK) left.add(tick);
    for (let child = row + 1; child < table.subtreeEnd[row]; child++) {
      if (table.parent[child] !== row || !isBlocking(table, times, row, child)) continue;
      const from = Math.max(times.start[child], lo);
      const to = Math.min(times.end[child], hi);
      if (from > to) continue;
      for (let tick = from; tick < to; tick += TICK) left.delete(tick);
      visit(child, from, to);
    }
    const account = accounts.works.account[accounts.work[row]];
    ticks.set(account, new Set([...(ticks.get(account) ?? []), ...left]));
  };
  const root = table.traceRows[trace];
  visit(root, times.start[root], times.end[root]);
  return { visited, times: new Map([...ticks].map(([account, { size }]) => [account, size * TICK])) };
}

describe('over random traces', () => {
  test('path times of a trace add up to the root, to the nanosecond, and path ≤ own ≤ total', () => {
    check((spans) => {
      const table = spanTable(spans);
      const times = correctSkew(table);
      const accounts = assignAccounts(table, times);
      const { entries, windows } = walkTraces(table, times, accounts);
      for (let trace = 0; trace < table.traceCount; trace++) {
        const root = table.traceRows[trace];
        const total = times.end[root] - times.start[root];
        let sum = 0;
        for (let entry = entries.first[trace]; entry < entries.first[trace + 1]; entry++) {
          sum += entries.path[entry];
          const own = ownTime(entries, trace, entry);
          expect(entries.path[entry]).toBeLessThanOrEqual(own);
          expect(own).toBeLessThanOrEqual(total);
          if ((entries.marks[entry] & EntryMark.reached) === 0) expect(own).toBe(0);
          if (isHopAccount(accounts, entries.account[entry])) expect(entries.firstRow[entry]).toBeGreaterThan(0);
        }
        expect(sum).toBe(total);
        let bySpan = 0;
        windows.take(trace);
        for (let row = root; row < table.subtreeEnd[root]; row++) bySpan += windows.pathTime[row - root];
        expect(bySpan).toBe(total);
      }
    });
  });

  test('path and own times are those of a clock that ticks through every trace, span by span', () => {
    check((spans) => {
      const table = spanTable(spans);
      const times = correctSkew(table);
      const accounts = assignAccounts(table, times);
      const { entries, windows } = walkTraces(table, times, accounts);
      for (let trace = 0; trace < table.traceCount; trace++) {
        const root = table.traceRows[trace];
        const reference = new Float64Array(table.spanCount);
        new PathTime(table, times).walk(trace, reference);
        const spans = table.subtreeEnd[root] - root;
        windows.take(trace);
        expect(windows.pathTime.slice(0, spans)).toEqual(reference.slice(0, spans));
        const own = ownTimesByClock(table, times, accounts, trace);
        for (let row = root; row < table.subtreeEnd[root]; row++)
          expect(windows.visited[row - root]).toBe(own.visited.has(row) ? 1 : 0);
        for (let entry = entries.first[trace]; entry < entries.first[trace + 1]; entry++) {
          expect(ownTime(entries, trace, entry)).toBe(own.times.get(entries.account[entry]) ?? 0);
        }
      }
    });
  });

  test('shares add up to the total at any percentile, to 1e-9', () => {
    check((spans) => {
      const analysis = analyse(spanTable(spans), NO_CONFIG);
      analysis.paths.forEach((_, path) => {
        for (const p of [0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999]) {
          const { totalMs, hops, boundaries } = analysis.view(path, p);
          const sum = [...hops, ...boundaries].reduce((all, { shareMs }) => all + shareMs, 0);
          expect(Math.abs(sum - totalMs)).toBeLessThanOrEqual(1e-9 * Math.max(1, totalMs));
        }
      });
    });
  });

  test('an exemplar covers its total without a gap', () => {
    check((spans) => {
      for (const { at } of analyse(spanTable(spans), NO_CONFIG).paths) {
        const { segments, totalMs } = at.p50.exemplar ?? { segments: [], totalMs: 0 };
        let reached = 0;
        for (const { hop, boundary, startMs, endMs } of segments) {
          expect(startMs).toBe(reached);
          expect(endMs).toBeGreaterThan(startMs);
          expect((hop === null) !== (boundary === null)).toBe(true);
          reached = endMs;
        }
        expect(reached).toBe(totalMs);
      }
    });
  });

  test('any order of the spans gives the same numbers', () => {
    fc.assert(
      fc.property(
        traces.chain((spans) => fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length }))),
        ([spans, shuffled]) => {
          const report = (each: SpanText[]) => JSON.stringify(inspectReport(analyse(spanTable(each), NO_CONFIG)));
          expect(report(shuffled)).toBe(report(spans));
        },
      ),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('a finding fits its place and names a hop that there is', () => {
    check((spans) => {
      for (const path of analyse(spanTable(spans), NO_CONFIG).paths) {
        for (const { finding } of [path.at.p50, path.at.p99]) {
          expect(finding.headline.length).toBeGreaterThan(0);
          for (const line of [...finding.headline, ...finding.details]) {
            expect(line.length).toBeLessThanOrEqual(52);
            expect(line).not.toMatch(/NaN|undefined|Infinity|—/);
          }
          if (finding.hop !== null) expect(path.hops[finding.hop].isAsync).toBe(false);
        }
      }
    });
  });
});

describe('size', () => {
  const chain = (count: number): SpanText[] =>
    Array.from({ length: count }, (_, i) => spanOf(i, i, i, 4 * count - i, SERVICES[i % 3]));

  test('a trace 100,000 deep needs no stack', () => {
    const [path] = analyse(spanTable(chain(100_000)), NO_CONFIG).paths;
    expect(path.at.p50.totalMs).toBeCloseTo(0.4, 9);
    expect(path.hops.map(({ visits }) => visits)).toEqual([33_334, 33_333, 33_333]);
  });

  test('a span with 100,000 overlapping children is sorted once, not child by child', () => {
    const children = Array.from({ length: 100_000 }, (_, i) =>
      spanOf(i + 1, 1, (i * 7919) % 100_003, 200_000 + ((i * 104_729) % 99_991), i % 2 === 0 ? 'b' : 'c'),
    );
    const [path] = analyse(spanTable([spanOf(0, 0, 0, 400_000, 'a'), ...children]), NO_CONFIG).paths;
    const sum = path.at.p50.hops.reduce((all, { shareMs }) => all + shareMs, 0);
    expect(sum).toBeCloseTo(0.4, 9);
  });

  function spanOf(i: number, parent: number, start: number, end: number, service: string): SpanText {
    return {
      trace: 1,
      id: i + 1,
      parent,
      service,
      name: 'x',
      start,
      end,
      kind: 2,
      isError: false,
      state: '',
      attributes: {},
    };
  }
});
