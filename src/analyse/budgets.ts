import type { Fraction, Milliseconds } from '../base/units.ts';
import { boundaryName } from '../config/boundaryName.ts';
import { TOLERANCES, type Budget, type Tolerances } from '../config/hoplineConfig.ts';
import { PERCENTILE_KEYS, PERCENTILES, type PercentileKey } from '../config/percentiles.ts';
import type { Bounds, PathSettings } from '../config/settings.ts';
import type { BudgetRow, Estimate, Interval, RequestPath, Verdict } from './model.ts';

/** A measurement held against a bound (design: analysis, section 7). 18 against 16 is over, 15 near, 14 within. */
export function verdict(
  measuredMs: Milliseconds,
  budgetMs: Milliseconds,
  isResolved: boolean,
  { near, over }: Tolerances = TOLERANCES,
): Verdict {
  if (!isResolved) return 'insufficient';
  if (measuredMs > over * budgetMs) return 'over';
  return measuredMs > near * budgetMs ? 'near' : 'within';
}

/** The bound at exactly this percentile; undefined where there is none. */
export function budgetAt(budget: Budget, percentile: Fraction): Milliseconds | undefined {
  const key = PERCENTILE_KEYS.find((each) => PERCENTILES[each] === percentile);
  return key === undefined ? undefined : budget[key];
}

/** Effective traces behind the own times of each hop and boundary of a path. */
export interface Effective {
  readonly hops: readonly number[];
  readonly boundaries: readonly number[];
}

/** Every bound of a path with what was measured: the ceilings, then the hops', then the boundaries'. */
export function budgetRows(path: RequestPath, settings: PathSettings, effective: Effective): BudgetRow[] {
  return [
    ...rows(path, 'total', settings.ceiling, path.effectiveTraces, (key) => {
      const { totalMs, interval, verdict: judged } = path.at[key];
      return { measuredMs: totalMs, interval, judged };
    }),
    ...path.hops.flatMap(({ id }, i) =>
      rows(path, id, settings.hop(id).budget, effective.hops[i], (key) => ownAt(path.at[key].hops[i])),
    ),
    ...path.boundaries.flatMap((line, i) =>
      rows(path, boundaryName(line), settings.boundary(line), effective.boundaries[i], (key) =>
        ownAt(path.at[key].boundaries[i]),
      ),
    ),
  ];
}

interface Measured {
  readonly measuredMs: Milliseconds | null;
  readonly interval: Interval | null;
  readonly judged: Verdict | undefined;
}

function ownAt(estimate: Estimate): Measured {
  return { measuredMs: estimate.ownMs, interval: estimate.interval, judged: estimate.verdict };
}

function rows(
  { name, entry }: RequestPath,
  what: string,
  bounds: Bounds,
  effectiveTraces: number,
  at: (key: PercentileKey) => Measured,
): BudgetRow[] {
  return PERCENTILE_KEYS.flatMap((percentile) => {
    const bound = bounds[percentile];
    if (bound === undefined) return [];
    const { measuredMs, interval, judged } = at(percentile);
    return [
      {
        path: name,
        entry,
        what,
        percentile,
        budgetMs: bound.ms,
        measuredMs,
        interval: interval ?? { lowMs: null, highMs: null },
        effectiveTraces,
        verdict: judged ?? 'insufficient',
        source: bound.source,
      },
    ];
  });
}
