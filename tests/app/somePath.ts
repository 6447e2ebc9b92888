import type { Boundary, Estimate, Hop, PathView, RequestPath } from '../../src/analyse/model.ts';
import { PERCENTILES, type PercentileKey } from '../../src/config/percentiles.ts';

/** A path of two hops and a line: web 6 ms, line 1 ms, postgres 3 ms at p50; ten times that at p99. */
export function somePath(changes: Partial<RequestPath> = {}): RequestPath {
  return {
    name: 'GET /cart',
    entry: 'web',
    traces: 200,
    requests: 400,
    errors: 4,
    weighting: 'weighted',
    effectiveTraces: 200,
    requestsPerSecond: 20,
    seconds: 20,
    regions: 1,
    hops: [someHop({ id: 'web' }), someHop({ id: 'postgres · primary', layer: 'data', runtime: 'sql' })],
    boundaries: [someBoundary({ from: 'web', to: 'postgres · primary' })],
    ceiling: {},
    at: { p50: someView('p50', 1), p95: someView('p95', 5), p99: someView('p99', 10) },
    histogram: { binMs: 10, counts: [300, 80, 10, 10] },
    ...changes,
  };
}

export function someHop(changes: Partial<Hop> = {}): Hop {
  return {
    id: 'web',
    layer: 'service',
    layerReason: 'It serves requests.',
    origin: 'service',
    runtime: 'go',
    role: null,
    note: null,
    isAsync: false,
    traces: 200,
    visits: 1,
    firstStartMs: 0,
    operations: [],
    budget: {},
    ...changes,
  };
}

export function someBoundary(changes: Partial<Boundary> = {}): Boundary {
  return {
    from: 'web',
    to: 'api',
    protocol: 'http',
    isMeasured: true,
    isAsync: false,
    isAdopted: false,
    traces: 200,
    budget: {},
    ...changes,
  };
}

export function someEstimate(ms: number, changes: Partial<Estimate> = {}): Estimate {
  return { shareMs: ms, ownMs: ms, isOwnResolved: true, interval: { lowMs: ms * 0.9, highMs: ms * 1.1 }, ...changes };
}

export function someView(key: PercentileKey, times: number, changes: Partial<PathView> = {}): PathView {
  return {
    percentile: PERCENTILES[key],
    totalMs: 10 * times,
    isResolved: true,
    interval: { lowMs: 9 * times, highMs: 11 * times },
    hops: [someEstimate(6 * times), someEstimate(3 * times)],
    boundaries: [someEstimate(times)],
    exemplar: null,
    finding: { headline: ['web is the bottleneck'], details: [], hop: 0 },
    ...changes,
  };
}
