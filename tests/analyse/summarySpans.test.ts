import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectReport } from '../../src/analyse/inspectReport.ts';
import { analyse } from '../../src/analyse/analyse.ts';
import { correctSkew } from '../../src/analyse/skew.ts';
import { findSummarySpans } from '../../src/analyse/summarySpans.ts';
import { summaryTimes } from '../../src/analyse/summaryTimes.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { analysed, hopTimes, hopVisits, lineTimes, onlyPath } from '../helpers/analysed.ts';
import { parseTraceText, spanTable, traceText } from '../helpers/traceText.ts';

const SUMMARY = 'aggregation.is_summary=true, aggregation.span_count=3, aggregation.duration_total_ns=30000000';

describe('a summary span', () => {
  const recorded = `
    shop GET /cart 0..100 server
      shop SELECT 10..20 client [db.system=postgresql]
      shop SELECT 30..40 client [db.system=postgresql]
      shop POST /price 40..55 client [server.address=prices]
      shop SELECT 70..80 client [db.system=postgresql]`;
  const kept = `
    shop GET /cart 0..100 server
      shop SELECT 10..80 client [db.system=postgresql, ${SUMMARY}]
      shop POST /price 40..55 client [server.address=prices]`;

  test('counts as the spans that it stands for: visits, shares and own times are those of the whole trace', () => {
    const [whole, pruned] = [onlyPath(recorded), onlyPath(kept)];
    expect(hopVisits(pruned)).toEqual({ shop: 1, postgres: 3, prices: 1 });
    expect(hopVisits(pruned)).toEqual(hopVisits(whole));
    expect(hopTimes(pruned)).toEqual({ shop: [55, 55], postgres: [30, 30], prices: [15, 15] });
    expect(hopTimes(pruned)).toEqual(hopTimes(whole));
    expect(pruned.hops.map(({ operations }) => operations)).toEqual(whole.hops.map(({ operations }) => operations));
  });

  test('is told of, with how many spans it stands for, where it is and in the report', () => {
    const analysis = analysed(kept);
    expect(analysis.issues).toEqual([expect.objectContaining({ code: 'summary-spans', severity: 'info', count: 1 })]);
    expect(analysis.issues[0].message).toContain('count as the 3 spans');
    expect(analysis.paths[0].hops.map(({ id, summarised }) => [id, summarised])).toEqual([
      ['shop', undefined],
      ['postgres', 3],
      ['prices', undefined],
    ]);
    const [path] = inspectReport(analysis).paths;
    expect(path.hops.filter((hop) => 'summarised' in hop).map(({ id }) => id)).toEqual(['postgres']);
  });

  test('is shown as it was recorded in the waterfall of its trace', () => {
    const [, select] = analysed(kept).traceDetail(0).spans;
    expect([select.startMs, select.durationMs, select.pathMs]).toEqual([10, 70, 30]);
  });

  test('fills its window where its calls overlap', () => {
    const path = onlyPath(`
      shop GET /cart 0..100 server
        shop SELECT 10..40 client [db.system=postgresql, ${SUMMARY.replace('30000000', '75000000')}]`);
    expect(hopTimes(path)).toEqual({ shop: [70, 70], postgres: [30, 30] });
    expect(hopVisits(path)).toEqual({ shop: 1, postgres: 3 });
  });

  test('lies behind other summaries and calls of its window, where there is room', () => {
    const path = onlyPath(`
      shop GET /cart 0..100 server
        shop SELECT 10..90 client [db.system=postgresql, ${SUMMARY}]
        shop GET 12..95 client [db.system=redis, ${SUMMARY.replace('30000000', '20000000')}]
        shop POST /price 20..30 client [server.address=prices]`);
    // prices 20…30, postgres in the first gap that is long enough 30…60, redis 60…80.
    expect(hopTimes(path)).toEqual({ shop: [40, 40], postgres: [30, 30], redis: [20, 20], prices: [10, 10] });
  });

  test('takes what is below it along, and shortens what would stick out', () => {
    const path = onlyPath(`
      shop GET /cart 0..100 server
        shop POST /price 10..90 client [${SUMMARY}]
          prices POST /price 12..88 server [${SUMMARY.replace('30000000', '24000000')}]
            prices SELECT 14..70 client [db.system=postgresql]`);
    expect(lineTimes(path)).toMatchObject({ 'shop → prices': [6, 6] });
    expect(hopTimes(path)).toEqual({ shop: [70, 70], prices: [0, 0], postgres: [24, 24] });
    expect(hopVisits(path)).toEqual({ shop: 1, prices: 3, postgres: 1 });
  });

  test('counts its handled requests as many times', () => {
    const { summary } = analysed(
      `
      shop GET /cart 0..100 server
        shop POST /price 10..90 client [${SUMMARY}]
          prices POST /price 12..88 server [${SUMMARY}]`,
    );
    expect(summary.services.map(({ name, handled }) => [name, handled])).toEqual([
      ['prices', 3],
      ['shop', 1],
    ]);
  });

  test.each([
    ['another prefix', 'batch.is_summary=true, batch.span_count=3, batch.duration_total_ns=30000000'],
    [
      'the average alone',
      'aggregation.is_summary=true, aggregation.span_count=3, aggregation.duration_avg_ns=10000000',
    ],
  ])('is known by %s', (_what, attributes) => {
    const path = onlyPath(`
      shop GET /cart 0..100 server
        shop SELECT 10..80 client [db.system=postgresql, ${attributes}]`);
    expect(hopTimes(path)).toEqual({ shop: [70, 70], postgres: [30, 30] });
    expect(hopVisits(path)).toEqual({ shop: 1, postgres: 3 });
  });

  test('is known by texts too, where its format has nothing else', () => {
    const spans = parseTraceText(kept).map((span) => ({
      ...span,
      attributes: Object.fromEntries(Object.entries(span.attributes).map(([key, value]) => [key, String(value)])),
    }));
    expect(hopVisits(analyse(spanTable(spans), NO_CONFIG).paths[0])).toEqual({ shop: 1, postgres: 3, prices: 1 });
  });

  test.each([
    ['says that it is none', 'aggregation.is_summary=false, aggregation.span_count=3'],
    ['does not say how many it stands for', 'aggregation.is_summary=true'],
    ['stands for less than one', 'aggregation.is_summary=true, aggregation.span_count=0'],
    ['stands for no number', 'aggregation.is_summary=true, aggregation.span_count=many'],
  ])('is a span like any other where it %s', (_what, attributes) => {
    const text = `
      shop GET /cart 0..100 server
        shop SELECT 10..80 client [db.system=postgresql, ${attributes}]`;
    expect(hopTimes(onlyPath(text))).toEqual({ shop: [30, 30], postgres: [70, 70] });
    expect(hopVisits(onlyPath(text))).toEqual({ shop: 1, postgres: 1 });
    expect(analysed(text).issues).toEqual([]);
  });

  test('may claim any number and any time: neither moves it out of its window', () => {
    const path = onlyPath(`
      shop GET /cart 0..100 server
        shop SELECT 10..40 client [db.system=postgresql, aggregation.is_summary=true, aggregation.span_count=99999999999999, aggregation.duration_total_ns=-5]
        shop SELECT 40..60 client [db.system=postgresql, aggregation.is_summary=true, aggregation.span_count=99999999999999, aggregation.duration_total_ns=9999999999999999999]`);
    expect(hopTimes(path)).toEqual({ shop: [50, 50], postgres: [50, 50] });
    expect(hopVisits(path)).toEqual({ shop: 1, postgres: 0xffff_ffff });
  });
});

test('summaryTimes leaves a dataset without summary spans as it is', () => {
  const table = traceText('shop GET /cart 0..100 server');
  const times = correctSkew(table);
  expect(findSummarySpans(table)).toBeNull();
  expect(summaryTimes(table, times, findSummarySpans(table))).toBe(times);
});

test('summaryTimes keeps each summary inside its parent and its window, and as long as its calls', () => {
  const span = fc.record({
    parent: fc.nat(),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.integer({ min: 0, max: 5 }),
    busy: fc.double({ min: 0, max: 1.5, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 30 }), (specs) => {
      const tree: { depth: number; start: number; end: number; text: string }[] = [];
      const children: number[][] = [[]];
      tree.push({ depth: 0, start: 0, end: 1_000_000, text: 'server' });
      specs.forEach(({ parent, from, to, count, busy }) => {
        const up = parent % tree.length;
        const { start, end, depth } = tree[up];
        const [low, high] = [Math.min(from, to), Math.max(from, to)].map(
          (part) => start + Math.floor(part * (end - start)),
        );
        const total = Math.floor(busy * (high - low));
        const mark = `aggregation.is_summary=true, aggregation.span_count=${count}, aggregation.duration_total_ns=${total}`;
        children[up].push(tree.length);
        children.push([]);
        tree.push({ depth: depth + 1, start: low, end: high, text: count > 0 ? `client [${mark}]` : 'client' });
      });
      const lines: string[] = [];
      const write = (at: number): void => {
        const { depth, start, end, text } = tree[at];
        lines.push(`${'  '.repeat(depth)}shop call ${start / 1e6}..${end / 1e6} ${text}`);
        children[at].forEach(write);
      };
      write(0);
      const table = traceText(lines.join('\n'));
      const summaries = findSummarySpans(table);
      const windows = correctSkew(table);
      const times = summaryTimes(table, windows, summaries);
      for (let row = 1; row < table.spanCount; row++) {
        const up = table.parent[row];
        expect(times.end[row]).toBeGreaterThanOrEqual(times.start[row]);
        expect(times.end[row] - times.start[row]).toBeLessThanOrEqual(windows.end[row] - windows.start[row]);
        expect(times.start[row]).toBeGreaterThanOrEqual(times.start[up]);
        expect(times.end[row]).toBeLessThanOrEqual(times.end[up]);
      }
      summaries?.rows.forEach((row, i) => {
        const up = table.parent[row];
        const room = times.end[up] - times.start[up];
        expect(times.end[row] - times.start[row]).toBe(Math.min(summaries.busy[i], room));
      });
      const [path] = analysed(lines.join('\n')).paths;
      const shares = [...path.at.p50.hops, ...path.at.p50.boundaries].reduce((sum, { shareMs }) => sum + shareMs, 0);
      expect(shares).toBeCloseTo(1, 9);
    }),
    { seed: 3, numRuns: 300 },
  );
});
