import { toMilliseconds, type Nanoseconds } from '../base/units.ts';
import { HISTOGRAM_BINS } from '../config/shown.ts';
import type { Histogram } from './model.ts';
import type { PathColumns } from './pathColumns.ts';
import type { TraceFacts } from './traceFacts.ts';

/** Widths that a person can read off an axis, times a power of ten; no step to the next is larger than a third. */
const WIDTHS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;
/** How far the axis goes beyond p99. */
const BEYOND = 1.1;

/**
 * The distribution of a path's totals, from 0 to a bit above p99; the last bin holds all that is slower.
 *
 *     p99 = 180 ms: 198 ms in at most 99 bins needs 2 ms or more a bin, so 2 ms, 99 bins, and the open one
 */
export function histogram(path: PathColumns, facts: TraceFacts, p99: Nanoseconds): Histogram {
  const reach = toMilliseconds(p99) * BEYOND;
  const binMs = reach > 0 ? readableWidth(reach / (HISTOGRAM_BINS - 1)) : 1;
  const closed = Math.max(1, Math.ceil(reach / binMs));
  const counts = Array.from({ length: closed + 1 }, () => 0);
  path.totals.values.forEach((total, rank) => {
    const bin = Math.min(closed, Math.floor(toMilliseconds(total) / binMs));
    counts[bin] += facts.weight[path.traces[rank]];
  });
  return { binMs, counts };
}

function readableWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (WIDTHS.find((width) => width * power >= least) ?? 10) * power;
}
