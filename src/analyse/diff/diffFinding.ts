import { formatDuration, formatPercentile, formatPreciseMs } from '../../base/format.ts';
import type { Fraction } from '../../base/units.ts';
import type { Change, PartChange } from './model.ts';

/** So many hops and boundaries are named. */
const NAMED = 3;

/**
 * What changed within a path, in words; the largest change first.
 *
 *     postgres · primary became 3.6 ms slower at p50: 18 → 21.6 ms.
 *     The total became 3.6 ms slower: 47 → 50.6 ms.
 */
export function diffFinding(total: Change, parts: readonly PartChange[], percentile: Fraction): string[] {
  const at = formatPercentile(percentile);
  if (total.verdict === 'insufficient') return [`Too few traces to judge a change at ${at}.`];
  const proven = parts
    .filter(isProven)
    .toSorted((a, b) => Math.abs(b.changeMs) - Math.abs(a.changeMs) || (a.name < b.name ? -1 : 1));
  const named = proven.slice(0, NAMED).map((part) => `${part.name} became ${inWords(part)}`);
  const more = proven.length - named.length;
  const others = more > 0 ? [`${more} more changed.`] : [];
  if (isProven(total)) return [...named, ...others, `The total became ${inWords(total)}`];
  if (named.length > 0) return [...named, ...others, `That of the total at ${at} is no more than chance makes.`];
  return [`No change at ${at} is more than chance makes.`];
}

export function isProven({ verdict }: Change): boolean {
  return verdict === 'slower' || verdict === 'faster';
}

/** In the unit that the change has: in a coarser one, what comes before and after would read the same. */
function inWords({ verdict, beforeMs, afterMs, changeMs }: Change): string {
  const { value, unit } = formatDuration(Math.abs(changeMs));
  const [before, after] = [beforeMs, afterMs].map((ms) => formatPreciseMs(unit === 's' ? ms / 1000 : ms));
  return `${value} ${unit} ${verdict}: ${before} → ${after} ${unit}.`;
}
