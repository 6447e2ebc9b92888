import { InputError } from '../../base/issues.ts';
import type { Analysis, PathSet } from '../analyse.ts';
import { parseRange } from '../timeRange.ts';

/**
 * Two stretches of one dataset, by the start of each request; of each the `mostPaths` with the most requests.
 *
 *     0s..5m and 10m..     the first five minutes, and everything from the tenth on
 *
 * Throws InputError where a range cannot be read or no request starts in it.
 */
export function stretchesOf(
  analysis: Pick<Analysis, 'startedAtMs' | 'during'>,
  before: string,
  after: string,
  mostPaths: number,
): { readonly before: PathSet; readonly after: PathSet } {
  const stretch = (side: string, text: string): PathSet => {
    const range = parseRange(text, analysis.startedAtMs, side);
    const all = analysis.during(range);
    if (all.paths.length === 0) throw new InputError(`${side} ${text}: no request starts there`);
    return { paths: all.paths.slice(0, mostPaths), sample: (path) => all.sample(path) };
  };
  return { before: stretch('Before', before.trim()), after: stretch('After', after.trim()) };
}
