import type { Interval } from '../analyse/model.ts';
import { formatCount, UNMEASURED } from '../base/format.ts';
import type { Milliseconds } from '../base/units.ts';
import type { CheckedBound, CheckReport } from './checkReport.ts';
import { printable } from './terminal.ts';

/** Four digits, so that what is just over its bound is seen to be: 180.4 against 180. */
export function milliseconds(ms: Milliseconds | null): string {
  return ms === null ? UNMEASURED : String(Number(ms.toPrecision(4)));
}

/** `~` before what too few traces say. */
export function measured({ measuredMs, verdict }: CheckedBound): string {
  return measuredMs !== null && verdict === 'insufficient' ? `~${milliseconds(measuredMs)}` : milliseconds(measuredMs);
}

/** `17.2–19.1`; `≥ 17.2` where it has no upper end. */
export function interval({ lowMs, highMs }: Interval): string {
  if (lowMs !== null && highMs !== null) return `${milliseconds(lowMs)}–${milliseconds(highMs)}`;
  if (lowMs !== null) return `≥ ${milliseconds(lowMs)}`;
  return highMs === null ? UNMEASURED : `≤ ${milliseconds(highMs)}`;
}

/** Traces, or what weighted ones are worth. */
export function traces({ effectiveTraces }: CheckedBound): string {
  return effectiveTraces === 0 ? '0' : formatCount(effectiveTraces);
}

/** In words, with a sign: nothing depends on colour. */
export function verdictWords({ verdict, isFailing }: CheckedBound): string {
  if (verdict === 'over') return isFailing ? '▲ over' : 'over, not beyond doubt';
  return verdict === 'insufficient' && isFailing ? '▲ insufficient' : verdict;
}

/** "1 over, 2 near, 5 within": the verdicts that there are, the worst first. */
export function countWords({ counts }: CheckReport): string {
  return (['over', 'insufficient', 'near', 'within'] as const)
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ');
}

/** "postgres · primary p50 is 18 ms, over its budget of 16 ms (95% interval 17.2–19.1 ms, n 4.8k)". */
export function boundSentence(bound: CheckedBound): string {
  const { what, percentile, budgetMs, verdict, hint } = bound;
  if (hint !== null) return hint;
  const budget = `${what === 'total' ? 'ceiling' : 'budget'} of ${milliseconds(budgetMs)} ms`;
  const name = `${what} ${percentile}`;
  if (bound.measuredMs === null) return `${name} was not measured, so nothing can be said of its ${budget}`;
  const range = interval(bound.interval);
  const known = `${range === UNMEASURED ? '' : `95% interval ${range} ms, `}n ${traces(bound)}`;
  const held = {
    over: `over its ${budget}`,
    near: `near its ${budget}`,
    within: `within its ${budget}`,
    insufficient: `but there are too few traces to hold it against its ${budget}`,
  }[verdict];
  return `${name} is ${measured(bound)} ms, ${held} (${known})`;
}

/** The bounds of one path, with its name; with its entry too, where another path has the same name. */
export interface BoundsOfPath {
  readonly path: string;
  readonly bounds: readonly CheckedBound[];
}

/** The bounds by path, in the order of the report. */
export function boundsByPath({ bounds }: CheckReport): readonly BoundsOfPath[] {
  const entries = new Map<string, Set<string>>();
  for (const { path, entry } of bounds) {
    if (entry !== '') entries.set(path, (entries.get(path) ?? new Set()).add(entry));
  }
  const grouped = new Map<string, CheckedBound[]>();
  for (const bound of bounds) {
    const isAmbiguous = bound.entry !== '' && (entries.get(bound.path)?.size ?? 0) > 1;
    const path = printable(isAmbiguous ? `${bound.entry}: ${bound.path}` : bound.path);
    const known = grouped.get(path);
    if (known) known.push(bound);
    else grouped.set(path, [bound]);
  }
  return [...grouped].map(([path, each]) => ({ path, bounds: each }));
}
