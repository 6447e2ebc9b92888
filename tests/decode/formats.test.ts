import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { jsonKeys } from '../../src/decode/jsonKeys.ts';
import { decode } from '../helpers/otlpDecode.ts';
import { text, toProtobuf } from '../helpers/otlpEncodings.ts';
import { sampleLines } from '../helpers/zstdSamples.ts';

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00000000000000a1', name: 'a' };

/** How the beginning of each looks, and how the sentence begins that says what it is. */
const NEAR_MISSES: readonly (readonly [sentence: string, content: string | Uint8Array])[] = [
  [
    'this is an answer of Tempo’s search',
    '{"traces":[{"traceID":"1f","rootServiceName":"a","rootTraceName":"GET","durationMs":3}]}',
  ],
  [
    'these are rows of the Collector’s ClickHouse table',
    '{"Timestamp":"2026-01-01","TraceId":"1f","SpanId":"2a","SpanName":"GET"}',
  ],
  ['this is a Chrome trace', '{"traceEvents":[{"ph":"X","ts":1,"pid":1}]}'],
  [
    'this is the output of the Collector’s debug exporter',
    '2026-01-01T00:00:00Z info ResourceSpans #0\nResource SchemaURL: \n',
  ],
  ['this is OTLP in protobuf’s text format', 'resource_spans {\n  resource {\n'],
  ['this is an HTML page', '<!DOCTYPE html><html><body><svg></svg>'],
  ['this is an SVG picture', '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg">'],
  ['this is an XML file', '<?xml version="1.0"?><testsuite/>'],
  ['this is a PDF', '%PDF-1.7\n%âãÏÓ'],
  ['this is a PNG image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0)],
  ['this is a Parquet file', 'PAR1\u0000\u0001'],
  ['this is a zip archive', 'PK\u0003\u0004\u0014\u0000'],
  ['this is a tar archive', gzipSync(`${'a.json'.padEnd(257, '\0')}ustar\u0000`)],
  ['this is a file of zeros, as an empty tar archive is', new Uint8Array(10_240)],
  ['this is a CSV file', 'trace_id,span_id,name,duration\n1f,2a,GET,3\n'],
  ['this is JSON without traces, a single value', 'null'],
  ['this is JSON without traces, a single value', ' true\n'],
  ['this is JSON without traces, a single value', '-12.5e3'],
  ['this is JSON without traces, a single value', '"resource\\n\\"Spans"'],
  ['this is plain text', 'nullified'],
  ['this is plain text', '"a" or "b"'],
  ['this is plain text', 'Dear reader,\nthis is a letter.\n'],
];

describe('decodeSource', () => {
  test.each(NEAR_MISSES)('decodeSource says: %s', async (sentence, content) => {
    const { failure, table, issues } = await decode(content, { name: 'traces.json' });
    expect(failure?.slice(0, sentence.length)).toBe(sentence);
    expect(failure).toMatch(/^[^;]+; .+/);
    expect(table.spanCount).toBe(0);
    expect(issues).toEqual([]);
  });

  test('decodeSource reads the documents in a log that holds other lines too', async () => {
    const { table, issues } = await decode(`starting up\n${sampleLines()}shutting down\n`);
    expect(table.spanCount).toBe(40);
    expect(issues).toMatchObject([{ code: 'other-text', severity: 'info', count: 2, firstAt: { line: 1, byte: 0 } }]);
  });

  test('decodeSource tells protobuf from JSON where both begin with a line feed', async () => {
    expect((await decode(`\n${sampleLines()}`)).format).toBe('OTLP JSON Lines');
    // A request of 0x7b bytes begins like a line feed and a brace.
    const name = (length: number): string => 'n'.repeat(length);
    for (let length = 1; length < 120; length++) {
      const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: '00000000000000a1', name: name(length) };
      const bytes = toProtobuf({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span] }] }] });
      const { table, format } = await decode(bytes);
      expect([bytes[1], format, table.spanCount]).toEqual([bytes[1], 'OTLP protobuf', 1]);
    }
  });

  test('decodeSource counts log records and metrics and passes over them', async () => {
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'a' } }, {}] }] }] };
    const metrics = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', sum: { dataPoints: [{}] } }] }] }] };
    const other = `${JSON.stringify(logs)}\n${JSON.stringify(metrics)}\n`;
    const mixed = await decode(other + sampleLines());
    expect(mixed.table.spanCount).toBe(40);
    expect(mixed.issues).toMatchObject([
      { code: 'log-records', severity: 'info', count: 2 },
      { code: 'metrics', severity: 'info', count: 1 },
    ]);
    expect((await decode(other)).failure).toBe('this is OTLP JSON Lines with 2 log records and 1 metric, but no span');
    // ExportLogsServiceRequest: a log record of one time; ExportMetricsServiceRequest: a metric of one name.
    const inside = (message: number[]): Uint8Array => wrapped(wrapped(wrapped(message, 0x12), 0x12), 0x0a);
    const logRequest = await decode(inside([0x09, 1, 2, 3, 4, 5, 6, 7, 8]));
    expect(logRequest.failure).toBe('this is OTLP protobuf with 1 log record and 0 metrics, but no span');
    const metricRequest = await decode(inside([0x0a, 3, 0x61, 0x62, 0x63]));
    expect(metricRequest.failure).toBe('this is OTLP protobuf with 0 log records and 1 metric, but no span');
  });

  test.each([
    ['Zipkin', (long: string) => [{ annotations: [{ value: long }], id: '1', name: 'a', traceId: '1f' }]],
    ['Jaeger', (long: string) => [{ logs: [{ fields: [{ value: long }] }], spanID: '1', startTime: 1, traceID: '1f' }]],
    ['Jaeger', (long: string) => ({ data: [{ more: long, spans: [{ spanID: '1', startTime: 1, traceID: '1f' }] }] })],
    ['OTLP', (long: string) => ({ more: long, resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] })],
  ])('decodeSource tells %s by keys that stand behind a long value', async (name, document) => {
    for (const length of [10, 100_000, 3_000_000]) {
      const { format, table, failure } = await decode(JSON.stringify(document('long '.repeat(length / 5))));
      expect([length, failure, format.slice(0, name.length), table.spanCount]).toEqual([length, null, name, 1]);
    }
  });

  test('decodeSource says of an empty request what it is', async () => {
    expect((await decode('{"resourceSpans":[]}')).failure).toBe('this is OTLP JSON, but there is no span in it');
    const nobody =
      'this is an answer of Tempo’s with no trace in it; the id may be wrong, or outside of the time asked for';
    expect((await decode('{"trace":{},"metrics":{}}')).failure).toBe(nobody);
    expect((await decode('{"trace":{},"metrics":{"inspectedBytes":"7"},"status":"COMPLETE"}')).failure).toBe(nobody);
    expect((await decode('{"trace":{},"metrics":{},"other":1}')).failure).toMatch(/^this is JSON, but no OTLP/);
    expect((await decode('{}')).failure).toBe('nothing that looks like traces was found in it');
    expect((await decode('{"spans":[1,2]}')).failure).toBe(
      'this is JSON, but no OTLP: its keys are “spans”, and none is “resourceSpans”',
    );
  });
});

describe('decodeSource finds spans in what a program logs as JSON', () => {
  const ids = { trace_id: '0af7651916cd43dd8448eb211c80319c', span_id: 'b7ad6b7169203331' };
  const lines = (object: object, times = 1): string => `${JSON.stringify(object)}\n`.repeat(times);
  const goSpan = {
    Name: 'a',
    SpanContext: { TraceID: ids.trace_id, SpanID: ids.span_id },
    StartTime: '2024-01-01T00:00:00Z',
  };
  const pythonMetrics = { resource_metrics: [{ resource: {}, scope_metrics: [] }], schema_url: '' };

  test.each<[string, string]>([
    ['metrics', lines(pythonMetrics)],
    ['many metrics', lines(pythonMetrics, 10_000)],
    ['logs in an envelope', lines({ resourceLogs: [] })],
    ['a number of batches', lines({ level: 'info', msg: 'flushed', batches: 3 })],
    ['a trace id in data', lines({ msg: 'x', data: { traceID: 'a' } })],
    ['a number of spans in data', lines({ msg: 'x', data: { resourceSpans: 3 } })],
    ['many that name a span', lines({ level: 'info', msg: 'x', ...ids }, 2000)],
    ['many that name a span, and look like one', lines(ids, 2000)],
    ['many in the words of Jaeger', lines({ msg: 'x', traceID: ids.trace_id, spanID: ids.span_id }, 2000)],
    ['many in the words of Zipkin', lines({ msg: 'x', traceId: ids.trace_id, id: '42' }, 2000)],
    ['many of Logstash', lines({ '@timestamp': '2026', message: 'x', level: 'INFO', traceId: '1', spanId: '2' }, 2000)],
    ['many of syslog', '<134>1 2024-01-01T00:00:00.000Z host app 12 - - hello\n'.repeat(1500)],
  ])('decodeSource finds spans behind %s', async (_what, log) => {
    for (const [name, spans, count] of [
      ['Go', lines(goSpan), 1],
      ['OTLP', sampleLines(), 40],
    ] as const) {
      const { table, format, failure } = await decode(log + spans);
      expect([failure, format.startsWith(name), table.spanCount]).toEqual([null, true, count]);
    }
  });

  test.each<[string, string]>([
    ['Jaeger', lines({ traceID: '1f', spanID: '2e', operationName: 'a', startTime: 1 })],
    ['Zipkin', lines({ traceId: '1f', id: '2e', name: 'a', localEndpoint: { serviceName: 's' } })],
  ])('decodeSource finds spans of %s among log records', async (name, span) => {
    const { table, format } = await decode(lines({ msg: 'x', level: 'info' }) + span);
    expect([format.startsWith(name), table.spanCount]).toEqual([true, 1]);
  });

  test('decodeSource says of log records alone that they hold no span', async () => {
    for (const id of [
      ids,
      { traceID: '1f', spanID: '2e' },
      { traceId: '1f', id: '2e' },
      { traceId: '1f', spanId: '2e' },
    ]) {
      const { failure } = await decode(lines({ '@timestamp': '2026', level: 'info', message: 'x', ...id }, 3));
      expect(failure).toMatch(/^these are log records, which name spans and hold none; /);
    }
  });
});

test('jsonKeys takes the paths of keys from JSON that is cut off', () => {
  const { all, opened } = jsonKeys(text('[{"a":{"b":[{"c":{"d":1}}],"e":"\\"f\\":"},"g":[1,{"h":'));
  expect([...all]).toEqual(['a', 'a.b', 'a.b.c', 'a.e', 'g', 'g.h']);
  expect([...opened]).toEqual(['a', 'a.b', 'a.b.c', 'g']);
});

function wrapped(message: ArrayLike<number>, tag: number): Uint8Array {
  return Uint8Array.of(tag, message.length, ...Array.from(message));
}
