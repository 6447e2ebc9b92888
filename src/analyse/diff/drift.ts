import type { Milliseconds } from '../../base/units.ts';
import type { PathView, RequestPath } from '../model.ts';
import type { PathSample } from '../pathSample.ts';
import { ALPHA, errorsFor, freedom } from './significance.ts';
import { SEEDS, standardErrors } from './standardErrors.ts';
import { lineName, matchPaths, type StructureChange } from './structure.ts';

/** A number of a published diagram held against new data. */
export interface DriftRow {
  readonly of: 'total' | 'hop' | 'boundary';
  readonly name: string;
  readonly publishedMs: Milliseconds;
  readonly measuredMs: Milliseconds;
  /** Where the published number may lie; null where there are too few traces. */
  readonly range: { readonly lowMs: Milliseconds; readonly highMs: Milliseconds } | null;
  readonly verdict: 'holds' | 'drifted' | 'insufficient';
}

export interface Drift {
  readonly structure: readonly StructureChange[];
  /** What the diagram or the data alone has, but no oftener than chance explains: no drift. */
  readonly rare: readonly StructureChange[];
  readonly rows: readonly DriftRow[];
}

/** A path at a percentile, from a diagram or from data. */
interface Shown {
  readonly path: RequestPath;
  readonly view: PathView;
}

/**
 * Whether a published diagram still says what is so: its total, and the share of each hop and measured boundary, held
 * against those of new data at the same percentile.
 *
 *     published 18 of 4,805 traces      measured 21.6 of 4,800, error 0.3      range 20.4 to 22.8: drifted
 *
 * The published number comes from a sample too. Were nothing changed, its error would be the new data's error times
 * √(new / published effective traces), so the two differ by √(1 + new / published) errors. The range is as wide as all
 * the rows together need to be right 19 times out of 20 (Student's t, Bonferroni). A difference below `visibleMs`,
 * which would be printed alike, is no drift.
 */
export function driftOf(
  published: Shown,
  now: Shown & { readonly sample: PathSample },
  visibleMs: Milliseconds,
): Drift {
  const { hops, boundaries, changes, rare } = matchPaths(published.path, now.path);
  const { percentile } = published.view;
  const [traces, before] = [now.path.effectiveTraces, published.path.effectiveTraces];
  const degrees = freedom(before, traces, percentile);
  const errors = degrees === null ? null : standardErrors(now.sample, percentile, SEEDS.after);
  const pairs: (Omit<DriftRow, 'range' | 'verdict'> & { readonly error: Milliseconds })[] = [
    {
      of: 'total',
      name: 'total',
      publishedMs: published.view.totalMs,
      measuredMs: now.view.totalMs,
      error: errors?.total ?? 0,
    },
  ];
  for (const { before: was, after: is } of hops) {
    if (was === null || is === null || published.path.hops[was].isAsync || now.path.hops[is].isAsync) continue;
    pairs.push({
      of: 'hop',
      name: now.path.hops[is].id,
      publishedMs: published.view.hops[was].shareMs,
      measuredMs: now.view.hops[is].shareMs,
      error: errors?.hops[is] ?? 0,
    });
  }
  for (const { before: was, after: is } of boundaries) {
    if (was === null || is === null) continue;
    if (!published.path.boundaries[was].isMeasured || !now.path.boundaries[is].isMeasured) continue;
    pairs.push({
      of: 'boundary',
      name: lineName(now.path.boundaries[is]),
      publishedMs: published.view.boundaries[was].shareMs,
      measuredMs: now.view.boundaries[is].shareMs,
      error: errors?.boundaries[is] ?? 0,
    });
  }
  const reach = degrees === null ? 0 : errorsFor(ALPHA / pairs.length, degrees) * Math.sqrt(1 + traces / before);
  const rows = pairs.map(({ error, ...row }): DriftRow => {
    if (degrees === null) return { ...row, range: null, verdict: 'insufficient' };
    const range = { lowMs: Math.max(0, row.measuredMs - reach * error), highMs: row.measuredMs + reach * error };
    const isInside = row.publishedMs >= range.lowMs && row.publishedMs <= range.highMs;
    const isVisible = Math.abs(row.publishedMs - row.measuredMs) >= visibleMs;
    return { ...row, range, verdict: isInside || !isVisible ? 'holds' : 'drifted' };
  });
  return { structure: changes, rare, rows };
}
