import { didYouMean } from '../base/didYouMean.ts';
import { wildcard } from '../base/wildcard.ts';
import { boundaryName, parseBoundary } from '../config/boundaryName.ts';
import type { Budget, HopConfig, HoplineConfig } from '../config/hoplineConfig.ts';
import { PERCENTILE_KEYS } from '../config/percentiles.ts';
import type { BudgetRow, RequestPath } from './model.ts';

type Named = Pick<RequestPath, 'name' | 'entry' | 'hops' | 'boundaries'>;

/** An entry of the config that says something of nothing in these traces. */
export interface Unmatched {
  /** The keys of the config that lead to the entry. */
  readonly source: readonly string[];
  /** One sentence without its full stop, with "did you mean". */
  readonly message: string;
  /** Its bounds: nothing was measured for them. */
  readonly bounds: readonly BudgetRow[];
}

/**
 * A misspelt name bounds nothing, and a check of nothing is always green: so what matches nothing is told. `only` asks
 * about a single path: what concerns others is left out.
 *
 *     paths: { GET /catalog/:id: { hops: { go.gatway: … } } }
 *     →   no hop "go.gatway" on GET /catalog/:id; did you mean "go.gateway"?
 */
export function unmatched(config: HoplineConfig, paths: readonly Named[], only?: Named): Unmatched[] {
  const ofPaths = Object.entries(config.paths).flatMap(([key, { ceiling, hops = {}, boundaries = {} }]) => {
    const source = ['paths', key];
    const found = paths.filter((path) => isPath(key, path));
    if (only !== undefined && !found.includes(only)) return [];
    if (found.length === 0) {
      const message = `no request path "${key}"${didYouMean(key, unique(paths.map(({ name }) => name)))}`;
      const bounds = [
        ...rows(key, 'total', ceiling, [...source, 'ceiling']),
        ...Object.entries(hops).flatMap(([hop, { budget }]) =>
          rows(key, hop, budget, [...source, 'hops', hop, 'budget']),
        ),
        ...Object.entries(boundaries).flatMap(([line, { budget }]) =>
          rows(key, line, budget, [...source, 'boundaries', line, 'budget']),
        ),
      ];
      return [{ source, message, bounds }];
    }
    return [
      ...unmatchedHops(hops, found, key, [...source, 'hops']),
      ...Object.entries(boundaries).flatMap(([line, { budget }]) => {
        const sides = parseBoundary(line);
        const lines = found.flatMap((path) => path.boundaries);
        if (sides === null || lines.some(({ from, to }) => isName(sides.from, from) && isName(sides.to, to))) return [];
        const known = unique(lines.map(boundaryName));
        const message = `no boundary "${line}" on ${key}${didYouMean(boundaryName(sides), known)}`;
        const at = [...source, 'boundaries', line];
        return [{ source: at, message, bounds: rows(key, line, budget, [...at, 'budget']) }];
      }),
    ];
  });
  return only === undefined ? [...unmatchedHops(config.hops ?? {}, paths, '*', ['hops']), ...ofPaths] : ofPaths;
}

function unmatchedHops(
  hops: Readonly<Record<string, HopConfig>>,
  paths: readonly Named[],
  where: string,
  above: readonly string[],
): Unmatched[] {
  const known = unique(paths.flatMap((path) => path.hops.map(({ id }) => id)));
  return Object.entries(hops).flatMap(([key, { budget }]) => {
    if (known.some((id) => isName(key, id))) return [];
    const source = [...above, key];
    const message = `no hop "${key}" on ${where === '*' ? 'any path' : where}${didYouMean(key, known)}`;
    return [{ source, message, bounds: rows(where, key, budget, [...source, 'budget']) }];
  });
}

function isPath(key: string, { name, entry }: Named): boolean {
  return isName(key, name) || isName(key, `${entry}: ${name}`);
}

function isName(pattern: string, name: string): boolean {
  return pattern === name || wildcard(pattern).test(name);
}

function rows(path: string, what: string, budget: Budget | undefined, source: readonly string[]): BudgetRow[] {
  return PERCENTILE_KEYS.flatMap((percentile) => {
    const budgetMs = budget?.[percentile];
    if (budgetMs === undefined) return [];
    return [
      {
        path,
        entry: '',
        what,
        percentile,
        budgetMs,
        measuredMs: null,
        interval: { lowMs: null, highMs: null },
        effectiveTraces: 0,
        verdict: 'insufficient' as const,
        source: [...source, percentile],
      },
    ];
  });
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
