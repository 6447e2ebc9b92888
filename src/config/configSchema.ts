import * as z from 'zod/mini';
import { didYouMean } from '../base/didYouMean.ts';
import { BOUNDARY, boundaryName as boundaryId, parseBoundary } from './boundaryName.ts';
import { DURATION, DURATION_EXPECTED, parseDuration } from './duration.ts';
import type { HoplineConfig } from './hoplineConfig.ts';
import { LAYERS } from './layers.ts';

/**
 * The shape of `hopline.yaml`. Each message is the end of the sentence "expected …"; that of an unknown key is a
 * sentence of its own. What each key means is in configJsonSchema.ts, for editors.
 *
 *     theme: auto
 *     layers: [{ layer: gateway, hop: envoy-* }]      before the built-in rules
 *     renames: { go.svc / catalogue: go.svc / catalog }
 *     groups: { GET /catalog/:id: [GET /v1/catalog/*, GET /v2/catalog/*] }
 *     hops: { cf.workers: { role: POP, note: auth verify } }
 *     tolerances: { near: 80%, over: 105% }
 *     paths:
 *       GET /catalog/*:                               a path's name, as in the list of request paths, or a pattern
 *         ceiling: { p99: 180ms }
 *         hops: { go.gateway: { budget: { p50: 5ms } } }
 *         boundaries: { cf.workers → go.gateway: { budget: { p50: 2ms } } }
 */
const PERCENT = /^\d+(\.\d+)? ?%$/;
const PERCENT_EXPECTED = 'a part of the budget in percent, such as 90%';
const BOUNDARY_EXPECTED = 'two hops and an arrow, such as cf.workers → go.gateway or cf.workers -> go.gateway';
const PATTERNS_EXPECTED = 'a mapping of attributes to patterns, such as { cloud.provider: fastly }';

const text = z.string({ error: 'text' });
const filled = z.string({ error: 'text' }).check(z.minLength(1, 'a name'));

const duration = z.pipe(
  z.string({ error: DURATION_EXPECTED }).check(z.regex(DURATION, DURATION_EXPECTED)),
  z.transform((value, context) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== null) return milliseconds;
    context.issues.push({ code: 'custom', message: DURATION_EXPECTED, input: value });
    return z.NEVER;
  }),
);

const percent = z.pipe(
  z.string({ error: PERCENT_EXPECTED }).check(z.regex(PERCENT, PERCENT_EXPECTED)),
  z.transform((value) => Number((Number.parseFloat(value) / 100).toPrecision(12))),
);

const budgetFields = { p50: z.exactOptional(duration), p95: z.exactOptional(duration), p99: z.exactOptional(duration) };
const budget = z.strictObject(budgetFields, {
  error: expecting('budgets such as { p50: 16ms, p99: 100ms }', budgetFields),
});

const hopFields = { role: z.exactOptional(text), note: z.exactOptional(text), budget: z.exactOptional(budget) };
const hop = z.strictObject(hopFields, { error: expecting('a mapping of role, note and budget', hopFields) });
const hops = z.record(z.string(), hop, { error: 'a mapping of hops by name' });

const boundaryFields = { budget: z.exactOptional(budget) };
const boundary = z.strictObject(boundaryFields, { error: expecting('a mapping with budget', boundaryFields) });
const boundaryName = z.string().check(z.regex(BOUNDARY, BOUNDARY_EXPECTED));
const boundaries = z
  .record(boundaryName, boundary, { error: 'a mapping of boundaries by name' })
  .check(({ value, issues }) => {
    const known = new Set<string>();
    for (const key of Object.keys(value)) {
      const boundary = parseBoundary(key);
      const name = boundary === null ? key : boundaryId(boundary);
      if (known.has(name)) issues.push(repeatedKey(key, `each boundary once, and “${name}” stands above`, value));
      known.add(name);
    }
  });

const pathFields = {
  ceiling: z.exactOptional(budget),
  hops: z.exactOptional(hops),
  boundaries: z.exactOptional(boundaries),
};
const path = z.strictObject(pathFields, { error: expecting('a mapping of ceiling, hops and boundaries', pathFields) });
const paths = z.record(z.string(), path, { error: 'a mapping of request paths by name' });

const patterns = z.record(z.string(), text, { error: PATTERNS_EXPECTED });
const layerFields = {
  layer: z.enum(LAYERS, { error: `one of ${LAYERS.join(', ')}` }),
  why: z.exactOptional(text),
  hop: z.exactOptional(filled),
  scope: z.exactOptional(filled),
  resource: z.exactOptional(patterns),
  span: z.exactOptional(patterns),
  call: z.exactOptional(patterns),
};
const layerRule = z
  .strictObject(layerFields, { error: expecting('a rule such as { layer: gateway, hop: envoy-* }', layerFields) })
  .check(
    z.refine(
      ({ hop: name, scope, resource, span, call }) => [name, scope, resource, span, call].some((x) => x !== undefined),
      'a rule that says what it matches: hop, scope, resource, span or call',
    ),
  );

const oneOrMore = z.pipe(
  z.union([filled, z.array(filled)], { error: 'the name of a path or a list of names, * for anything' }),
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
);

const toleranceFields = { near: z.exactOptional(percent), over: z.exactOptional(percent) };
const tolerances = z
  .strictObject(toleranceFields, {
    error: expecting('tolerances such as { near: 90%, over: 100% }', toleranceFields),
  })
  .check(
    z.refine(
      ({ near, over }) => near === undefined || over === undefined || near <= over,
      'an “over” of no less than “near”: both are parts of the budget, such as 90% and 105%',
    ),
  );

const fileFields = {
  theme: z.exactOptional(z.enum(['auto', 'light', 'dark'], { error: 'auto, light or dark' })),
  layers: z.exactOptional(z.array(layerRule, { error: 'a list of rules such as { layer: gateway, hop: envoy-* }' })),
  builtInLayers: z.exactOptional(z.boolean({ error: 'true or false' })),
  renames: z.exactOptional(z.record(z.string(), filled, { error: 'a mapping of old names to new ones' })),
  groups: z.exactOptional(z.record(z.string(), oneOrMore, { error: 'a mapping of path names to what they stand for' })),
  hops: z.exactOptional(hops),
  tolerances: z.exactOptional(tolerances),
  paths: z._default(paths, {}),
};
export const configSchema: z.ZodMiniType<HoplineConfig> = z.strictObject(fileFields, {
  error: expecting('a mapping with paths', fileFields),
});

function repeatedKey(key: string, message: string, input: unknown): z.core.$ZodRawIssue {
  return {
    code: 'invalid_key',
    origin: 'record',
    path: [key],
    issues: [{ code: 'custom', message, path: [], input }],
    input,
  };
}

function expecting(expected: string, fields: Readonly<Record<string, unknown>>) {
  const known = Object.keys(fields);
  return (issue: z.core.$ZodRawIssue): string => {
    if (issue.code !== 'unrecognized_keys') return expected;
    const key = issue.keys[0] ?? '';
    return `unknown key "${key}"${didYouMean(key, known) || ` (known here: ${known.join(', ')})`}`;
  };
}
