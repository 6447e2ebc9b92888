import * as z from 'zod/mini';
import type { PathView, RequestPath } from '../analyse/model.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { LAYERS } from '../config/layers.ts';

/**
 * What an exported SVG holds of its path, checked field by field on the way in: an SVG comes from anywhere.
 *
 *     { hopline: 1, options: {…}, path: RequestPath, view: "p50" | PathView }
 *
 * As in model.ts but for exemplars: their stretches are [account, end] pairs, the account being the index of a hop, or
 * −1 − the index of a boundary; each begins where the one before it ends.
 */
const MOST_HOPS = 5_000;
const MOST_BOUNDARIES = 50_000;
const MOST_STRETCHES = 1_000_000;

const name = z.string().check(z.maxLength(100_000));
const ms = z.number().check(z.gte(0), z.lte(1e15));
const count = z.number().check(z.gte(0), z.lte(1e18));
const layer = z.enum(LAYERS);
const budget = z.strictObject({ p50: z.exactOptional(ms), p95: z.exactOptional(ms), p99: z.exactOptional(ms) });
const verdict = z.enum(['within', 'near', 'over', 'insufficient']);
const interval = z.strictObject({ lowMs: z.nullable(ms), highMs: z.nullable(ms) });
const sentences = z.array(name).check(z.maxLength(20));
const index = z.int().check(z.gte(0));

const hop = z.strictObject({
  id: name,
  layer,
  layerReason: name,
  origin: z.enum(['service', 'database', 'messaging', 'peer']),
  runtime: z.nullable(name),
  role: z.nullable(name),
  note: z.nullable(name),
  isAsync: z.boolean(),
  traces: count,
  visits: count,
  firstStartMs: z.number().check(z.gte(-1e15), z.lte(1e15)),
  operations: z.array(z.strictObject({ name, shareMs: ms, visits: count })).check(z.maxLength(100)),
  budget,
});

const boundary = z.strictObject({
  from: name,
  to: name,
  protocol: z.nullable(name),
  isMeasured: z.boolean(),
  isAsync: z.boolean(),
  isAdopted: z.boolean(),
  traces: count,
  budget,
});

const estimate = z.strictObject({
  shareMs: ms,
  ownMs: z.nullable(ms),
  isOwnResolved: z.boolean(),
  interval: z.nullable(interval),
  verdict: z.exactOptional(verdict),
});

const exemplar = z.strictObject({
  totalMs: ms,
  stretches: z.array(z.tuple([z.int(), ms])).check(z.maxLength(MOST_STRETCHES)),
});

const view = z.strictObject({
  percentile: z.number().check(z.gt(0), z.lt(1)),
  totalMs: ms,
  isResolved: z.boolean(),
  interval,
  verdict: z.exactOptional(verdict),
  hops: z.array(estimate).check(z.maxLength(MOST_HOPS)),
  boundaries: z.array(estimate).check(z.maxLength(MOST_BOUNDARIES)),
  exemplar: z.nullable(exemplar),
  finding: z.strictObject({ headline: sentences, details: sentences, hop: z.nullable(index) }),
});

const path = z.strictObject({
  name,
  entry: name,
  traces: count,
  requests: count,
  errors: count,
  weighting: z.enum(['weighted', 'unweighted', 'mixed']),
  effectiveTraces: count,
  requestsPerSecond: z.nullable(count),
  seconds: count,
  regions: count,
  hops: z.array(hop).check(z.minLength(1), z.maxLength(MOST_HOPS)),
  boundaries: z.array(boundary).check(z.maxLength(MOST_BOUNDARIES)),
  ceiling: budget,
  at: z.strictObject({ p50: view, p95: view, p99: view }),
});

export const modelSchema = z.strictObject({
  hopline: z.literal(1),
  options: z.strictObject({
    width: z.int().check(z.gte(GEOMETRY.minWidth), z.lte(GEOMETRY.maxWidth)),
    theme: z.enum(['auto', 'light', 'dark']),
    openLayers: z.array(layer).check(z.maxLength(LAYERS.length)),
  }),
  path,
  view: z.union([z.enum(['p50', 'p95', 'p99']), view]),
});

export type Model = z.infer<typeof modelSchema>;
export type ModelView = z.infer<typeof view>;

/** The view as the SVG holds it. Trace numbers and ids stay behind: they mean nothing outside their dataset. */
export function packView({ exemplar: shown, ...rest }: PathView): ModelView {
  return mutable({
    ...rest,
    exemplar: shown && {
      totalMs: shown.totalMs,
      stretches: shown.segments.map((segment) => [segment.hop ?? -1 - (segment.boundary ?? 0), segment.endMs]),
    },
  });
}

export function unpackView({ exemplar: packed, ...rest }: ModelView): PathView {
  if (packed === null) return { ...rest, exemplar: null };
  const segments = packed.stretches.map(([account, endMs], at) => ({
    hop: account >= 0 ? account : null,
    boundary: account >= 0 ? null : -1 - account,
    startMs: packed.stretches[at - 1]?.[1] ?? 0,
    endMs,
  }));
  return { ...rest, exemplar: { trace: null, traceId: null, totalMs: packed.totalMs, segments } };
}

export function packPath({ histogram: _, at, ...rest }: RequestPath): Model['path'] {
  return mutable({ ...rest, at: { p50: packView(at.p50), p95: packView(at.p95), p99: packView(at.p99) } });
}

export function unpackPath({ at, ...rest }: Model['path']): RequestPath {
  return { ...rest, at: { p50: unpackView(at.p50), p95: unpackView(at.p95), p99: unpackView(at.p99) }, histogram: null };
}

/** What a schema cannot say: lists that belong together are as long as one another, indexes and names lead somewhere. */
export function contradictionIn({ path: checked, view: shown }: Model): string | null {
  const ids = new Set(checked.hops.map(({ id }) => id));
  if (ids.size < checked.hops.length) return 'two hops have the same name';
  if (checked.boundaries.some(({ from, to }) => !ids.has(from) || !ids.has(to))) return 'a boundary leads to no hop';
  const views = [checked.at.p50, checked.at.p95, checked.at.p99, ...(typeof shown === 'string' ? [] : [shown])];
  for (const { hops, boundaries, exemplar: trace, finding, totalMs } of views) {
    if (hops.length !== checked.hops.length || boundaries.length !== checked.boundaries.length) return 'an estimate is missing';
    if (finding.hop !== null && finding.hop >= hops.length) return 'the finding names no hop';
    const sum = [...hops, ...boundaries].reduce((total, { shareMs }) => total + shareMs, 0);
    if (Math.abs(sum - totalMs) > 1e-6 * Math.max(1, totalMs)) return 'its shares do not add up to its total';
    let before = 0;
    for (const [account, endMs] of trace?.stretches ?? []) {
      const isKnown = account >= 0 ? account < hops.length : -1 - account < boundaries.length;
      if (!isKnown || endMs < before || endMs > (trace?.totalMs ?? 0) * (1 + 1e-6)) return 'its exemplar is not in order';
      before = endMs;
    }
  }
  return null;
}

/** A deep copy: what the schema infers is not readonly, and what is exported must not hang on what is shown. */
function mutable<T>(value: unknown): T {
  return structuredClone(value) as T;
}
