import { expect, test } from 'vitest';
import { runCli } from '../helpers/runCli.ts';

const attribute = (key: string, value: object) => ({ key, value });
const text = (key: string, stringValue: string) => attribute(key, { stringValue });
const number = (key: string, intValue: number) => attribute(key, { intValue: String(intValue) });
const resource = { attributes: [text('service.name', 'cart'), text('k8s.pod.name', 'cart-7f')] };
const span = (
  id: number,
  parent: number,
  name: string,
  from: number,
  to: number,
  kind: number,
  attributes: object[],
) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: `000000000000000${id}`,
  ...(parent > 0 && { parentSpanId: `000000000000000${parent}` }),
  name,
  kind,
  startTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(from) * 1_000_000n),
  endTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(to) * 1_000_000n),
  attributes,
});
const summary = [
  text('db.system', 'redis'),
  attribute('aggregation.is_summary', { boolValue: true }),
  number('aggregation.span_count', 14),
  number('aggregation.duration_total_ns', 20_000_000),
];
const spans = [span(1, 0, 'GET /cart', 0, 50, 2, []), span(2, 1, 'GET', 5, 45, 3, summary)];
const dataPoints = [{ timeUnixNano: '1', asInt: '340123456' }];
const INPUT = [
  { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] },
  {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [{ metrics: [{ name: 'process.memory.usage', unit: 'By', sum: { dataPoints } }] }],
      },
    ],
  },
]
  .map((document) => JSON.stringify(document))
  .join('\n');

test('inspect tells of summary spans, and of the memory of pods', async () => {
  const { code, stdout } = await runCli(['inspect', '-'], INPUT);
  expect(code).toBe(0);
  expect(stdout).toContain('info: Summary spans (of the Collector’s spanpruning processor) count as the 14 spans');
  expect(stdout).toMatch(/redis \(resp\) +14 \(14 summarised\) +20 +20 +20/);
  expect(stdout).toContain('\nmemory peak per pod: cart 340 MB\n');
});

test('inspect --json has both where they are known, and not where they are not', async () => {
  const { stdout } = await runCli(['inspect', '--json', '-'], INPUT);
  const [cart, redis] = JSON.parse(stdout).paths[0].hops;
  expect(cart).toMatchObject({ id: 'cart', visits: 1, peak_memory_bytes: 340_123_456 });
  expect(redis).toMatchObject({ id: 'redis', visits: 14, summarised: 14 });
  expect([Object.keys(cart), Object.keys(redis)].flat().filter((key) => /summarised|memory/.test(key))).toHaveLength(2);
});
