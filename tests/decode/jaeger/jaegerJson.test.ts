import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toJaeger } from '../../helpers/jaegerEncoding.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import type { AnyValue } from '../../helpers/otlpReference.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { expectSameAsOtlp } from '../../helpers/otherConformance.ts';
import { plainRequests, plainText } from '../../helpers/plainRequests.ts';

const TRACE = '2db17286b3e6b148';

function span(id: string, more: object = {}): object {
  return {
    traceID: TRACE,
    spanID: id,
    operationName: `span ${id}`,
    startTime: 1_705_071_460_147_265,
    duration: 2,
    processID: 'p1',
    ...more,
  };
}

function trace(spans: readonly object[], processes: object = { p1: { serviceName: 'shop' } }): string {
  return JSON.stringify({ data: [{ traceID: TRACE, spans, processes }] });
}

const tag = (key: string, type: string, value: unknown): object => ({ key, type, value });

/** The spans of the one trace, by their ids. */
async function spansOf(content: string) {
  const { table, issues, failure } = await decode(content);
  const { traces } = tableContent(table);
  const spans = traces.flatMap((one) => one.spans);
  return { spans: new Map(spans.map((one) => [one.spanId.replace(/^0+/, ''), one])), traces, issues, failure };
}

test('decodeSource takes a reference without a trace id for one into the span’s own trace', async () => {
  const reference = { refType: 'CHILD_OF', spanID: '1' };
  const second = { refType: 'FOLLOWS_FROM', spanID: '1' };
  const { spans } = await spansOf(trace([span('1'), span('2', { references: [reference, second] })]));
  const link = ['0,0,766603910,3018240328', '0,1', [['opentracing.ref_type', 1, 'follows_from']]];
  expect(spans.get('2')).toMatchObject({ parent: 0, links: [link] });
});

test('decodeSource tells what Jaeger noted about a trace, and that an answer is partial where it says so', async () => {
  const cut = 'trace has more than 1000 spans, showing first 1000';
  const text = (warnings: unknown): string =>
    JSON.stringify({ data: [{ traceID: TRACE, spans: [span('1')], processes: { p1: {} }, warnings }] });
  const codes = async (warnings: unknown): Promise<string[]> =>
    (await spansOf(text(warnings))).issues.map(({ code }) => code);
  expect(await codes(null)).toEqual([]);
  expect(await codes([])).toEqual([]);
  expect(await codes(['a clock is wrong'])).toEqual(['jaeger-trace-warning']);
  expect(await codes([cut])).toEqual(['partial-answer']);
  const { issues } = await spansOf(text(['a "clock"', 'is wrong']));
  expect(issues.map(({ message, count }) => `${count} ${message}`)).toEqual([
    '2 Jaeger noted something about traces; first: “a "clock"”.',
  ]);
});

test('decodeSource gives one table for the same traces as OTLP and as Jaeger’s JSON, in all its forms', async () => {
  const values = fc.oneof(
    plainText.map((stringValue): AnyValue => ({ stringValue })),
    fc.boolean().map((boolValue): AnyValue => ({ boolValue })),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value): AnyValue => ({ intValue: String(value) })),
    fc.integer().map((value): AnyValue => ({ intValue: String(value) })),
    fc.constantFrom(1, 0.25, -1e300, 'NaN', 'Infinity').map((doubleValue): AnyValue => ({ doubleValue })),
    fc.uint8Array({ maxLength: 9 }).map((bytes): AnyValue => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
  );
  const resource = [
    { key: 'telemetry.sdk.language', value: { stringValue: 'go' } },
    { key: 'process.pid', value: { intValue: '4711' } },
  ];
  const requests = plainRequests({ values, kinds: [0, 1, 2, 3, 4, 5], resource, hasLinks: true });
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const { data } = toJaeger(request);
      await expectSameAsOtlp(
        request,
        [
          JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null }),
          JSON.stringify(toJaeger(request, 'before'), null, 2),
          JSON.stringify(toJaeger(request, 'in the spans')),
          data.map((one) => `${JSON.stringify({ data: one })}\n`).join(''),
          JSON.stringify(data),
          data.map((one) => JSON.stringify(one)).join(' '),
        ],
        'Jaeger JSON',
      );
    }),
    { seed: 3, numRuns: 15 },
  );
});

test('decodeSource takes the first CHILD_OF of the same trace for the parent, else a FOLLOWS_FROM, and makes links of the others', async () => {
  const ref = (refType: string, spanID: string, traceID = TRACE): object => ({ refType, traceID, spanID });
  const { spans } = await spansOf(
    trace([
      span('1'),
      span('2', {
        references: [
          ref('FOLLOWS_FROM', '1'),
          ref('CHILD_OF', 'ff', 'ff'),
          ref('CHILD_OF', '01'),
          ref('CHILD_OF', '3'),
        ],
      }),
      span('3', { references: [ref('CHILD_OF', 'ff', 'ff'), ref('FOLLOWS_FROM', '2', `000${TRACE.toUpperCase()}`)] }),
      span('4', { parentSpanID: '3' }),
      span('5', { parentSpanID: '1', references: [ref('CHILD_OF', '2')] }),
      span('6', { parentSpanID: '0000', references: [ref('CHILD_OF', '5')] }),
    ]),
  );
  const parents = [...spans.values()].map(
    ({ spanId, parentId }) => `${Number(spanId)} below ${Number(parentId.split(',')[1])}`,
  );
  expect(parents.toSorted()).toEqual(['1 below 0', '2 below 1', '3 below 2', '4 below 3', '5 below 1', '6 below 5']);
  const links = (id: string) => spans.get(id)?.links.map(([, linked, [[, , type]]]) => [type, linked].join(' '));
  expect(links('2')).toEqual(['follows_from 0,1', 'child_of 0,255', 'child_of 0,3']);
  expect(links('3')).toEqual(['child_of 0,255', 'follows_from 0,2']);
  expect([links('4'), links('5'), links('6')]).toEqual([[], ['child_of 0,2'], []]);
});

test('decodeSource reads kind, status, scope and state of a Jaeger span from its tags', async () => {
  const { spans, issues } = await spansOf(
    trace([
      span('1', {
        tags: [tag('span.kind', 'string', 'server'), tag('error', 'bool', true), tag('http.status_code', 'int64', 500)],
      }),
      span('2', {
        tags: [
          tag('error', 'bool', 'true'),
          tag('otel.status_code', 'string', 'OK'),
          tag('otel.status_description', 'string', 'late'),
        ],
      }),
      span('3', { tags: [tag('error', 'string', 'ClientSideError'), tag('span.kind', 'string', 'odd')] }),
      span('4', {
        tags: [
          tag('otel.status_code', 'string', 'OK'),
          tag('otel.library.name', 'string', 'go.otel'),
          tag('w3c.tracestate', 'string', 'ot=th:8'),
        ],
      }),
      span('5', {
        flags: 3,
        tags: [
          tag('error', 'bool', false),
          tag('count', 'int64', 'many'),
          tag('ratio', 'float64', '2'),
          { key: 'plain', value: 1 },
        ],
      }),
    ]),
  );
  expect(issues).toEqual([]);
  expect(spans.get('1')).toMatchObject({ kind: 2, status: 2, attributes: [['http.status_code', 3, 500]] });
  expect(spans.get('2')).toMatchObject({ kind: 0, status: 2, statusMessage: 'late', attributes: [] });
  expect(spans.get('3')).toMatchObject({
    kind: 0,
    status: 0,
    attributes: [
      ['error', 1, 'ClientSideError'],
      ['span.kind', 1, 'odd'],
    ],
  });
  expect(spans.get('4')).toMatchObject({ status: 1, scope: ['go.otel', ''], traceState: 'ot=th:8', attributes: [] });
  expect(spans.get('5')).toMatchObject({
    spanFlags: 1,
    attributes: [
      ['error', 2, false],
      ['count', 1, 'many'],
      ['ratio', 4, 2],
      ['plain', 3, 1],
    ],
  });
});

test('decodeSource names a Jaeger log by its event or its message', async () => {
  const log = (...fields: object[]): object => ({ timestamp: 1_705_071_460_147_266, fields });
  const { spans } = await spansOf(
    trace([
      span('1', {
        logs: [
          log(tag('message', 'string', 'm'), tag('event', 'string', 'retry'), tag('n', 'int64', 3)),
          log(tag('level', 'string', 'info'), tag('message', 'string', 'hello')),
          log(tag('event', 'int64', 7)),
        ],
      }),
    ]),
  );
  expect(spans.get('1')?.events).toEqual([
    [
      'retry',
      1000,
      [
        ['message', 1, 'm'],
        ['n', 3, 3],
      ],
    ],
    ['hello', 1000, [['level', 1, 'info']]],
    ['', 1000, [['event', 3, 7]]],
  ]);
});

test('decodeSource tells the language of a process from the version of Jaeger’s client', async () => {
  const process = (version: string, ...more: object[]): object => ({
    serviceName: 's',
    tags: [tag('jaeger.version', 'string', version), ...more],
  });
  const content = trace([span('1'), span('2', { processID: 'p2' }), span('3', { processID: 'p3' })], {
    p1: process('C++-0.4.2'),
    p2: process('Go-2.15.1dev', tag('telemetry.sdk.language', 'string', 'rust')),
    p3: process('Cobol-1'),
  });
  const { spans } = await spansOf(content);
  const languages = ['1', '2', '3'].map((id) =>
    spans
      .get(id)
      ?.resource.filter(([key]) => key === 'telemetry.sdk.language')
      .map(([, , value]) => value),
  );
  expect(languages).toEqual([['cpp'], ['rust'], []]);
});

test('decodeSource says what is missing in Jaeger’s spans and what Jaeger noted about them', async () => {
  const { spans, issues } = await spansOf(
    trace([
      span('1', { processID: 'p9', warnings: ['clock skew'] }),
      span('2', { processID: 'p9', startTime: 'noon', duration: -1 }),
      span('3', { startTime: undefined, duration: null, warnings: ['other'] }),
      span('4', { duration: undefined }),
      span('span-5'),
    ]),
  );
  expect(spans.get('1')?.service).toBe('unknown_service');
  expect(issues.map(({ code, count, severity }) => `${severity} ${code} ${count}`)).toEqual([
    'info jaeger-warning 2',
    'warning invalid-time 1',
    'warning no-time 1',
    'info no-duration 1',
    'warning invalid-id 1',
    'warning no-process 2',
  ]);
  expect(issues[0].message).toBe('Jaeger noted something about spans; first: “clock skew”.');
});

test('decodeSource takes no text but a number for the value of a Jaeger tag that should be one', async () => {
  const tags = ['2', '', ' ', 'x', 'NaN'].map((value, i) => ({ key: `${i}`, type: 'float64', value }));
  const { spans } = await spansOf(trace([span('1', { tags })]));
  expect(spans.get('1')?.attributes).toEqual([
    ['0', 4, 2],
    ['1', 1, ''],
    ['2', 1, ' '],
    ['3', 1, 'x'],
    ['4', 4, Number.NaN],
  ]);
});

test('decodeSource says that Jaeger left spans of a trace out, whatever else Jaeger noted before', async () => {
  const cut = 'trace has more than 2 spans, showing first 2 spans only';
  const { issues } = await spansOf(trace([span('1', { warnings: ['clock skew'] }), span('2', { warnings: [7, cut] })]));
  expect(issues.map(({ severity, message, count }) => `${severity} ${count} ${message}`)).toEqual([
    'info 1 Jaeger noted something about spans; first: “clock skew”.',
    `warning 1 The server answered with a part of a trace: “${cut}”.`,
  ]);
});

test('decodeSource reads Jaeger spans with nothing around them, and keeps the processes of two traces apart', async () => {
  const { spans } = await spansOf(`[${JSON.stringify(span('1', { process: { serviceName: 'shop' } }))}]`);
  expect(spans.get('1')).toMatchObject({ service: 'shop', name: 'span 1' });
  const one = { traceID: 'a', spans: [span('1', { traceID: 'a' })], processes: { p1: { serviceName: 'one' } } };
  const two = { traceID: 'b', spans: [span('2', { traceID: 'b' })], processes: { p1: { serviceName: 'two' } } };
  const both = await spansOf(JSON.stringify({ data: [one, two] }));
  expect([both.spans.get('1')?.service, both.spans.get('2')?.service]).toEqual(['one', 'two']);
});

test('decodeSource says why an answer of Jaeger’s API has no spans', async () => {
  const failure = async (answer: object): Promise<string | null> => (await decode(JSON.stringify(answer))).failure;
  expect(await failure({ data: [], total: 0, limit: 0, offset: 0, errors: null })).toBe(
    'this is Jaeger JSON, but there is no span in it',
  );
  expect(
    await failure({ data: null, total: 0, limit: 0, offset: 0, errors: [{ code: 404, msg: 'trace not found' }] }),
  ).toBe('line 1: Jaeger answered with an error: “trace not found”.');
});
