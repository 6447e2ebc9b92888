import { describe, expect, test } from 'vitest';
import { analysed } from '../helpers/analysed.ts';

const text = `
  web.cdn GET 0..100 server state=ot=th:c
    go.gateway GET 10..90 server
      shop GET 20..80 server
        shop render 30..40 internal
        jobs handle 70..500 consumer

  web.cdn GET 2000..2100 server error state=ot=th:0
    shop GET 2020..2080 server

  shop lone 3000..3010 internal parent=99
`;
const resources = {
  'web.cdn': { 'telemetry.sdk.language': 'nodejs', 'cloud.region': 'eu' },
  'go.gateway': { 'telemetry.sdk.language': 'go', 'cloud.region': 'eu' },
  shop: { 'telemetry.sdk.language': 'go', 'cloud.region': 'us' },
};

describe('summarise', () => {
  const { summary, paths } = analysed(text, undefined, resources);

  test('summarise counts requests, errors and handled requests by weight', () => {
    expect(summary).toMatchObject({ spans: 8, traces: 3, requests: 6, errors: 1, regions: 2, seconds: 3 });
    // The gateway 4, shop 4 + 1, the consumer 4; the edge handles none, nor do internal spans.
    expect(summary).toMatchObject({ handled: 13, handledPerSecond: 13 / 3 });
    expect(summary.runtimes).toEqual([
      { runtime: 'go', handled: 9, perSecond: 3 },
      { runtime: 'unknown', handled: 4, perSecond: 4 / 3 },
    ]);
  });

  test('summarise lists every service', () => {
    expect(summary.services).toEqual([
      { name: 'go.gateway', layer: 'gateway', runtime: 'go', spans: 1, handled: 4 },
      { name: 'jobs', layer: 'service', runtime: null, spans: 1, handled: 4 },
      { name: 'shop', layer: 'service', runtime: 'go', spans: 4, handled: 5 },
      { name: 'web.cdn', layer: 'edge', runtime: 'node', spans: 2, handled: 5 },
    ]);
  });

  test('summarise counts what assembly and skew repaired', () => {
    expect(summary.problems).toEqual({
      invalidIds: 0,
      duplicates: 0,
      orphans: 1,
      cycles: 0,
      negativeDurations: 0,
      skewed: 0,
    });
  });

  test('a path counts the regions of its spans', () => {
    expect(paths.map(({ entry, regions }) => [entry, regions])).toEqual([
      ['web.cdn', 2],
      ['shop', 1],
    ]);
  });
});

describe('histogram', () => {
  test('a histogram holds every request by weight, in readable bins up to a bit above p99', () => {
    const many = Array.from({ length: 200 }, (_, i) => `a GET 0..${i + 1} server state=ot=th:8`).join('\n\n');
    const [path] = analysed(many).paths;
    const { binMs, counts } = path.histogram ?? { binMs: 0, counts: [] };
    expect(binMs).toBe(2.5);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(counts.length).toBeLessThanOrEqual(100);
    expect(binMs * (counts.length - 1)).toBeGreaterThan(path.at.p99.totalMs);
    // 1, 2 · 3, 4 · 5, 6, 7 ms, each of them twice.
    expect(counts.slice(0, 3)).toEqual([4, 4, 6]);
  });

  test('a histogram puts what is far beyond p99 into its last bin', () => {
    const many = [...Array.from({ length: 999 }, () => 'a GET 0..1 server'), 'a GET 0..100000 server'].join('\n\n');
    const { counts } = analysed(many).paths[0].histogram ?? { counts: [] };
    expect(counts.at(-1)).toBe(1);
  });

  test('a histogram of requests without duration has one bin for them', () => {
    expect(analysed('a GET 5..5 server').paths[0].histogram).toEqual({ binMs: 1, counts: [1, 0] });
  });
});
