import type { Estimate, Interval, PathView, RequestPath, Verdict } from '../../analyse/model.ts';
import type { Milliseconds } from '../../base/units.ts';
import type { Budget } from '../../config/hoplineConfig.ts';
import { PERCENTILE_KEYS, type PercentileKey } from '../../config/percentiles.ts';
import type { Selection } from './hoplineState.ts';

/** A bound of a path, held against what was measured. */
export interface Judgement {
  /** Null for the path's total. */
  readonly part: Selection | null;
  readonly percentile: PercentileKey;
  readonly budgetMs: Milliseconds;
  /** Null where nothing was measured. */
  readonly measuredMs: Milliseconds | null;
  readonly isResolved: boolean;
  readonly interval: Interval | null;
  readonly verdict: Verdict;
}

/** All bounds of a path: its ceilings, then its hops', then its boundaries'. */
export function judgements(path: RequestPath): Judgement[] {
  return [
    ...ceilings(path),
    ...path.hops.flatMap(({ id, budget }, i) => held({ type: 'hop', id }, budget, path, ({ hops }) => hops[i])),
    ...path.boundaries.flatMap(({ from, to, budget }, i) =>
      held({ type: 'boundary', from, to }, budget, path, ({ boundaries }) => boundaries[i]),
    ),
  ];
}

/** Null is the path's total. */
export function isSamePart(a: Selection | null, b: Selection | null): boolean {
  if (a?.type === 'hop') return b?.type === 'hop' && a.id === b.id;
  if (a?.type === 'boundary') return b?.type === 'boundary' && a.from === b.from && a.to === b.to;
  return b === null;
}

/** The worst of a path's verdicts; null where it has no budget. */
export function worstVerdict(path: RequestPath): Verdict | null {
  const found = new Set(judgements(path).map(({ verdict }) => verdict));
  return (['over', 'near', 'within', 'insufficient'] as const).find((verdict) => found.has(verdict)) ?? null;
}

function ceilings(path: RequestPath): Judgement[] {
  return PERCENTILE_KEYS.flatMap((percentile) => {
    const budgetMs = path.ceiling[percentile];
    if (budgetMs === undefined) return [];
    const { totalMs, isResolved, interval, verdict = 'insufficient' } = path.at[percentile];
    return [{ part: null, percentile, budgetMs, measuredMs: totalMs, isResolved, interval, verdict }];
  });
}

function held(
  part: Selection,
  budget: Budget,
  path: RequestPath,
  find: (view: PathView) => Estimate | undefined,
): Judgement[] {
  return PERCENTILE_KEYS.flatMap((percentile) => {
    const budgetMs = budget[percentile];
    if (budgetMs === undefined) return [];
    const estimate = find(path.at[percentile]);
    const { ownMs = null, isOwnResolved = false, interval = null, verdict = 'insufficient' } = estimate ?? {};
    return [{ part, percentile, budgetMs, measuredMs: ownMs, isResolved: isOwnResolved, interval, verdict }];
  });
}
