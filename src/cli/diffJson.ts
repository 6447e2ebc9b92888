import type { Change, Diff, PathPresence, Traffic } from '../analyse/diff/model.ts';

/** The comparison as JSON in full precision; names as in `inspect --json`, times in ms, `chance` corrected (Holm). */
export function diffJson({ percentile, overall, paths, newPaths, gonePaths }: Diff): string {
  const report = {
    percentile,
    overall: { ...change(overall.total), within: shift(overall.within), mix: shift(overall.mix) },
    paths: paths.map((path) => ({
      name: path.name,
      entry: path.entry,
      before: traffic(path.before),
      after: traffic(path.after),
      finding: path.finding,
      total: change(path.total),
      parts: path.parts.map((part) => ({
        of: part.of,
        name: part.name,
        layer: part.layer,
        presence: part.presence,
        ...change(part),
      })),
      structure: path.structure,
      rare: path.rare,
    })),
    new_paths: newPaths.map(presence),
    gone_paths: gonePaths.map(presence),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function change({ beforeMs, afterMs, ...rest }: Change) {
  return { before_ms: beforeMs, after_ms: afterMs, ...shift(rest) };
}

function shift({ changeMs, interval, chance, verdict }: Omit<Change, 'beforeMs' | 'afterMs'>) {
  return {
    change_ms: changeMs,
    interval_ms: interval === null ? null : { low: interval.lowMs, high: interval.highMs },
    chance,
    verdict,
  };
}

function traffic({ traces, requests, share }: Traffic) {
  return { traces, requests, share };
}

function presence({ name, entry, traffic: counts }: PathPresence) {
  return { name, entry, ...traffic(counts) };
}
