import * as z from 'zod/mini';
import { didYouMean } from '../base/didYouMean.ts';
import { DURATION_EXPECTED, parseDuration } from './duration.ts';
import type { HoplineConfig } from './hoplineConfig.ts';

/**
 * The shape of `hopline.yaml`. Each message is the end of the sentence "expected …"; that of an unknown key is a
 * sentence of its own.
 *
 *     paths:
 *       GET /catalog/:id:                     a path's name, as in the list of request paths
 *         ceiling: { p99: 180ms }
 *         hops:
 *           go.gateway: { role: POP, note: route + ratelimit, budget: { p50: 5ms } }
 */
const text = z.string({ error: 'text' });

const duration = z.pipe(
  z.string({ error: DURATION_EXPECTED }),
  z.transform((value, context) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== null) return milliseconds;
    context.issues.push({ code: 'custom', message: DURATION_EXPECTED, input: value });
    return z.NEVER;
  }),
);

const budgetFields = { p50: z.exactOptional(duration), p95: z.exactOptional(duration), p99: z.exactOptional(duration) };
const budget = z.strictObject(budgetFields, {
  error: expecting('budgets such as { p50: 16ms, p99: 100ms }', budgetFields),
});

const hopFields = { role: z.exactOptional(text), note: z.exactOptional(text), budget: z.exactOptional(budget) };
const hop = z.strictObject(hopFields, { error: expecting('a mapping of role, note and budget', hopFields) });

const hops = z.record(z.string(), hop, { error: 'a mapping of hops by name' });
const pathFields = { ceiling: z.exactOptional(budget), hops: z.exactOptional(hops) };
const path = z.strictObject(pathFields, { error: expecting('a mapping of ceiling and hops', pathFields) });

const paths = z.record(z.string(), path, { error: 'a mapping of request paths by name' });
const fileFields = { paths: z._default(paths, {}) };
export const configSchema: z.ZodMiniType<HoplineConfig> = z.strictObject(fileFields, {
  error: expecting('a mapping with paths', fileFields),
});

function expecting(expected: string, fields: Readonly<Record<string, unknown>>) {
  const known = Object.keys(fields);
  return (issue: z.core.$ZodRawIssue): string => {
    if (issue.code !== 'unrecognized_keys') return expected;
    const key = issue.keys[0] ?? '';
    return `unknown key "${key}"${didYouMean(key, known) || ` (known here: ${known.join(', ')})`}`;
  };
}
