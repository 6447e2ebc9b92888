import { assert } from '../../base/assert.ts';
import { toMilliseconds, type Fraction, type Milliseconds } from '../../base/units.ts';
import type { PathSet } from '../analyse.ts';
import { Estimator } from '../estimator.ts';
import type { RequestPath } from '../model.ts';
import { share, type RankTimes } from '../share.ts';
import type { Diff, PartChange, PathDiff, Traffic } from './model.ts';
import { diffFinding } from './diffFinding.ts';
import { judged, type Difference } from './judged.ts';
import { overallChange, type PathTraffic } from './overall.ts';
import { freedom } from './significance.ts';
import { SEEDS, standardErrors } from './standardErrors.ts';
import { lineName, matchPaths, type Pair } from './structure.ts';

/**
 * Two sets of request paths held against one another at a percentile. The change of a path's total is the sum of the
 * changes of its hops and boundaries, because the shares add up on either side:
 *
 *                   before  after  change
 *     cf.workers       7      7      0
 *     postgres        18     21.6   +3.6   (3.1 to 4.1): slower
 *     …               22     22      0
 *     total           47     50.6   +3.6
 *
 * A change's error is that of both sides together, √(a² + b²), each from the bootstrap. Changes of all hops and
 * boundaries of all compared paths are judged together (Holm), and so are those of the totals.
 */
export function diffPaths(
  before: PathSet,
  after: PathSet,
  percentile: Fraction,
  isCompared: (path: RequestPath) => boolean = () => true,
): Diff {
  const [old, now] = [sideOf(before), sideOf(after)];
  const drafts = now.flatMap((is) => {
    if (!isCompared(is.path)) return [];
    const was = old.find(({ key }) => key === is.key);
    return was === undefined ? [] : [draft(was, is, percentile)];
  });
  const totals = judged(drafts.map(({ total }) => total));
  const parts = judged(drafts.flatMap((each) => each.parts.map(({ measured }) => measured)));
  let next = 0;
  const paths = drafts.map((each, i): PathDiff => {
    const own = each.parts.map(({ measured: _, ...part }): PartChange => ({ ...part, ...parts[next++] }));
    const total = totals[i];
    const sum = own.reduce((all, { changeMs }) => all + changeMs, 0);
    const size = Math.max(total.beforeMs, total.afterMs, 1);
    assert(
      Math.abs(sum - total.changeMs) <= 1e-6 * size,
      'the changes of the parts do not add up to that of the total',
    );
    return { ...each.about, total, parts: own, finding: diffFinding(total, own, percentile) };
  });
  const alone = (side: readonly Side[], other: readonly Side[]) =>
    side
      .filter(({ key }) => other.every((each) => each.key !== key))
      .map(({ path: { name, entry }, traffic }) => ({ name, entry, traffic }));
  return {
    percentile,
    overall: overallChange(old, now, percentile),
    paths,
    newPaths: alone(now, old),
    gonePaths: alone(old, now),
  };
}

interface Side extends PathTraffic {
  readonly path: RequestPath;
  readonly traffic: Traffic;
}

function sideOf(set: PathSet): Side[] {
  const all = set.paths.reduce((sum, { requests }) => sum + requests, 0);
  return set.paths.map((path, index) => ({
    key: JSON.stringify([path.entry, path.name]),
    sample: set.sample(index),
    path,
    traffic: { traces: path.traces, requests: path.requests, share: path.requests / all },
  }));
}

interface Draft {
  readonly about: Omit<PathDiff, 'total' | 'parts' | 'finding'>;
  readonly total: Difference;
  readonly parts: readonly (Pick<PartChange, 'of' | 'name' | 'layer' | 'presence'> & {
    readonly measured: Difference;
  })[];
}

function draft(was: Side, is: Side, percentile: Fraction): Draft {
  const { hops, boundaries, changes, rare } = matchPaths(was.path, is.path);
  const degrees = freedom(was.sample.totals.effective, is.sample.totals.effective, percentile);
  const [old, now] = [
    measure(was, percentile, degrees === null ? null : SEEDS.before),
    measure(is, percentile, degrees === null ? null : SEEDS.after),
  ];
  const difference = (a: Measured | null, b: Measured | null): Difference => ({
    beforeMs: a?.ms ?? 0,
    afterMs: b?.ms ?? 0,
    error: Math.hypot(a?.error ?? 0, b?.error ?? 0),
    degrees: a === null || b === null ? null : degrees,
  });
  const partsOf = (of: PartChange['of'], pairs: readonly Pair[], olds: Parts, nows: Parts): Draft['parts'] =>
    pairs.flatMap(({ before, after }) => {
      const [a, b] = [before === null ? null : olds[before], after === null ? null : nows[after]];
      const shown = b ?? a;
      if (shown === null) return [];
      const presence = a === null ? 'new' : b === null ? 'gone' : 'both';
      return [{ of, name: shown.name, layer: shown.layer, presence, measured: difference(a, b) }];
    });
  const { name, entry } = is.path;
  return {
    about: { name, entry, before: was.traffic, after: is.traffic, structure: changes, rare },
    total: difference(old.total, now.total),
    parts: [
      ...partsOf('hop', hops, old.hops, now.hops),
      ...partsOf('boundary', boundaries, old.boundaries, now.boundaries),
    ],
  };
}

interface Measured {
  readonly ms: Milliseconds;
  readonly error: Milliseconds;
}

/** By hop or boundary; null where it has no part in the total. */
type Parts = readonly ((Measured & Pick<PartChange, 'name' | 'layer'>) | null)[];

/** Total and shares of a side with their errors; without a seed the errors are not needed. */
function measure({ path, sample }: Side, percentile: Fraction, seed: number | null) {
  const estimator = new Estimator();
  const weights = estimator.weights(sample.totals, percentile);
  const errors = seed === null ? null : standardErrors(sample, percentile, seed);
  const msOf = (times: RankTimes): Milliseconds => toMilliseconds(share(times, weights));
  const hops: Parts = path.hops.map(({ id, layer, isAsync }, i) =>
    isAsync ? null : { name: id, layer, ms: msOf(sample.hops[i]), error: errors?.hops[i] ?? 0 },
  );
  const boundaries: Parts = path.boundaries.map((line, i) => {
    if (!line.isMeasured) return null;
    const layer = path.hops.find(({ id }) => id === line.from)?.layer ?? 'service';
    return { name: lineName(line), layer, ms: msOf(sample.boundaries[i]), error: errors?.boundaries[i] ?? 0 };
  });
  const totalMs = toMilliseconds(estimator.quantile(sample.totals, percentile));
  return { total: { ms: totalMs, error: errors?.total ?? 0 }, hops, boundaries };
}
