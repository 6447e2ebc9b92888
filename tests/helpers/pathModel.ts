import type { Boundary, Estimate, Exemplar, Hop, PathView, RequestPath, Segment } from '../../src/analyse/model.ts';
import type { Layer } from '../../src/config/layers.ts';
import { PERCENTILES, PERCENTILE_KEYS, type PercentileKey } from '../../src/config/percentiles.ts';

/**
 * Request paths without spans: a few lines say hops, lines and shares, the rest follows.
 *
 *     pathModel({ hops: [{ id: 'api', share: 7 }], lines: [] })
 */
export interface HopSpec {
  readonly id: string;
  readonly layer?: Layer;
  /** ms at p50. */
  readonly share: number;
  readonly ownP99?: number;
  readonly budget?: number;
  readonly runtime?: string;
  readonly role?: string;
  readonly note?: string;
  readonly isAsync?: boolean;
  readonly origin?: Hop['origin'];
}

export interface LineSpec {
  readonly from: string;
  readonly to: string;
  readonly protocol?: string;
  /** ms at p50; absent where the line is not measured. */
  readonly share?: number;
  readonly isAsync?: boolean;
  readonly isAdopted?: boolean;
}

export interface PathSpec {
  readonly name?: string;
  readonly hops: readonly HopSpec[];
  readonly lines: readonly LineSpec[];
  readonly ceilingP99?: number;
  readonly isResolved?: boolean;
  readonly weighting?: RequestPath['weighting'];
  readonly finding?: {
    readonly headline: readonly string[];
    readonly details: readonly string[];
    readonly hop: number | null;
  };
  /** Total at a percentile over that at p50. */
  readonly tail?: Partial<Record<PercentileKey, number>>;
  /** [hop, ms] or ['from→to', ms] in order of time; else every hop once, in order. */
  readonly segments?: readonly (readonly [string, number])[];
}

export function pathModel(spec: PathSpec): RequestPath {
  const hops = spec.hops.map(hopOf);
  const boundaries = spec.lines.map(boundaryOf);
  const tail = { p50: 1, p95: 2.4, p99: 3.8, ...spec.tail };
  const at = Object.fromEntries(PERCENTILE_KEYS.map((key) => [key, viewOf(spec, key, tail[key])]));
  return {
    name: spec.name ?? 'GET /',
    entry: spec.hops[0]?.id ?? 'none',
    traces: 4805,
    requests: 170_400,
    errors: 5,
    weighting: spec.weighting ?? 'weighted',
    effectiveTraces: 4000,
    requestsPerSecond: 47_204,
    seconds: 60,
    regions: 4,
    hops,
    boundaries,
    ceiling: spec.ceilingP99 === undefined ? {} : { p99: spec.ceilingP99 },
    at: at as unknown as RequestPath['at'],
    histogram: null,
  };
}

/** The figure: `GET /catalog/:id`, 47 ms from edge to disk and back. */
export function catalogPath(): RequestPath {
  return pathModel({
    name: 'GET /catalog/:id',
    ceilingP99: 180,
    tail: { p95: 112 / 47, p99: 180 / 47 },
    hops: [
      {
        id: 'cf.workers',
        layer: 'edge',
        share: 7,
        ownP99: 13,
        budget: 8,
        runtime: 'workers',
        role: 'POP',
        note: 'auth verify',
      },
      { id: 'go.gateway', layer: 'gateway', share: 3, ownP99: 8, budget: 5, runtime: 'go', note: 'route + ratelimit' },
      { id: 'go.svc / catalog', share: 12, ownP99: 31, budget: 15, runtime: 'go', note: 'business rules' },
      { id: 'rust.core / score', share: 4, ownP99: 4.2, budget: 5, runtime: 'rust', note: 'SIMD ranking' },
      { id: 'elixir.realtime', share: 2, ownP99: 6, budget: 3, runtime: 'elixir', note: 'broadcast' },
      {
        id: 'redis · cache',
        layer: 'data',
        share: 0.4,
        ownP99: 2.4,
        budget: 1,
        runtime: 'resp',
        note: '91% hit',
        origin: 'database',
      },
      {
        id: 'postgres · primary',
        layer: 'data',
        share: 18,
        ownP99: 94,
        budget: 16,
        runtime: 'sql',
        note: 'indexed read',
        origin: 'database',
      },
    ],
    lines: [
      { from: 'cf.workers', to: 'go.gateway', protocol: 'http', share: 0.3 },
      { from: 'go.gateway', to: 'go.svc / catalog', protocol: 'grpc', share: 0.1 },
      { from: 'go.svc / catalog', to: 'rust.core / score', protocol: 'grpc', share: 0.1 },
      { from: 'go.svc / catalog', to: 'elixir.realtime', protocol: 'nats', share: 0.1 },
      { from: 'go.svc / catalog', to: 'redis · cache', protocol: 'resp' },
      { from: 'go.svc / catalog', to: 'postgres · primary', protocol: 'sql' },
    ],
    finding: {
      headline: ['postgres · primary is the bottleneck:', '18 of 47 ms (38%), 2 ms over its 16 ms budget.'],
      details: [
        'It is the runtime, not the boundary:',
        'all boundaries together cost 0.6 ms (1%).',
        'The tail is postgres too: 94 of 180 ms at p99.',
      ],
      hop: 6,
    },
    segments: [
      ['cf.workers', 5],
      ['cf.workers→go.gateway', 0.15],
      ['go.gateway', 2],
      ['go.gateway→go.svc / catalog', 0.05],
      ['go.svc / catalog', 3],
      ['redis · cache', 0.4],
      ['go.svc / catalog', 2],
      ['postgres · primary', 18],
      ['go.svc / catalog', 4],
      ['go.svc / catalog→rust.core / score', 0.05],
      ['rust.core / score', 4],
      ['go.svc / catalog→rust.core / score', 0.05],
      ['go.svc / catalog', 2],
      ['go.svc / catalog→elixir.realtime', 0.05],
      ['elixir.realtime', 2],
      ['go.svc / catalog→elixir.realtime', 0.05],
      ['go.svc / catalog', 1],
      ['go.gateway→go.svc / catalog', 0.05],
      ['go.gateway', 1],
      ['cf.workers→go.gateway', 0.15],
      ['cf.workers', 2],
    ],
  });
}

function hopOf(spec: HopSpec, index: number): Hop {
  return {
    id: spec.id,
    layer: spec.layer ?? 'service',
    layerReason: 'It has spans of its own.',
    origin: spec.origin ?? 'service',
    runtime: spec.runtime ?? null,
    role: spec.role ?? null,
    note: spec.note ?? null,
    isAsync: spec.isAsync ?? false,
    traces: 4805,
    visits: 1,
    firstStartMs: index,
    operations: [{ name: `GET ${spec.id}`, shareMs: spec.share, visits: 1 }],
    budget: spec.budget === undefined ? {} : { p50: spec.budget },
  };
}

function boundaryOf(spec: LineSpec): Boundary {
  return {
    from: spec.from,
    to: spec.to,
    protocol: spec.protocol ?? null,
    isMeasured: spec.share !== undefined,
    isAsync: spec.isAsync ?? false,
    isAdopted: spec.isAdopted ?? false,
    traces: 4805,
    budget: {},
  };
}

function viewOf(spec: PathSpec, key: PercentileKey, factor: number): PathView {
  const hops = spec.hops.map((hop): Estimate => {
    const shareMs = hop.isAsync === true ? 0 : hop.share * factor;
    const ownMs =
      hop.isAsync === true
        ? null
        : key === 'p99'
          ? Math.max(hop.ownP99 ?? shareMs, hop.share)
          : key === 'p50'
            ? hop.share
            : shareMs;
    const isBounded = key === 'p50' && hop.budget !== undefined;
    return {
      shareMs,
      ownMs,
      isOwnResolved: true,
      interval: ownMs === null ? null : { lowMs: ownMs * 0.97, highMs: ownMs * 1.03 },
      ...(isBounded && {
        verdict: hop.share > (hop.budget ?? 0) ? 'over' : hop.share > 0.9 * (hop.budget ?? 0) ? 'near' : 'within',
      }),
    };
  });
  const boundaries = spec.lines.map((line): Estimate => {
    const isMeasured = line.share !== undefined && line.isAsync !== true;
    const shareMs = isMeasured ? (line.share ?? 0) * factor : 0;
    return { shareMs, ownMs: isMeasured ? shareMs : null, isOwnResolved: true, interval: null };
  });
  const totalMs = [...hops, ...boundaries].reduce((sum, { shareMs }) => sum + shareMs, 0);
  const ceiling = key === 'p99' ? spec.ceilingP99 : undefined;
  return {
    percentile: PERCENTILES[key],
    totalMs,
    isResolved: spec.isResolved ?? true,
    interval: { lowMs: totalMs * 0.97, highMs: totalMs * 1.03 },
    ...(ceiling !== undefined && { verdict: totalMs > ceiling + 1e-9 ? 'over' : 'near' }),
    hops,
    boundaries,
    exemplar: exemplarOf(spec, hops, totalMs, factor),
    finding: spec.finding ?? {
      headline: [`${spec.hops[0]?.id} takes the most.`],
      details: ['No boundary was measured.'],
      hop: null,
    },
  };
}

function exemplarOf(spec: PathSpec, hops: readonly Estimate[], totalMs: number, factor: number): Exemplar {
  const parts: (readonly [string, number])[] = spec.segments
    ? spec.segments.map(([account, ms]) => [account, ms * factor])
    : spec.hops.flatMap((hop, index): (readonly [string, number])[] =>
        hops[index].shareMs > 0 ? [[hop.id, hops[index].shareMs]] : [],
      );
  let startMs = 0;
  const segments = parts.map(([account, ms]): Segment => {
    const hop = spec.hops.findIndex(({ id }) => id === account);
    const boundary = spec.lines.findIndex(({ from, to }) => `${from}→${to}` === account);
    const segment = {
      hop: hop < 0 ? null : hop,
      boundary: boundary < 0 ? null : boundary,
      startMs,
      endMs: startMs + ms,
    };
    startMs += ms;
    return segment;
  });
  return {
    trace: 17,
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    totalMs: segments.at(-1)?.endMs ?? totalMs,
    segments,
  };
}
