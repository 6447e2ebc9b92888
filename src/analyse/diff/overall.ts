import { ascendingOrder } from '../../base/ascendingOrder.ts';
import { seededRandom } from '../../base/seededRandom.ts';
import { toMilliseconds, type Fraction, type Nanoseconds } from '../../base/units.ts';
import { betaCdf } from '../betaCdf.ts';
import type { PathSample } from '../pathSample.ts';
import { picked } from '../sample.ts';
import { judged } from './judged.ts';
import type { Change, OverallChange, Shift } from './model.ts';
import { freedom } from './significance.ts';
import { resamplesFor, SEEDS, Spread } from './standardErrors.ts';

/** A path on one side: what was measured, under a key that it shares with itself on the other side. */
export interface PathTraffic {
  readonly key: string;
  readonly sample: PathSample;
}

/**
 * The change over all requests, split into what happened within the paths and what the mix of paths did. A percentile
 * is taken once more with each path weighted to the share of requests that it had on the other side.
 *
 *              before           after            after, in the mix of before
 *     fast     90 % at 10 ms    50 % at 10 ms    90 % at 10 ms
 *     slow     10 % at 50 ms    50 % at 50 ms    10 % at 50 ms
 *     mean     14               30               14             within 0: no path became slower; the mix did +16
 *
 * Within is the mean over both mixes, so that it does not depend on which side comes first; paths that one side alone
 * has are part of the mix. Errors by the bootstrap, over all traces of a side. Source: DiNardo, Fortin and Lemieux
 * (1996), Econometrica 64, on percentiles; Kitagawa (1955) on means.
 */
export function overallChange(
  before: readonly PathTraffic[],
  after: readonly PathTraffic[],
  percentile: Fraction,
): OverallChange {
  const keys = new Map([...new Set([...before, ...after].map(({ key }) => key))].map((key, index) => [key, index]));
  const [old, now] = [poolOf(before, keys), poolOf(after, keys)];
  const split = splitter(old, now, percentile);
  const measured = split(old.weights, now.weights);
  const degrees = freedom(effective(old.weights), effective(now.weights), percentile);
  const spreads = { total: new Spread(), within: new Spread(), mix: new Spread() };
  if (degrees !== null) {
    const drawOld = drawer(old.weights, SEEDS.before);
    const drawNow = drawer(now.weights, SEEDS.after);
    for (let round = resamplesFor(old.weights.length + now.weights.length); round > 0; round--) {
      const { was, is, within } = split(drawOld(), drawNow());
      spreads.total.add(is - was);
      spreads.within.add(within);
      spreads.mix.add(is - was - within);
    }
  }
  const { was, is, within } = measured;
  const differenceOf = (from: Nanoseconds, to: Nanoseconds, spread: Spread) => ({
    beforeMs: toMilliseconds(from),
    afterMs: toMilliseconds(to),
    error: toMilliseconds(spread.deviation()),
    degrees,
  });
  const [total] = judged([differenceOf(was, is, spreads.total)]);
  const [inside, mix] = judged([
    differenceOf(0, within, spreads.within),
    differenceOf(0, is - was - within, spreads.mix),
  ]);
  return { total, within: shift(inside), mix: shift(mix) };
}

function shift({ beforeMs: _before, afterMs: _after, ...rest }: Change): Shift {
  return rest;
}

/** All traces of a side in ascending order of total: total, weight, and which path each is of. */
interface Pool {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly path: Uint32Array;
  readonly pathCount: number;
}

function poolOf(paths: readonly PathTraffic[], keys: ReadonlyMap<string, number>): Pool {
  const count = paths.reduce((sum, { sample }) => sum + sample.weights.length, 0);
  const [values, weights] = [new Float64Array(count), new Float64Array(count)];
  const path = new Uint32Array(count);
  let at = 0;
  for (const { key, sample } of paths) {
    values.set(sample.totals.values, at);
    weights.set(sample.weights, at);
    path.fill(keys.get(key) ?? 0, at, (at += sample.weights.length));
  }
  const order = ascendingOrder(values);
  return {
    values: picked(values, order),
    weights: picked(weights, order),
    path: path.map((_, rank) => path[order[rank]]),
    pathCount: keys.size,
  };
}

interface Split {
  readonly was: Nanoseconds;
  readonly is: Nanoseconds;
  readonly within: Nanoseconds;
}

/** The split for any weights of the two pools' traces; beta distributions are those of the pools as they are. */
function splitter(old: Pool, now: Pool, p: Fraction): (old: Float64Array, now: Float64Array) => Split {
  const quantileOf = ({ values, path, weights }: Pool, usual: Float64Array) => {
    const n = effective(weights.map((weight, i) => weight * usual[path[i]]));
    const cdf = betaCdf(p * (n + 1), (1 - p) * (n + 1));
    return (drawn: Float64Array, scales: Float64Array): Nanoseconds => {
      let sum = 0;
      for (let i = 0; i < drawn.length; i++) sum += drawn[i] * scales[path[i]];
      let [cumulative, before, total, last] = [0, 0, 0, 0];
      for (let i = 0; i < drawn.length && before < 1; i++) {
        const weight = drawn[i] * scales[path[i]];
        if (weight === 0) continue;
        cumulative += weight;
        last = values[i];
        const here = cdf.at(cumulative / sum);
        total += (here - before) * last;
        before = here;
      }
      // Rounding may leave the cumulative weight a hair below 1.
      return total + (1 - before) * last;
    };
  };
  const scalesOf = (from: Float64Array, to: Float64Array): Float64Array =>
    from.map((requests, path) => (requests > 0 && to[path] > 0 ? to[path] / requests : 0));
  const [oldRequests, nowRequests] = [requestsOf(old, old.weights), requestsOf(now, now.weights)];
  const all = new Float64Array(old.pathCount).fill(1);
  const [toNow, toOld] = [scalesOf(oldRequests, nowRequests), scalesOf(nowRequests, oldRequests)];
  const common = toNow.map((scale) => (scale > 0 ? 1 : 0));
  const hasCommon = common.includes(1);
  const was = quantileOf(old, all);
  const is = quantileOf(now, all);
  const [oldAsOld, oldAsNow] = [quantileOf(old, common), quantileOf(old, toNow)];
  const [nowAsNow, nowAsOld] = [quantileOf(now, common), quantileOf(now, toOld)];
  return (oldDrawn, nowDrawn) => {
    const [a, b] = [requestsOf(old, oldDrawn), requestsOf(now, nowDrawn)];
    const inOldMix = nowAsOld(nowDrawn, scalesOf(b, a)) - oldAsOld(oldDrawn, common);
    const inNowMix = nowAsNow(nowDrawn, common) - oldAsNow(oldDrawn, scalesOf(a, b));
    return { was: was(oldDrawn, all), is: is(nowDrawn, all), within: hasCommon ? (inOldMix + inNowMix) / 2 : 0 };
  };
}

function requestsOf({ path, pathCount }: Pool, weights: Float64Array): Float64Array {
  const requests = new Float64Array(pathCount);
  for (let i = 0; i < path.length; i++) requests[path[i]] += weights[i];
  return requests;
}

/** (Σw)²/Σw²; 1 where nothing is left. */
function effective(weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 1 : (sum * sum) / squares;
}

/** Weights of as many traces as there are, drawn with replacement; the same array each time. */
function drawer(weights: Float64Array, seed: number): () => Float64Array {
  const random = seededRandom(seed);
  const drawn = new Float64Array(weights.length);
  return () => {
    drawn.fill(0);
    for (let i = 0; i < weights.length; i++) {
      const rank = random(weights.length);
      drawn[rank] += weights[rank];
    }
    return drawn;
  };
}
