import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../helpers/otlpDecode.ts';
import type { AnyValue } from '../../helpers/otlpReference.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { expectSameAsOtlp } from '../../helpers/otherConformance.ts';
import { plainRequests, plainText } from '../../helpers/plainRequests.ts';
import { toZipkin } from '../../helpers/zipkinEncoding.ts';

const START = 1_571_896_375_322_000;

function span(id: string, more: object = {}): object {
  return { traceId: '463ac35c9f6413ad', id, name: `span ${id}`, timestamp: START, duration: 100, ...more };
}

/** The spans of one trace, in pre-order. */
async function spansOf(content: string | readonly object[]) {
  const { table, issues } = await decode(typeof content === 'string' ? content : JSON.stringify(content));
  const { problems, traces } = tableContent(table);
  return { spans: traces[0].spans, problems, issues: issues.map(({ code, count }) => `${code} ${count}`) };
}

test('decodeSource gives one table for the same traces as OTLP and as Zipkin’s JSON, in all its forms', async () => {
  const endpoint = fc.record({
    name: fc.constantFrom('redis', 'Kafka'),
    address: fc.constantFrom('10.0.0.7', '::1'),
    port: fc.integer({ min: 1, max: 65_535 }),
  });
  const leading = fc.option(endpoint, { nil: null }).map((peer) =>
    peer === null
      ? []
      : [
          { key: 'service.peer.name', value: { stringValue: peer.name } },
          { key: 'network.peer.address', value: { stringValue: peer.address } },
          { key: 'network.peer.port', value: { intValue: String(peer.port) } },
          { key: 'network.local.address', value: { stringValue: '127.0.0.1' } },
        ],
  );
  const values = plainText.map((stringValue): AnyValue => ({ stringValue }));
  const requests = plainRequests({ values, kinds: [0, 2, 3, 4, 5], resource: [], leading, hasLinks: false });
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const spans = toZipkin(request);
      await expectSameAsOtlp(
        request,
        [
          JSON.stringify(spans),
          JSON.stringify(
            spans.map((one) => [one]),
            null,
            2,
          ),
          spans.map((one) => `${JSON.stringify(one)}\n`).join('\n'),
          spans.map((one) => JSON.stringify([one])).join(''),
        ],
        'Zipkin v2 JSON',
      );
    }),
    { seed: 4, numRuns: 15 },
  );
});

test('decodeSource hangs the server’s half of a shared id below the client’s, and the server’s spans below that', async () => {
  const { spans } = await spansOf([
    span('c', {
      parentId: 'b',
      kind: 'CLIENT',
      localEndpoint: { serviceName: 'cart' },
      remoteEndpoint: { serviceName: 'redis' },
    }),
    span('b', {
      parentId: 'a',
      shared: true,
      timestamp: START + 10,
      duration: 50,
      localEndpoint: { serviceName: 'cart' },
    }),
    span('b', { parentId: 'a', kind: 'CLIENT', localEndpoint: { serviceName: 'web' } }),
    span('a', { parentId: 'a', kind: 'SERVER', duration: 200, localEndpoint: { serviceName: 'web' } }),
  ]);
  expect(
    spans.map(({ spanId, kind, service, parent }) => [Number.parseInt(spanId, 16).toString(16), kind, service, parent]),
  ).toEqual([
    ['a', 2, 'web', -1],
    ['b', 3, 'web', 0],
    ['b', 2, 'cart', 1],
    ['c', 3, 'cart', 2],
  ]);
  expect(spans[3].attributes).toEqual([['service.peer.name', 1, 'redis']]);
});

test('decodeSource tells Zipkin’s kinds that are none', async () => {
  const kinds = ['client', 'SERVER', null, '', undefined, 'INNER', 7, 'toString'];
  const { spans, issues } = await spansOf(kinds.map((kind, i) => span(`${i + 1}`, { kind, timestamp: START + i })));
  expect(spans.map(({ kind }) => kind)).toEqual([3, 2, 0, 0, 0, 0, 0, 0]);
  expect(issues).toEqual(['unknown-enum 3']);
});

test('decodeSource takes a span for a root that names itself as its parent, however its id is written', async () => {
  for (const parentId of ['a1', '00000000000000a1', '00A1']) {
    const { spans, problems, issues } = await spansOf([
      span('a1', { parentId, kind: 'SERVER' }),
      span('00000000000000a2', { parentId: 'a1' }),
    ]);
    expect(spans.map(({ parent }) => parent)).toEqual([-1, 0]);
    expect([problems.cycles, issues]).toEqual([0, []]);
  }
});

test('decodeSource takes the tag error for a failed status, and what is in it for the message', async () => {
  const errors = ['true', '', 'timeout', 'false'];
  const { spans } = await spansOf(
    errors.map((error, i) => span(`${i + 1}`, { tags: { error, 'http.method': 'GET' } })),
  );
  expect(spans.map(({ status, statusMessage }) => [status, statusMessage])).toEqual([
    [2, ''],
    [2, ''],
    [2, 'timeout'],
    [0, ''],
  ]);
  expect(spans[0].attributes).toEqual([['http.method', 1, 'GET']]);
  expect(spans[3].attributes).toEqual([
    ['error', 1, 'false'],
    ['http.method', 1, 'GET'],
  ]);
});

test('decodeSource reads Zipkin’s annotations as events, with the attributes that OpenTelemetry puts into them', async () => {
  const values = [
    'retry',
    '"exception": {"type":"Timeout","n":3}',
    'exception|{"type":"Timeout"}|0',
    '"odd": {no}',
    'a|b|c',
  ];
  const { spans } = await spansOf([
    span('1', { annotations: values.map((value) => ({ timestamp: START + 1, value })) }),
  ]);
  expect(spans[0].events).toEqual([
    ['retry', 1000, []],
    [
      'exception',
      1000,
      [
        ['type', 1, 'Timeout'],
        ['n', 3, 3],
      ],
    ],
    ['exception', 1000, [['type', 1, 'Timeout']]],
    ['"odd": {no}', 1000, []],
    ['a|b|c', 1000, []],
  ]);
});

test('decodeSource loads Zipkin spans without a time, and says so', async () => {
  const { spans, issues } = await spansOf([
    span('1', { localEndpoint: {}, kind: 'SERVER' }),
    span('2', { timestamp: undefined, duration: undefined, parentId: '1' }),
    span('3', { timestamp: 0, parentId: '1' }),
    span('4', { duration: undefined, parentId: '1' }),
    span('5', { timestamp: 'noon', parentId: '1' }),
  ]);
  expect(issues).toEqual(['no-time 2', 'no-duration 1', 'invalid-time 1']);
  expect(spans).toHaveLength(5);
  expect(spans[0].service).toBe('unknown_service');
});

test('decodeSource puts a Zipkin span together that was reported in parts, in whatever order they come', async () => {
  const web = { serviceName: 'web' };
  const parts = [
    span('b', { kind: 'CLIENT', duration: undefined, localEndpoint: web, tags: { 'http.method': 'GET' } }),
    span('b', { name: '', timestamp: undefined, localEndpoint: { ...web, ipv4: '10.0.0.1' }, tags: { error: 'late' } }),
    span('b', {
      timestamp: undefined,
      duration: undefined,
      annotations: [{ timestamp: START + 5, value: 'flush' }],
    }),
    span('b', {
      kind: 'SERVER',
      shared: true,
      timestamp: START + 10,
      duration: 50,
      localEndpoint: { serviceName: 'cart' },
    }),
    span('a', { kind: 'SERVER', duration: 200, localEndpoint: web }),
  ];
  for (const order of [parts, parts.toReversed(), [2, 4, 1, 3, 0].map((i) => parts[i])]) {
    const { spans, issues } = await spansOf(order);
    expect(issues).toEqual(['span-parts 2']);
    expect(
      spans.map(({ name, kind, service, start, end, status, statusMessage, attributes, events }) => [
        name,
        kind,
        service,
        (end - start) / 1000,
        [status, statusMessage],
        attributes,
        events.map(([event]) => event),
      ]),
    ).toEqual([
      ['span a', 2, 'web', 200, [0, ''], [], []],
      [
        'span b',
        3,
        'web',
        100,
        [2, 'late'],
        [
          ['network.local.address', 1, '10.0.0.1'],
          ['http.method', 1, 'GET'],
        ],
        ['flush'],
      ],
      ['span b', 2, 'cart', 50, [0, ''], [], []],
    ]);
  }
});

test('decodeSource takes Zipkin spans of one id that contradict one another for several', async () => {
  const { spans, issues } = await spansOf([
    span('1', { kind: 'PRODUCER', duration: undefined }),
    span('1', { kind: 'CONSUMER', duration: undefined, timestamp: START + 9 }),
    span('2', { duration: undefined, localEndpoint: { serviceName: 'web' } }),
    span('2', { duration: undefined, localEndpoint: { serviceName: 'cart' } }),
    span('3', { duration: 5 }),
    span('3', { duration: 6 }),
  ]);
  expect(spans).toHaveLength(6);
  expect(issues).toEqual(['no-duration 4']);
});

test('decodeSource completes Zipkin’s trace ids that a service cut to 64 bits from others of the trace', async () => {
  const long = '463ac35c9f6413ad48485a3953bb6124';
  const ids = ['48485A3953BB6124', long, '000000000000000048485a3953bb6124', '463ac35c9f6413adf1a48a8cff464e0e'];
  const { table, issues } = await decode(JSON.stringify(ids.map((traceId, i) => span(`${i + 1}`, { traceId }))));
  const { traces } = tableContent(table);
  expect(traces.map(({ traceId, spans }) => [traceId, spans.length])).toEqual([
    [long, 3],
    ['463ac35c9f6413adf1a48a8cff464e0e', 1],
  ]);
  expect(issues.map(({ code, count }) => `${code} ${count}`)).toEqual(['short-trace-id 2']);
});

test('decodeSource holds Zipkin spans no longer than 16 MB of the file', async () => {
  const pad = span('9', { traceId: 'f', tags: { pad: 'x'.repeat(6 << 20) } });
  const late = span('1', { timestamp: undefined, duration: undefined });
  const { table, issues } = await decode(JSON.stringify([span('1'), pad, late, pad, pad, late]));
  expect(table.spanCount).toBe(3);
  expect(issues.map(({ code, count }) => `${code} ${count}`)).toContain('span-parts 1');
});

test('decodeSource makes two spans of a Zipkin v1 span that holds both sides of a call', async () => {
  const web = { serviceName: 'web', ipv4: '10.0.0.1', port: 80 };
  const cart = { serviceName: 'cart', ipv4: '10.0.0.2' };
  const at = (micros: number, value: string, endpoint: object): object => ({
    timestamp: START + micros,
    value,
    endpoint,
  });
  const binary = (key: string, value: unknown, endpoint: object): object => ({ key, value, endpoint });
  const { spans, issues } = await spansOf([
    {
      traceId: '463ac35c9f6413ad',
      id: 'b',
      parentId: 'a',
      name: 'get',
      timestamp: START,
      duration: 100,
      annotations: [
        at(0, 'cs', web),
        at(10, 'sr', cart),
        at(20, 'cache miss', cart),
        at(90, 'ss', cart),
        at(101, 'cr', web),
      ],
      binaryAnnotations: [
        binary('http.path', '/x', web),
        binary('error', 'late', cart),
        binary('sa', true, { serviceName: 'cart' }),
      ],
    },
    {
      traceId: '463ac35c9f6413ad',
      id: 'a',
      name: 'work',
      timestamp: START,
      duration: 200,
      binaryAnnotations: [binary('lc', 'batch', web)],
    },
    {
      traceId: '463ac35c9f6413ad',
      id: 'c',
      parentId: 'b',
      name: 'send',
      timestamp: START + 30,
      duration: 5,
      annotations: [at(30, 'ms', cart), at(31, 'ws', cart)],
    },
    {
      traceId: '463ac35c9f6413ad',
      id: 'd',
      parentId: 'c',
      name: 'on',
      annotations: [at(40, 'sr', web), at(45, 'ss', web)],
    },
  ]);
  expect(issues).toEqual([]);
  expect(
    spans.map(({ name, kind, service, parent, start, end, status, events }) => [
      name,
      kind,
      service,
      parent,
      (end - start) / 1000,
      status,
      events.length,
    ]),
  ).toEqual([
    ['work', 0, 'web', -1, 200, 0, 0],
    ['get', 3, 'web', 0, 100, 0, 0],
    ['get', 2, 'cart', 1, 80, 2, 1],
    ['send', 4, 'cart', 2, 5, 0, 1],
    ['on', 2, 'web', 3, 5, 0, 0],
  ]);
  expect([spans[1].attributes, spans[2].attributes]).toEqual([
    [
      ['service.peer.name', 1, 'cart'],
      ['network.local.address', 1, '10.0.0.1'],
      ['network.local.port', 3, 80],
      ['http.path', 1, '/x'],
    ],
    [['network.local.address', 1, '10.0.0.2']],
  ]);
});

test('ZipkinDecoder loses no more than a span that was cut off, wherever it was', async () => {
  const ids = ['a1', 'a2', 'a3', 'a4', 'a5'];
  const text = ids.map((id) => JSON.stringify(span(id, { kind: 'SERVER', tags: { a: 'b' }, annotations: [] })));
  const line = text[1];
  for (let cut = 1; cut < line.length; cut++) {
    const content = [text[0], line.slice(0, cut), ...text.slice(2), ''].join('\n');
    for (const chunks of [[], [7]]) {
      const { table, issues } = await decode(content, { chunks });
      expect(table.spanCount, line.slice(0, cut)).toBe(4);
      expect(issues, line.slice(0, cut)).toEqual([expect.objectContaining({ code: 'bad-json', count: 1 })]);
      expect(issues[0].firstAt?.line, line.slice(0, cut)).toBe(2);
    }
  }
});

test('ZipkinDecoder goes on behind a span that was cut off where no line shows it before the input ends', async () => {
  const cut = JSON.stringify(span('a1', { tags: {} })).slice(0, -2);
  const { table, issues } = await decode(`${cut}:\n${JSON.stringify(span('a2'))}`);
  expect(table.spanCount).toBe(1);
  expect(issues).toEqual([
    expect.objectContaining({ code: 'bad-json', count: 1, firstAt: expect.objectContaining({ line: 1 }) }),
  ]);
});

test('ZipkinDecoder reads JSON whose objects all begin lines', async () => {
  const content = JSON.stringify(
    ['a1', 'a2'].map((id) => span(id, { annotations: [{ a: [{}, {}] }], tags: { b: 'c' } })),
  )
    .replaceAll('{', '\n{')
    .replaceAll(',', ' \n ,\r\n');
  for (const chunks of [[], [1], [7]]) {
    const { table, issues } = await decode(content, { chunks });
    expect(table.spanCount).toBe(2);
    expect(issues).toEqual([]);
  }
});
