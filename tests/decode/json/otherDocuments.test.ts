import { describe, expect, test } from 'vitest';
import { decodeBothWays } from '../../helpers/decodeBothWays.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { tableContent } from '../../helpers/otlpTable.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const attribute = { key: 'a', value: { stringValue: 'b' } };
const span = (n: number, more: object = {}) => ({
  traceId: TRACE,
  spanId: `000000000000000${n}`,
  name: `span ${n}`,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000050000000',
  ...more,
});
const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'cart' } }] };
const resourceSpans = (...spans: readonly object[]) => ({ resource, scopeSpans: [{ spans }] });
const otlp = (...spans: readonly object[]) => ({ resourceSpans: [resourceSpans(...spans)] });
const lines = (...documents: readonly object[]): string => documents.map((one) => JSON.stringify(one)).join('\n');

const jaeger = { data: [{ traceID: TRACE, spans: [{ traceID: TRACE, spanID: '1' }], processes: {} }] };
const zipkin = [{ traceId: TRACE, id: '1', name: 'get' }];

/** In one piece and in small ones: spans, and the Issues with count and line. */
async function read(content: string) {
  const { table, issues, failure } = await decodeBothWays(content);
  const inPieces = await decode(content, { chunks: [7] });
  expect(inPieces.issues).toEqual(issues);
  expect(tableContent(inPieces.table)).toEqual(tableContent(table));
  const told = issues.map(({ code, count, firstAt }) => `${code} ${count} at ${firstAt?.line}`);
  return { spans: table.spanCount, told, failure, table };
}

describe('OtlpJsonDecoder tells documents that are no OTLP', () => {
  test.each([
    ['behind OTLP', lines(otlp(span(1)), jaeger), 'other-document 1 at 2'],
    ['in front of it', lines(jaeger, zipkin, otlp(span(1))), 'other-document 2 at 1'],
    ['in one list with it', JSON.stringify([otlp(span(1)), jaeger]), 'other-document 1 at 1'],
    [
      'among many',
      lines(otlp(span(1)), ...Array.from({ length: 9 }, () => ({ level: 'info' }))),
      'other-document 9 at 2',
    ],
  ])('%s', async (_where, content, told) => {
    expect(await read(content)).toMatchObject({ spans: 1, told: [told] });
  });

  test('but not empty ones, nor those of OTLP without spans', async () => {
    const content = lines({}, otlp(span(1)), {}, { resourceSpans: [] }, { partialSuccess: {} }, { result: {} });
    expect((await read(content)).told).toEqual(['other-document 1 at 5']);
  });

  test('nor where all of the source is something else, which is said instead', async () => {
    const { told, failure } = await read(lines({ level: 'info' }, { level: 'info' }));
    expect(told).toEqual([]);
    expect(failure).toMatch(/no OTLP: its keys are “level”/);
  });
});

test('OtlpJsonDecoder tells a list that is none', async () => {
  const content = lines(
    otlp(span(1)),
    { resourceSpans: resourceSpans(span(2)) },
    { resourceSpans: [{ scopeSpans: {} }] },
  );
  expect(await read(content)).toMatchObject({ spans: 1, told: ['wrong-form 2 at 2'] });
});

test('OtlpJsonDecoder says that there is no list of spans where the name of one has nothing', async () => {
  const { failure } = await read(lines({ resourceSpans: null }));
  expect(failure).toBe('this is OTLP JSON, but there is no list of spans in it');
});

describe('OtlpJsonDecoder reads a resource without an envelope', () => {
  test('as with one: a line each, or a list of them', async () => {
    const bare = [resourceSpans(span(1)), resourceSpans(span(2))];
    const whole = await read(JSON.stringify({ resourceSpans: bare }));
    for (const content of [lines(...bare), JSON.stringify(bare)]) {
      const { told, table } = await read(content);
      expect(told).toEqual([]);
      expect(tableContent(table)).toEqual(tableContent(whole.table));
    }
  });

  test('and takes no resource of a log for one', async () => {
    const logs = [
      { level: 'info', resource: { type: 'pod' } },
      { resource: { type: 'pod' }, level: 'info' },
    ];
    const { table, told } = await read(lines(...logs, otlp(span(1)), ...logs));
    expect(told).toEqual(['other-document 4 at 1']);
    expect(tableContent(table)).toEqual(tableContent((await read(lines(otlp(span(1))))).table));
  });
});

describe('OtlpJsonDecoder says what a server said of its answer', () => {
  test('an error behind what came before', async () => {
    const error = { error: { grpc_code: 13, http_code: 500, message: 'storage timeout' } };
    const { issues } = await decode(lines({ result: otlp(span(1)) }, error));
    expect(issues.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'answer-error: The server answered with an error: “storage timeout”.',
    ]);
  });

  test('an error alone', async () => {
    const { failure } = await decode(lines({ error: { httpCode: 404, message: 'trace not found' } }));
    expect(failure).toBe('line 1: The server answered with an error: “trace not found”.');
  });

  test('a part of a trace, before the trace or behind it', async () => {
    const status = { status: 'PARTIAL', message: 'trace exceeds max size' };
    for (const answer of [
      { trace: otlp(span(1)), ...status },
      { ...status, trace: otlp(span(1)) },
    ]) {
      const { issues } = await decode(lines(answer));
      expect(issues.map(({ message }) => message)).toEqual([
        'The server answered with a part of a trace: “trace exceeds max size”.',
      ]);
    }
  });

  test('but not what a log says, in members of the same names', async () => {
    const log = { status: 'ok', message: 'done', error: { message: 'refused' } };
    expect((await read(lines(otlp(span(1)), log, { error: 'refused' }))).told).toEqual(['other-document 2 at 2']);
  });
});

test('OtlpJsonDecoder tells attributes that are written in another way, and keeps the others', async () => {
  const odd = [
    { attributes: { a: 'b' } },
    { attributes: [attribute, { key: 'a', value: 'b' }] },
    { attributes: [attribute, { key: 'a', value: { stringValue: 5 } }] },
    { attributes: [attribute, { key: 'a', value: { arrayValue: ['b'] } }] },
    { attributes: [attribute, { key: 'a', value: { boolValue: 1 } }] },
  ];
  const none = [{ attributes: null }, { attributes: [] }, { attributes: [{ key: 'a', value: {} }, attribute] }];
  const { told, spans } = await read(lines(...[...odd, ...none].map((more, i) => otlp(span(i + 1, more)))));
  expect(spans).toBe(8);
  expect(told).toEqual(['odd-attribute 5 at 1']);
});

describe('OtlpJsonDecoder loses of what is no JSON', () => {
  test('a span alone where its end can be told, on one line or indented', async () => {
    const request = otlp(span(1), span(2, { attributes: [{ key: 'n', value: { doubleValue: 0.5 } }] }), span(3));
    for (const text of [JSON.stringify(request), JSON.stringify(request, null, 2)]) {
      const { spans, told } = await read(text.replace('0.5', 'NaN'));
      expect(spans).toBe(2);
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(/^damaged-span 1 at/);
    }
  });

  test.each([
    ['a text that does not end', (line: string) => line.replace('"name":"span 2"', '"name":"span 2')],
    ['a line that is cut off', (line: string) => line.slice(0, -60)],
    ['a bracket too few', (line: string) => line.replace('{"traceId"', '{"x":[[NaN,"traceId"')],
  ])('no line behind it: %s', async (_what, damage) => {
    const content = [lines(otlp(span(1))), damage(lines(otlp(span(2)))), lines(otlp(span(3)), otlp(span(4)))].join(
      '\n',
    );
    const { table } = await decodeBothWays(content);
    const inPieces = await decode(content, { chunks: [7] });
    expect(tableContent(inPieces.table)).toEqual(tableContent(table));
    const names = [...table.name].map((name) => table.attributes.strings.text(name));
    expect(names).toEqual(expect.arrayContaining(['span 1', 'span 3', 'span 4']));
  });
});
