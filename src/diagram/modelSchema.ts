import * as z from 'zod/mini';
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

const hopSchema = z.strictObject({
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
  summarised: z.exactOptional(count),
  memory: z.exactOptional(z.strictObject({ bytes: count, pods: count, gauge: name })),
  firstStartMs: z.number().check(z.gte(-1e15), z.lte(1e15)),
  operations: z.array(z.strictObject({ name, shareMs: ms, visits: count })).check(z.maxLength(100)),
  budget,
});

const boundarySchema = z.strictObject({
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

const notes = z.strictObject({
  repairedTraces: count,
  adopted: count,
  outside: count,
  cut: count,
  backwards: count,
  timeless: z.exactOptional(count),
  shifted: count,
  summaries: count,
  summarised: count,
  isPartial: z.boolean(),
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
  notes: z.exactOptional(notes),
  hops: z.array(hopSchema).check(z.minLength(1), z.maxLength(MOST_HOPS)),
  boundaries: z.array(boundarySchema).check(z.maxLength(MOST_BOUNDARIES)),
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
