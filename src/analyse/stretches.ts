import type { Nanoseconds } from '../base/units.ts';

/** A time of a trace that belongs to one account. */
export interface Stretch {
  readonly account: number;
  readonly start: Nanoseconds;
  end: Nanoseconds;
}

/** Neighbours of one account become one stretch. `stretches` are in order of time and without gaps. */
export function mergedStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (last?.account === stretch.account) last.end = stretch.end;
    else merged.push({ ...stretch });
  }
  return merged;
}

/**
 * About `most` stretches over the same time, for a trace with more of them than anybody can see: neighbours are taken
 * together until they last a part of the whole, and of those the stretches of each account become one, in the order in
 * which they began. So every account keeps its time, and what took turns is seen to.
 *
 *     12 ns, most 4     abababababab     of 3 ns together there are five, of 6 ns four
 *                       aaabbbaaabbb
 *
 * There are more than `most` only where there are more accounts.
 */
export function coarseStretches(stretches: readonly Stretch[], most: number): Stretch[] {
  if (stretches.length <= most) return [...stretches];
  const whole = stretches[stretches.length - 1].end - stretches[0].start;
  for (let least = whole / most; ; least *= 2) {
    const coarse = mergedStretches(sortedStretches(stretches, least));
    if (coarse.length <= most || least > whole) return coarse;
  }
}

/** Of neighbours that last `least` or more together, those of each account side by side. */
function sortedStretches(stretches: readonly Stretch[], least: Nanoseconds): Stretch[] {
  const sorted: Stretch[] = [];
  const times = new Map<number, Nanoseconds>();
  let { start } = stretches[0];
  stretches.forEach(({ account, start: from, end }, index) => {
    times.set(account, (times.get(account) ?? 0) + end - from);
    if (end - start < least && index < stretches.length - 1) return;
    for (const [owner, time] of times) {
      sorted.push({ account: owner, start, end: start + time });
      start += time;
    }
    // Sums of doubles: there is no gap.
    sorted[sorted.length - 1].end = start = end;
    times.clear();
  });
  return sorted;
}
