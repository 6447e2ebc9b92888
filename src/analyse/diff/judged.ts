import type { Milliseconds } from '../../base/units.ts';
import type { Change } from './model.ts';
import { ALPHA, chanceOf, errorsFor, holm } from './significance.ts';

/** A difference before it is judged. Without degrees of freedom it never is: too few traces, or one side has none. */
export interface Difference {
  readonly beforeMs: Milliseconds;
  readonly afterMs: Milliseconds;
  /** Of the change: √(a² + b²) of the two sides' errors. */
  readonly error: Milliseconds;
  readonly degrees: number | null;
}

/** Sums of the same numbers in another order differ by so much; where nothing strays, that would look significant. */
const ROUNDING = 1e-9;

/**
 * Differences of one kind, judged together.
 *
 *     47 → 50.6, error 0.4, many degrees     change +3.6, 2.8 to 4.4, chance 0: slower
 *     7 → 7.1, error 0.2                     change +0.1, −0.3 to 0.5, chance 1: unproven
 */
export function judged(differences: readonly Difference[]): Change[] {
  const chances = differences.flatMap(({ beforeMs, afterMs, error, degrees }) => {
    if (degrees === null) return [];
    const isRounding = Math.abs(afterMs - beforeMs) <= ROUNDING * Math.max(beforeMs, afterMs);
    return [isRounding ? 1 : chanceOf(afterMs - beforeMs, error, degrees)];
  });
  const corrected = holm(chances);
  let next = 0;
  return differences.map(({ beforeMs, afterMs, error, degrees }): Change => {
    const changeMs = afterMs - beforeMs;
    const amounts = { beforeMs, afterMs, changeMs };
    if (degrees === null) return { ...amounts, interval: null, chance: null, verdict: 'insufficient' };
    const reach = errorsFor(ALPHA, degrees) * error;
    const chance = corrected[next++];
    const interval = { lowMs: changeMs - reach, highMs: changeMs + reach };
    return { ...amounts, interval, chance, verdict: chance > ALPHA ? 'unproven' : changeMs > 0 ? 'slower' : 'faster' };
  });
}
