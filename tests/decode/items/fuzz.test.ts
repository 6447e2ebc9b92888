import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toJaeger } from '../../helpers/jaegerEncoding.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { text } from '../../helpers/otlpEncodings.ts';
import type { AnyValue } from '../../helpers/otlpReference.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { plainRequests, plainText } from '../../helpers/plainRequests.ts';
import { toZipkin } from '../../helpers/zipkinEncoding.ts';

const CASES = 80;
const values = plainText.map((stringValue): AnyValue => ({ stringValue }));
const [request] = fc.sample(plainRequests({ values, kinds: [0, 2, 3], resource: [], hasLinks: true }), {
  seed: 11,
  numRuns: 1,
});
const { data } = toJaeger(request);
const endpoint = { serviceName: 'web' };
const v1 = [
  {
    traceId: '1f',
    id: '2a',
    annotations: [1, 9].map((timestamp, i) => ({ timestamp, value: ['cs', 'cr'][i], endpoint })),
  },
  { traceId: '1f', id: '3b', parentId: '2a', timestamp: 3, binaryAnnotations: [{ key: 'lc', value: 'x', endpoint }] },
];

const DOCUMENTS: readonly (readonly [name: string, document: string])[] = [
  ['Jaeger JSON', JSON.stringify({ data })],
  ['Jaeger JSON, indented, processes before the spans', JSON.stringify(toJaeger(request, 'before'), null, 1)],
  ['Jaeger JSON, a trace a line', data.map((trace) => `${JSON.stringify({ data: [trace] })}\n`).join('')],
  ['Zipkin v2 JSON', JSON.stringify(toZipkin(request))],
  [
    'Zipkin v2 JSON, a span a line',
    toZipkin(request)
      .map((span) => `${JSON.stringify(span)}\n`)
      .join(''),
  ],
  ['Zipkin v1 JSON', JSON.stringify(v1, null, 2)],
];

/** As for OTLP (fuzz.test.ts): whatever is wrong with the bytes, decoding ends, and not otherwise for other chunks. */
test.each(DOCUMENTS)('decodeSource ends in a table or a sentence for damaged %s', async (name, document) => {
  const random = randomNumbers(name.length);
  for (let i = 0; i < CASES; i++) {
    const damaged = mutated(text(document), random);
    const whole = await decode(damaged);
    const where = `case ${i}: ${Buffer.from(damaged).toString('base64').slice(0, 4000)}`;
    expect(whole.failure === null, where).toBe(whole.table.spanCount + whole.table.problems.duplicates > 0);
    const pieces = await decode(damaged, { chunks: [7, 1, 50, 300] });
    expect(tableContent(pieces.table), where).toEqual(tableContent(whole.table));
    expect([pieces.failure, pieces.issues], where).toEqual([whole.failure, whole.issues]);
  }
});

test('decodeSource survives any JSON where Jaeger and Zipkin have something else', async () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const member = (names: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: names.length, noNullPrototype: true });
  const jaeger = member([
    'traceID',
    'spanID',
    'parentSpanID',
    'operationName',
    'references',
    'startTime',
    'duration',
    'tags',
    'logs',
    'process',
    'processID',
    'flags',
    'warnings',
  ]);
  const zipkin = member([
    'traceId',
    'id',
    'parentId',
    'name',
    'kind',
    'timestamp',
    'duration',
    'localEndpoint',
    'remoteEndpoint',
    'annotations',
    'binaryAnnotations',
    'tags',
    'shared',
  ]);
  const lists = fc.record({
    references: fc.array(member(['refType', 'traceID', 'spanID'])),
    tags: fc.array(member(['key', 'type', 'value'])),
    logs: fc.array(member(['timestamp', 'fields'])),
  });
  const notes = fc.record({
    annotations: fc.array(member(['timestamp', 'value', 'endpoint'])),
    binaryAnnotations: fc.array(member(['key', 'value', 'endpoint'])),
  });
  const good = { traceID: '1f', spanID: '2a' };
  const documents = fc.oneof(
    fc.tuple(jaeger, lists, anything).map(([odd, more, processes]) => ({
      data: [{ traceID: '1f', spans: [good, odd, { ...more, ...good }], processes }],
    })),
    fc
      .tuple(zipkin, notes)
      .map(([odd, more]) => [{ traceId: '1f', id: '2a' }, odd, { ...more, traceId: '1f', id: '3b' }]),
  );
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      const { table, failure } = await decode(JSON.stringify(document));
      expect(failure).toBeNull();
      expect(table.spanCount + table.problems.duplicates).toBeGreaterThan(0);
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('decodeSource reads a Jaeger trace of 20,000 spans, each deep below the other, processes last', async () => {
  const id = (n: number): string => n.toString(16);
  const spans = Array.from({ length: 20_000 }, (_, i) => ({
    traceID: 'a',
    spanID: id(i + 1),
    startTime: 1_760_000_000_000_000 + i,
    duration: 100_000 - i,
    references: i === 0 ? [] : [{ refType: 'CHILD_OF', traceID: 'a', spanID: id(i) }],
    processID: `p${i % 3}`,
  }));
  const processes = Object.fromEntries([0, 1, 2].map((i) => [`p${i}`, { serviceName: `s${i}` }]));
  const { table, issues } = await decode(JSON.stringify({ data: [{ traceID: 'a', spans, processes }] }), {
    chunks: [10_000],
  });
  expect([table.spanCount, table.traceCount, table.parent[19_999], issues]).toEqual([20_000, 1, 19_998, []]);
  expect(new Set(table.resource).size).toBe(3);
});

test('decodeSource stops at the limit of spans in Jaeger’s and Zipkin’s JSON and says so', async () => {
  const jaeger = {
    data: [
      {
        spans: Array.from({ length: 50 }, (_, i) => ({
          traceID: 'a',
          spanID: `${i + 1}`,
          startTime: 1,
          duration: 1,
          process: {},
        })),
      },
    ],
  };
  const zipkin = Array.from({ length: 50 }, (_, i) => ({ traceId: 'a', id: `${i + 1}`, timestamp: 1, duration: 1 }));
  for (const document of [jaeger, zipkin]) {
    const { table, issues, failure } = await decode(JSON.stringify(document), { limits: { spans: 20 }, chunks: [300] });
    expect([table.spanCount, failure]).toEqual([20, null]);
    expect(issues).toMatchObject([{ code: 'limit', severity: 'error', count: 1 }]);
  }
});
