import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { load } from '../../src/pipeline.ts';
import { attributeList } from '../../src/store/attributes.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { fakeWorkers, smallPool } from '../helpers/fakeWorkers.ts';
import { mutated, randomNumbers } from '../helpers/mutations.ts';
import { decode } from '../helpers/otlpDecode.ts';

const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
const at = (time: number, value: object, ...attributes: object[]) => ({
  timeUnixNano: String(1_700_000_000_000_000_000n + BigInt(time)),
  ...value,
  attributes,
});
const resourceOf = (pod: string) => ({
  attributes: [attribute('service.name', 'cart'), attribute('k8s.pod.name', pod)],
});

const spans = {
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', 'cart')] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: 'b7ad6b7169203331',
              name: 'GET /cart',
              kind: 2,
              startTimeUnixNano: '1700000000000000000',
              endTimeUnixNano: '1700000000050000000',
            },
          ],
        },
      ],
    },
  ],
};

/** Metrics as the Collector writes them, each list of them measured on one pod. */
function metrics(...pods: readonly (readonly object[])[]) {
  return {
    resourceMetrics: pods.map((list, i) => ({ resource: resourceOf(`cart-${i}`), scopeMetrics: [{ metrics: list }] })),
  };
}

const usage = (...values: readonly number[]) => ({
  name: 'process.memory.usage',
  unit: 'By',
  sum: {
    aggregationTemporality: 2,
    dataPoints: values.map((value, i) => at(i, { asInt: String(value) })),
  },
});

async function peakOf(...documents: readonly object[]) {
  const text = documents.map((document) => JSON.stringify(document)).join('\n');
  const { table, issues } = await decode(new TextEncoder().encode(text));
  const [path] = analyse(table, NO_CONFIG).paths;
  return { memory: path.hops[0].memory, issues };
}

describe('the memory of a pod', () => {
  test('is the highest of its points, over lines and files', async () => {
    const { memory, issues } = await peakOf(
      spans,
      metrics([usage(100, 300, 200)]),
      metrics([usage(250)], [usage(280)]),
    );
    expect(memory).toEqual({ bytes: 300, pods: 2, gauge: 'process.memory.usage' });
    expect(issues).toEqual([]);
  });

  test('is the sum of the points of one time', async () => {
    const points = [
      at(1, { asInt: '10' }, attribute('jvm.memory.pool.name', 'eden')),
      at(1, { asInt: '30' }, attribute('jvm.memory.pool.name', 'old')),
      at(2, { asInt: '25' }, attribute('jvm.memory.pool.name', 'eden')),
      at(2, { asInt: '31' }, attribute('jvm.memory.pool.name', 'old')),
    ];
    const { memory } = await peakOf(
      spans,
      metrics([{ name: 'jvm.memory.used', unit: 'By', sum: { dataPoints: points } }]),
    );
    expect(memory).toEqual({ bytes: 56, pods: 1, gauge: 'jvm.memory.used' });
  });

  test('is resident memory alone, where a gauge has virtual memory too', async () => {
    const dataPoints = [
      at(1, { asDouble: 40.5 }, attribute('type', 'rss')),
      at(1, { asDouble: 9000 }, attribute('type', 'vms')),
    ];
    const { memory } = await peakOf(
      spans,
      metrics([{ name: 'process.runtime.cpython.memory', unit: 'KiBy', gauge: { dataPoints } }]),
    );
    expect(memory).toEqual({ bytes: 40.5 * 1024, pods: 1, gauge: 'process.runtime.*.memory' });
  });

  test('is read where the resource stands behind its metrics, and the name behind its points', async () => {
    const { name, unit, sum } = usage(300);
    const [group] = metrics([{ sum, unit, name }]).resourceMetrics;
    const { memory } = await peakOf(
      { resourceMetrics: [{ scopeMetrics: group.scopeMetrics, resource: group.resource }] },
      spans,
    );
    expect(memory?.bytes).toBe(300);
  });

  test('is read with underscores in the names, and from before scopes', async () => {
    const withUnderscores = (text: string): string =>
      text.replace(/"([a-z]+[A-Z]\w*)":/g, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
    const text = JSON.stringify(metrics([usage(300)]));
    for (const other of [withUnderscores(text), text.replace('scopeMetrics', 'instrumentationLibraryMetrics')]) {
      expect(other).not.toBe(text);
      expect((await peakOf(spans, JSON.parse(other))).memory?.bytes).toBe(300);
    }
  });

  test.each([
    ['a counter of what was ever allocated', { ...usage(300), sum: { ...usage(300).sum, isMonotonic: true } }],
    ['what came since the last time', { ...usage(300), sum: { ...usage(300).sum, aggregationTemporality: 1 } }],
    ['another metric', { ...usage(300), name: 'process.memory.virtual' }],
    ['a unit that is no amount', { ...usage(300), unit: '1' }],
    ['no point', { ...usage(), sum: { dataPoints: [] } }],
    ['points that are none', { ...usage(), sum: { dataPoints: [at(1, {}), 7, at(2, { asInt: 'many' })] } }],
    ['a histogram', { name: 'process.memory.usage', unit: 'By', histogram: { dataPoints: [at(1, { sum: 7 })] } }],
  ])('is not %s, which is passed over', async (_what, metric) => {
    const { memory, issues } = await peakOf(spans, metrics([metric]));
    expect(memory).toBeUndefined();
    expect(issues).toEqual([expect.objectContaining({ code: 'metrics', count: 1 })]);
  });

  test('belongs to nobody where its resource names no service, and is passed over', async () => {
    const resource = { attributes: [attribute('host.name', 'a')] };
    const scopeMetrics = [{ metrics: [usage(300), usage(200)] }];
    for (const group of [{ scopeMetrics }, { resource, scopeMetrics }, { scopeMetrics, resource }]) {
      const { memory, issues } = await peakOf(spans, { resourceMetrics: [group] });
      expect(memory).toBeUndefined();
      expect(issues).toEqual([expect.objectContaining({ code: 'metrics', count: 2 })]);
    }
  });

  test('comes from a file of its own, which need have no span', async () => {
    const sources = [spans, metrics([usage(300)])].map((content, i) => ({
      name: `${i}.json`,
      size: null,
      stream: () => new Response(JSON.stringify(content)).body ?? new ReadableStream(),
    }));
    const dataset = await load(sources);
    expect(dataset.issues).toEqual([]);
    expect(analyse(dataset.table, NO_CONFIG).summary.peakMemory).toBe(300);
  });

  test('is found in chunks of any size', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...metrics([usage(100, 300)]), ...spans }));
    for (const chunks of [[1], [7], [64, 3]]) {
      const { table } = await decode(bytes, { chunks });
      expect(analyse(table, NO_CONFIG).paths[0].hops[0].memory?.bytes).toBe(300);
    }
  });
});

/** metrics/v1/metrics.proto, as far as memory needs it. */
const METRICS_PROTO = `
  syntax = "proto3";
  message AnyValue { oneof value { string string_value = 1; int64 int_value = 3; } }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message Scope { string name = 1; }
  message Point {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; double as_double = 4; sfixed64 as_int = 6;
    repeated KeyValue attributes = 7;
  }
  message Gauge { repeated Point data_points = 1; }
  message Sum { repeated Point data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
  message Metric { string name = 1; string description = 2; string unit = 3; Gauge gauge = 5; Sum sum = 7; }
  message ScopeMetrics { Scope scope = 1; repeated Metric metrics = 2; }
  message ResourceMetrics { Resource resource = 1; repeated ScopeMetrics scope_metrics = 2; }
  message MetricsData { repeated ResourceMetrics resource_metrics = 1; }
`;
const MetricsData = protobuf.parse(METRICS_PROTO).root.lookupType('MetricsData');

test('the memory of a pod is read from OTLP protobuf too', async () => {
  const memory = {
    name: 'process.runtime.cpython.memory',
    unit: 'By',
    gauge: {
      dataPoints: [
        at(1, { asDouble: 40.5 }, attribute('type', 'rss')),
        at(1, { asInt: '9000' }, attribute('type', 'vms')),
        at(2, { asInt: '39' }, attribute('type', 'rss')),
      ],
    },
  };
  const counter = { ...usage(300), sum: { ...usage(300).sum, isMonotonic: true } };
  const measured = metrics([memory, counter], [{ ...memory, gauge: { dataPoints: [at(1, { asInt: '-7' })] } }]);
  const bytes = MetricsData.encode(MetricsData.fromObject(measured)).finish();
  for (const chunks of [[], [7]]) {
    const { table, issues, failure, format } = await decode(bytes, { chunks });
    expect({ format, failure, issues }).toEqual({
      format: 'OTLP protobuf',
      failure: null,
      issues: [expect.objectContaining({ code: 'metrics', count: 2 })],
    });
    expect(pods(table)).toEqual([
      [
        ['service.name', 'cart'],
        ['k8s.pod.name', 'cart-0'],
        ['max(process.runtime.*.memory)', 40.5],
      ],
    ]);
  }
});

/** What the table says of each pod. */
function pods({ attributes, resources }: SpanTable) {
  return Array.from(resources.service, (_, slot) =>
    attributeList(attributes, resources.shape[slot], resources.offset[slot]).map(({ key, value }) => [key, value]),
  ).filter((list) => list.some(([key]) => String(key).startsWith('max(')));
}

test('the memory of a pod is the same whoever decodes the chunks that tell of it', async () => {
  const line = (i: number) => `${JSON.stringify(metrics([usage(100 + ((i * 7) % 50))], [usage(i)]))}\n`;
  const ofNobody = `${JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [usage(1)] }] }] })}\n`;
  const content = `${JSON.stringify(spans)}\n${Array.from({ length: 200 }, (_, i) => line(i) + ofNobody).join('')}`;
  const alone = await decode(content);
  const { workers, log } = fakeWorkers({ count: 2 });
  const pool = smallPool(workers, 2000);
  const pooled = await decode(content, { pool });
  pool.end();
  expect(log.orders).toBeGreaterThan(10);
  expect(pods(pooled.table)).toEqual(pods(alone.table));
  expect(pooled.issues).toEqual(alone.issues);
  expect(alone.issues).toEqual([expect.objectContaining({ code: 'metrics', count: 200 })]);
  expect(pods(alone.table).map((list) => list.at(-1))).toEqual([
    ['max(process.memory.usage)', 149],
    ['max(process.memory.usage)', 199],
  ]);
});

test('the memory of a pod does not depend on how damaged bytes are cut into chunks', async () => {
  const json = new TextEncoder().encode(JSON.stringify({ ...metrics([usage(100, 300)], [usage(7)]), ...spans }));
  const protobuf = MetricsData.encode(MetricsData.fromObject(metrics([usage(100, 300)], [usage(7)]))).finish();
  const random = randomNumbers(3);
  for (const bytes of [json, protobuf]) {
    for (let i = 0; i < 150; i++) {
      const damaged = mutated(bytes, random);
      const whole = await decode(damaged);
      const pieces = await decode(damaged, { chunks: [7, 1, 50, 300] });
      const where = `case ${i}: ${Buffer.from(damaged).toString('base64')}`;
      expect(pods(pieces.table), where).toEqual(pods(whole.table));
      expect([pieces.failure, pieces.issues], where).toEqual([whole.failure, whole.issues]);
    }
  }
});
