import { expect, test } from 'vitest';
import { inspectJson, inspectReport } from '../../src/analyse/inspectReport.ts';
import { analysed } from '../helpers/analysed.ts';

test('inspectReport is what section 9 says, key by key', () => {
  const report = inspectReport(
    analysed(`
      a GET 0..100 server error
        a call 10..60 client [rpc.system=grpc]
          b serve 20..50 server
        a SELECT 60..80 client [db.system=mysql]
        a publish 80..90 producer
          c handle 85..300 consumer
            d serve 100..200 server
    `),
  );
  const all = (ms: number) => ({ p50: ms, p95: ms, p99: ms });
  const hop = { layer: 'service', runtime: null, traces: 1, visits: 1 };
  expect(report).toEqual({
    spans: 7,
    traces: 1,
    services: 4,
    problems: { invalidIds: 0, duplicates: 0, orphans: 0, cycles: 0, negativeDurations: 0, skewed: 0 },
    issues: [],
    paths: [
      {
        name: 'GET',
        entry: 'a',
        traces: 1,
        requests: 1,
        errors: 1,
        total_ms: all(100),
        hops: [
          { id: 'a', ...hop, own_ms: all(20), share_ms: all(20) },
          { id: 'b', ...hop, own_ms: all(30), share_ms: all(30) },
          { id: 'mysql', ...hop, layer: 'data', runtime: 'sql', own_ms: all(20), share_ms: all(20) },
        ],
        boundaries: [
          { from: 'a', to: 'b', protocol: 'grpc', measured: true, traces: 1, own_ms: all(20), share_ms: all(20) },
          { from: 'a', to: 'mysql', protocol: 'sql', measured: false, traces: 1 },
          { from: 'a', to: 'c', protocol: null, measured: true, traces: 1, own_ms: all(10), share_ms: all(10) },
        ],
      },
    ],
  });
});

test('inspectJson is the report in pieces: with no path, with one, with several, with names that have line feeds', () => {
  const path = (service: string, name: string): string => `
    ${service} ${name} 0..100 server
      ${service} SELECT 10..60 client [db.system=mysql]
  `;
  const analyses = [[], ['a'], ['a', 'b', 'c']].map((services) =>
    analysed(services.map((service) => path(service, 'GET')).join('\n\n')),
  );
  expect(analyses.map(({ paths }) => paths.length)).toEqual([0, 1, 3]);
  const issues = [
    {
      code: 'truncated',
      severity: 'error',
      message: 'The input ends.\nIt does: [] "paths": [',
      count: 1,
      firstAt: null,
    },
  ] as const;
  for (const analysis of analyses) {
    const whole = JSON.stringify(inspectReport(analysis, issues), null, 2);
    expect([...inspectJson(analysis, issues)].join('')).toBe(`${whole}\n`);
  }
});
