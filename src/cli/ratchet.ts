import { proposedBound } from '../analyse/proposals.ts';
import type { BudgetRow } from '../analyse/model.ts';
import type { Fraction } from '../base/units.ts';
import { withDurations } from '../config/configFile.ts';
import { writeDuration } from '../config/duration.ts';

/** A bound that may be tighter. */
export interface Tightening {
  readonly row: BudgetRow;
  readonly before: string;
  readonly after: string;
  /** It stands there through an alias, so a person has to change it. */
  readonly isAliased: boolean;
}

/**
 * Tightens the bounds of a config to what was measured, and loosens none: each becomes the proposal where that is
 * lower. A bound that holds for several paths or hops becomes the highest of their proposals, and stays where one of
 * them has too few traces to tell. Nothing but the durations changes.
 *
 *     budget: { p50: 30ms } # indexed read        measured up to 18.3 ms
 *     budget: { p50: 25ms } # indexed read
 */
export function ratchet(
  text: string,
  rows: readonly BudgetRow[],
  headroom: Fraction,
): { readonly text: string; readonly tightened: readonly Tightening[]; readonly bounds: number } {
  const bySource = new Map<string, BudgetRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.source);
    bySource.set(key, [...(bySource.get(key) ?? []), row]);
  }
  const changes = [...bySource.values()].flatMap((held) => {
    const [row] = held;
    const proposals = held.map(({ verdict, interval }) =>
      verdict === 'insufficient' ? null : proposedBound(interval, headroom),
    );
    const proposed = proposals.reduce((most, each) => (most === null || each === null ? null : Math.max(most, each)));
    return proposed === null || proposed >= row.budgetMs
      ? []
      : [{ row, keys: row.source, duration: writeDuration(proposed) }];
  });
  const { text: changed, aliased } = withDurations(text, changes);
  const tightened = changes.map(({ row, keys, duration }) => ({
    row,
    before: writeDuration(row.budgetMs),
    after: duration,
    isAliased: aliased.includes(keys),
  }));
  return { text: changed, tightened, bounds: bySource.size };
}
