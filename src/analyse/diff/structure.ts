import type { Boundary, Hop, RequestPath } from '../model.ts';

/** What changed in a path's shape, whatever the time that it takes. `was` is the former name or layer. */
export interface StructureChange {
  readonly kind: 'new' | 'gone' | 'renamed' | 'layer' | 'async' | 'awaited' | 'measured' | 'unmeasured';
  readonly of: 'hop' | 'boundary';
  /** A hop's id, or `from → to`. */
  readonly name: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** A hop or a boundary in both paths, as indexes; null where a path does not have it. */
export interface Pair {
  readonly before: number | null;
  readonly after: number | null;
}

export interface Matched {
  readonly hops: readonly Pair[];
  readonly boundaries: readonly Pair[];
  readonly changes: readonly StructureChange[];
  /** What one side alone has, but so seldom that chance explains it: in words, not called a change. */
  readonly rare: readonly StructureChange[];
}

/** Below this chance what one side alone has is no accident. */
const ACCIDENT = 0.001;

/**
 * Hops and boundaries of two versions of a path, put side by side. A hop that is gone and one that is new are the same
 * one renamed, where they alone have the same layer, runtime, callers and callees.
 *
 *     before  web → cart → redis          pairs   web, carts (was cart), redis
 *     after   web → carts → redis         changes carts renamed
 */
export function matchPaths(before: RequestPath, after: RequestPath): Matched {
  const changes: StructureChange[] = [];
  const rare: StructureChange[] = [];
  const note = (entry: Omit<StructureChange, 'was' | 'is'> & Partial<StructureChange>, isRare = false): void => {
    (isRare ? rare : changes).push({ was: null, is: null, ...entry });
  };
  const newNames = renames(before, after);
  const nowCalled = (id: string): string => newNames.get(id) ?? id;
  const hops = paired(
    before.hops,
    after.hops,
    (hop) => nowCalled(hop.id),
    (hop) => hop.id,
  );
  const boundaries = paired(
    before.boundaries,
    after.boundaries,
    (line) => lineName({ from: nowCalled(line.from), to: nowCalled(line.to) }),
    lineName,
  );
  for (const pair of hops) {
    const [was, is] = [at(before.hops, pair.before), at(after.hops, pair.after)];
    if (is === null && was !== null) {
      note({ kind: 'gone', of: 'hop', name: was.id }, isAccident(was.traces, before.traces, after.traces));
    } else if (was === null && is !== null) {
      note({ kind: 'new', of: 'hop', name: is.id }, isAccident(is.traces, after.traces, before.traces));
    } else if (was !== null && is !== null) {
      if (was.id !== is.id) note({ kind: 'renamed', of: 'hop', name: is.id, was: was.id, is: is.id });
      if (was.layer !== is.layer) note({ kind: 'layer', of: 'hop', name: is.id, was: was.layer, is: is.layer });
      if (was.isAsync !== is.isAsync) note({ kind: is.isAsync ? 'async' : 'awaited', of: 'hop', name: is.id });
    }
  }
  // A boundary of a hop that is new or gone goes without saying.
  const alone = new Set(
    [...changes, ...rare].filter(({ kind }) => kind === 'new' || kind === 'gone').map(({ name }) => name),
  );
  for (const pair of boundaries) {
    const line = at(after.boundaries, pair.after) ?? at(before.boundaries, pair.before);
    if (line !== null && (alone.has(line.from) || alone.has(line.to))) continue;
    const [was, is] = [at(before.boundaries, pair.before), at(after.boundaries, pair.after)];
    if (is === null && was !== null) {
      note({ kind: 'gone', of: 'boundary', name: lineName(was) }, isAccident(was.traces, before.traces, after.traces));
    } else if (was === null && is !== null) {
      note({ kind: 'new', of: 'boundary', name: lineName(is) }, isAccident(is.traces, after.traces, before.traces));
    } else if (was !== null && is !== null && was.isMeasured !== is.isMeasured) {
      note({ kind: is.isMeasured ? 'measured' : 'unmeasured', of: 'boundary', name: lineName(is) });
    }
  }
  return { hops, boundaries, changes, rare };
}

export function lineName({ from, to }: Pick<Boundary, 'from' | 'to'>): string {
  return `${from} → ${to}`;
}

/**
 * Whether chance alone could put all `seen` traces on the side of `here` traces and none on that of `there`:
 * (here / (here + there)) ^ seen. What every trace of a side has is no accident, however few they are.
 */
function isAccident(seen: number, here: number, there: number): boolean {
  return seen < here && (here / (here + there)) ** seen > ACCIDENT;
}

/** In the order of `after`; what is gone stands behind what it stood behind. */
function paired<T>(
  before: readonly T[],
  after: readonly T[],
  keyBefore: (item: T) => string,
  keyAfter: (item: T) => string,
): Pair[] {
  const old = new Map(before.map((item, index) => [keyBefore(item), index]));
  const pairs: Pair[] = after.map((item, index) => ({ before: old.get(keyAfter(item)) ?? null, after: index }));
  const kept = new Set(after.map(keyAfter));
  before.forEach((item, index) => {
    if (kept.has(keyBefore(item))) return;
    const place = index === 0 ? 0 : pairs.findIndex((pair) => pair.before === index - 1) + 1;
    pairs.splice(place, 0, { before: index, after: null });
  });
  return pairs;
}

/** Old name → new name. */
function renames(before: RequestPath, after: RequestPath): Map<string, string> {
  const gone = missing(before, after);
  const added = missing(after, before);
  const found = new Map<string, string>();
  for (const [place, [old, ...others]] of gone) {
    const [now, ...more] = added.get(place) ?? [];
    if (old !== undefined && now !== undefined && others.length + more.length === 0) found.set(old.id, now.id);
  }
  return found;
}

/** The hops that the other path does not have, by their place in the path. */
function missing(path: RequestPath, other: RequestPath): Map<string, Hop[]> {
  const known = new Set(other.hops.map(({ id }) => id));
  const byPlace = new Map<string, Hop[]>();
  for (const hop of path.hops) {
    if (known.has(hop.id) || isAccident(hop.traces, path.traces, other.traces)) continue;
    const callers = path.boundaries.filter(({ to }) => to === hop.id).map(({ from }) => from);
    const callees = path.boundaries.filter(({ from }) => from === hop.id).map(({ to }) => to);
    if (callers.length + callees.length === 0) continue;
    const place = JSON.stringify([
      hop.layer,
      hop.origin,
      hop.runtime,
      hop.isAsync,
      callers.toSorted(),
      callees.toSorted(),
    ]);
    byPlace.set(place, [...(byPlace.get(place) ?? []), hop]);
  }
  return byPlace;
}

function at<T>(list: readonly T[], index: number | null): T | null {
  return index === null ? null : list[index];
}
