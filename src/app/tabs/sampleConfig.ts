import type { RequestPath } from '../../analyse/model.ts';

/** The dearest hops are worth a bound each; a person adds the rest. */
const HOPS_SHOWN = 3;

/**
 * A config for this path that it keeps: what was measured and a tenth more, in two digits.
 *
 *     paths:
 *       "GET /catalog/:id":
 *         ceiling: { p99: 200ms }
 *         hops:
 *           "postgres · primary": { budget: { p50: 20ms } }
 */
export function sampleConfig({ name, hops, at }: RequestPath): string {
  const dearest = hops
    .map(({ id, isAsync }, i) => ({ id, isAsync, ...at.p50.hops[i] }))
    .filter(({ isAsync, ownMs }) => !isAsync && ownMs !== null && ownMs > 0)
    .sort((a, b) => b.shareMs - a.shareMs)
    .slice(0, HOPS_SHOWN);
  return [
    'paths:',
    `  ${quoted(name)}:`,
    `    ceiling: { p99: ${bound(at.p99.totalMs)} }`,
    ...(dearest.length === 0 ? [] : ['    hops:']),
    ...dearest.map(({ id, ownMs }) => `      ${quoted(id)}: { budget: { p50: ${bound(ownMs ?? 0)} } }`),
  ].join('\n');
}

/** Longer names are known by how they begin. */
const LONGEST = 300;

/** A JSON string is a YAML string too, whatever is in it. */
function quoted(name: string): string {
  return JSON.stringify(name.length > LONGEST ? `${name.slice(0, LONGEST)}*` : name);
}

function bound(ms: number): string {
  const more = Math.max(ms * 1.1, 0.001);
  const step = 10 ** (Math.floor(Math.log10(more)) - 1);
  return `${Number((Math.ceil(more / step - 1e-9) * step).toFixed(6))}ms`;
}
