import type { Fraction, Milliseconds } from '../base/units.ts';
import type { Budget, HoplineConfig, HopConfig, PathConfig } from '../config/hoplineConfig.ts';
import { PERCENTILE_KEYS, PERCENTILES } from '../config/percentiles.ts';
import type { BudgetRow, Estimate, Interval, RequestPath, Verdict } from './model.ts';

/** Share of the budget above which a measurement is near it. */
const NEAR = 0.9;

/** A measurement held against a bound (design: analysis, section 7). 18 against 16 is over, 15 near, 14 within. */
export function verdict(measuredMs: Milliseconds, budgetMs: Milliseconds, isResolved: boolean): Verdict {
  if (!isResolved) return 'insufficient';
  if (measuredMs > budgetMs) return 'over';
  return measuredMs > NEAR * budgetMs ? 'near' : 'within';
}

/** The bound at exactly this percentile; undefined where there is none. */
export function budgetAt(budget: Budget, percentile: Fraction): Milliseconds | undefined {
  const key = PERCENTILE_KEYS.find((each) => PERCENTILES[each] === percentile);
  return key === undefined ? undefined : budget[key];
}

/** Names come from the input: only what the config itself holds counts, nothing that objects have by nature. */
export function pathConfig(config: HoplineConfig, path: string): PathConfig {
  return Object.hasOwn(config.paths, path) ? config.paths[path] : {};
}

export function hopConfig(path: PathConfig, hop: string): HopConfig {
  return path.hops && Object.hasOwn(path.hops, hop) ? path.hops[hop] : {};
}

/** Every bound of every path with what was measured, in the order of the paths. */
export function budgetRows(paths: readonly RequestPath[]): BudgetRow[] {
  return paths.flatMap((path) => [
    ...rows(path, 'total', path.ceiling, (key) => {
      const { totalMs, interval, verdict: judged } = path.at[key];
      return { measuredMs: totalMs, interval, judged };
    }),
    ...path.hops.flatMap((hop, i) => rows(path, hop.id, hop.budget, (key) => ownAt(path.at[key].hops[i]))),
    ...path.boundaries.flatMap((line, i) =>
      rows(path, `${line.from} → ${line.to}`, line.budget, (key) => ownAt(path.at[key].boundaries[i])),
    ),
  ]);
}

interface Measured {
  readonly measuredMs: Milliseconds;
  readonly interval: Interval | null;
  readonly judged: Verdict | undefined;
}

function ownAt(estimate: Estimate): Measured {
  return { measuredMs: estimate.ownMs ?? 0, interval: estimate.interval, judged: estimate.verdict };
}

function rows(
  path: RequestPath,
  what: string,
  budget: Budget,
  at: (key: keyof typeof PERCENTILES) => Measured,
): BudgetRow[] {
  return PERCENTILE_KEYS.flatMap((percentile) => {
    const budgetMs = budget[percentile];
    const { measuredMs, interval, judged } = at(percentile);
    if (budgetMs === undefined || judged === undefined) return [];
    return [
      {
        path: path.name,
        what,
        percentile,
        budgetMs,
        measuredMs,
        interval: interval ?? { lowMs: null, highMs: null },
        effectiveTraces: path.effectiveTraces,
        verdict: judged,
      },
    ];
  });
}
