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
 * At most `most` stretches over the same time, for a trace with more of them than anybody can see: neighbours are
 * taken together until they last 1/most of the whole, and belong to the account that has most of their time (the first
 * to reach it, where several have).
 *
 *     12 ns, most 2     aabaacccdccc     each lasts 6 or more
 *                       aaaaaaaacccc     aab, aa and ccc are 8, of which a has 4; dccc is the rest
 */
export function coarseStretches(stretches: readonly Stretch[], most: number): Stretch[] {
  if (stretches.length <= most) return [...stretches];
  const least = (stretches[stretches.length - 1].end - stretches[0].start) / most;
  const coarse: Stretch[] = [];
  const times = new Map<number, Nanoseconds>();
  let { start } = stretches[0];
  stretches.forEach(({ account, start: from, end }, index) => {
    times.set(account, (times.get(account) ?? 0) + end - from);
    if (end - start < least && index < stretches.length - 1) return;
    let owner = account;
    for (const [candidate, time] of times) if (time > (times.get(owner) ?? 0)) owner = candidate;
    coarse.push({ account: owner, start, end });
    times.clear();
    start = end;
  });
  return mergedStretches(coarse);
}
