import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { analysed } from '../helpers/analysed.ts';
import { decode } from '../helpers/otlpDecode.ts';

const text = `
  a GET 500..540 server
    b serve 510..530 server error
      c serve 515..520 server error

  a GET 100..200 server error

  a GET 0..40 server
    a SELECT 5..35 client [db.system=mysql]
`;

const ROOT = {
  traceId: '0123456789abcdef0123456789abcdef',
  spanId: '0123456789abcdef',
  name: 'GET',
  kind: 2,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000010000000',
};

describe('traceRows', () => {
  const analysis = analysed(text);
  const ids = (order: 'slowest' | 'fastest' | 'first' | 'errors', limit = 9): number[] =>
    analysis.traceRows(0, order, limit).map(({ trace }) => trace);

  test('traceRows sorts, and cuts at the limit', () => {
    expect(ids('slowest')).toEqual([1, 0, 2]);
    expect(ids('fastest')).toEqual([0, 2, 1]);
    expect(ids('first')).toEqual([2, 1, 0]);
    expect(ids('first', 2)).toEqual([2, 1]);
  });

  test('traceRows of errors has failed requests first, then those with an error inside, then the others', () => {
    expect(ids('errors')).toEqual([1, 0, 2]);
    expect(ids('errors', 2)).toEqual([1, 0]);
  });

  test('traceRows of errors leaves no trace out, and has the slowest of each kind first', () => {
    const mixed = analysed(
      [30, 10, 40, 20, 50, 60].map((ms, i) => `a GET 0..${ms} server${i < 2 ? ' error' : ''}`).join('\n\n'),
    );
    const list = mixed.traceRows(0, 'errors', 9);
    expect(list.map(({ totalMs }) => totalMs)).toEqual([30, 10, 60, 50, 40, 20]);
  });

  test('traceRows of errors is the order of the slowest where none failed', () => {
    const fine = analysed('a GET 0..10 server\n\na GET 0..30 server\n\na GET 0..20 server');
    expect(fine.traceRows(0, 'errors', 9)).toEqual(fine.traceRows(0, 'slowest', 9));
    expect(fine.traceRows(0, 'errors', 9)).toHaveLength(3);
  });

  test('traceRows tells the slowest hop and the innermost error', () => {
    const [inside, failed, fine] = analysis.traceRows(0, 'fastest', 9).toSorted((a, b) => a.trace - b.trace);
    expect(inside).toEqual({
      trace: 0,
      traceId: `${'0'.repeat(31)}1`,
      startedAt: '2023-11-14T22:13:20.500Z',
      totalMs: 40,
      slowestHop: 'a',
      slowestHopMs: 20,
      spans: 3,
      isError: false,
      errorAt: 'c',
    });
    expect(failed).toMatchObject({ isError: true, errorAt: 'a' });
    expect(fine).toMatchObject({ isError: false, errorAt: null, slowestHop: 'mysql', slowestHopMs: 30 });
  });
});

describe('traceDetail', () => {
  test('traceDetail shows every span, relative to the root, with what is dashed and what was moved', () => {
    const detail = analysed(`
      a GET 100..200 server
        a call 110..150 client [http.request.method=GET, retries=2]
          b serve 140..160 server
        a publish 160..170 producer
          b handle 165..400 consumer
      c orphan 120..130 server parent=99
      c apart 900..910 server
    `).traceDetail(0);
    expect(detail).toMatchObject({ spanCount: 7, totalMs: 100, startedAt: '2023-11-14T22:13:20.100Z' });
    const brief = detail.spans.map(
      ({ service, name, depth, startMs, durationMs, pathMs, isDashed, isSkewCorrected }) => [
        `${service} ${name}`,
        depth,
        startMs,
        durationMs,
        pathMs,
        `${isDashed ? 'dashed' : ''}${isSkewCorrected ? 'moved' : ''}`,
      ],
    );
    // The orphan ends before the call does, so the call keeps the instant.
    expect(brief).toEqual([
      ['a GET', 0, 0, 100, 50, ''],
      ['a call', 1, 10, 40, 20, ''],
      ['b serve', 2, 20, 20, 20, 'moved'],
      ['c orphan', 1, 20, 10, 0, 'dashed'],
      ['a publish', 1, 60, 10, 10, ''],
      ['b handle', 2, 65, 235, 0, 'dashed'],
      ['c apart', 0, 800, 10, 0, 'dashed'],
    ]);
    expect(detail.spans[1].attributes).toEqual([
      ['http.request.method', 'GET'],
      ['retries', '2'],
    ]);
  });

  const oneSpan = (more: object): string =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'service.name', value: { stringValue: 'db' } }] },
          scopeSpans: [{ spans: [{ ...ROOT, ...more }] }],
        },
      ],
    });

  test('traceDetail says why a span failed: its status message, and its events with their attributes', async () => {
    const { table } = await decode(
      oneSpan({
        status: { code: 2, message: 'deadline exceeded' },
        events: [
          {
            name: 'exception',
            timeUnixNano: '1700000000004000000',
            attributes: [
              { key: 'exception.type', value: { stringValue: 'TimeoutError' } },
              { key: 'exception.escaped', value: { boolValue: true } },
            ],
          },
          { name: 'retry', timeUnixNano: '1700000000005000000' },
        ],
      }),
    );
    const [span] = analyse(table, NO_CONFIG).traceDetail(0).spans;
    expect(span).toMatchObject({ isError: true, statusMessage: 'deadline exceeded', eventCount: 2 });
    expect(span.events).toEqual([
      {
        name: 'exception',
        atMs: 4,
        attributes: [
          ['exception.type', 'TimeoutError'],
          ['exception.escaped', 'true'],
        ],
      },
      { name: 'retry', atMs: 5, attributes: [] },
    ]);
  });

  test('traceDetail shows at most 1,000 events of a span, says how many there are, and no message where there is none', async () => {
    const events = Array.from({ length: 1200 }, (_, i) => ({ name: `e${i}`, timeUnixNano: ROOT.startTimeUnixNano }));
    const { table } = await decode(oneSpan({ events }));
    const [span] = analyse(table, NO_CONFIG).traceDetail(0).spans;
    expect([span.events.length, span.eventCount, span.statusMessage]).toEqual([1000, 1200, '']);
  });

  test('traceDetail shows at most 5,000 spans, and says how many there are', () => {
    const children = Array.from({ length: 6000 }, (_, i) => `  a step ${i}..${i + 1} internal`).join('\n');
    const detail = analysed(`a GET 0..6000 server\n${children}`).traceDetail(0);
    expect([detail.spans.length, detail.spanCount]).toEqual([5000, 6001]);
  });
});
