import type { Change, Diff, PathDiff } from '../../analyse/diff/model.ts';
import type { Issue } from '../../base/issues.ts';
import type { Fraction } from '../../base/units.ts';
import { PERCENTILE_KEYS, PERCENTILES } from '../../config/percentiles.ts';
import type { Comparison } from '../../protocol.ts';
import type { PathKey } from '../state/hoplineState.ts';

/** A comparison, and which of its paths is looked at. */
export interface Shown {
  /** By which the worker knows it. */
  readonly id: number;
  /** How both sides are called. */
  readonly sides: { readonly before: string; readonly after: string };
  readonly diff: Diff;
  /** At which the page stood: it stays offered, though another is looked at. */
  readonly openedAt: Fraction;
  readonly issues: readonly Issue[];
  /** Index into the compared paths; −1 where no path is in both. */
  readonly path: number;
}

/** p50, p95, p99, and the one that the page showed where it lies in between. */
export function offeredPercentiles({ openedAt }: Pick<Shown, 'openedAt'>): readonly Fraction[] {
  const usual: readonly Fraction[] = PERCENTILE_KEYS.map((key) => PERCENTILES[key]);
  return [...new Set([openedAt, ...usual])].toSorted((a, b) => a - b);
}

/** First looked at is the path that was chosen on the page, or else the one that `hopline diff` draws. */
export function toShown({ id, diff, issues }: Comparison, sides: Shown['sides'], chosen: PathKey | null): Shown {
  const { paths } = diff;
  const named = paths.findIndex(
    ({ name, entry }) => name === chosen?.name && (chosen.entry === null || entry === chosen.entry),
  );
  const changed = paths.findIndex(({ total }) => isProven(total));
  const path = named >= 0 ? named : changed >= 0 ? changed : Math.min(0, paths.length - 1);
  return { id, sides, diff, openedAt: diff.percentile, issues, path };
}

function isProven({ verdict }: Pick<Change, 'verdict'>): boolean {
  return verdict === 'slower' || verdict === 'faster';
}

/** The hops and boundaries that changed beyond chance, the largest change first. */
export function provenParts({ parts }: PathDiff): PathDiff['parts'] {
  return parts
    .filter((part) => part.presence === 'both' && isProven(part))
    .toSorted((a, b) => Math.abs(b.changeMs) - Math.abs(a.changeMs) || (a.name < b.name ? -1 : 1));
}
