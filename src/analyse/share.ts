import type { Nanoseconds } from '../base/units.ts';
import { weightedSum, type RankWeights } from './estimator.ts';

/** The ranks that touch a hop or a boundary, ascending, and the path time of each, ns. */
export interface RankTimes {
  /** Null where all do, which is how it mostly is: a sum then reads its times and nothing else. */
  readonly ranks: Uint32Array | null;
  readonly path: Float64Array;
}

/** What a hop or a boundary takes under some weights of the ranks. */
export function share({ ranks, path }: RankTimes, rankWeights: RankWeights): Nanoseconds {
  if (ranks === null) return weightedSum(path, rankWeights);
  const { first, weights } = rankWeights;
  const last = first + weights.length;
  let sum = 0;
  for (let i = lowerBound(ranks, first); i < ranks.length && ranks[i] < last; i++) {
    sum += weights[ranks[i] - first] * path[i];
  }
  return sum;
}

function lowerBound(ranks: Uint32Array, least: number): number {
  let from = 0;
  let to = ranks.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ranks[middle] >= least) to = middle;
    else from = middle + 1;
  }
  return from;
}
