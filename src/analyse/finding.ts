import {
  formatDuration,
  formatDurationText,
  formatInteger,
  formatPercent,
  formatPercentile,
} from '../base/format.ts';
import type { Milliseconds } from '../base/units.ts';
import { budgetAt } from './budgets.ts';
import type { Finding, PathView, RequestPath } from './model.ts';

/**
 * What a person should know first, in words that hold for these numbers and no others.
 *
 *     postgres · primary is the bottleneck:
 *     18 of 47 ms (38%), 2 ms over its 16 ms budget.
 *
 *     It is the runtime, not the boundary:
 *     all boundaries together cost 0.6 ms (1%).
 *     The tail is postgres too: 94 of 180 ms at p99.
 *
 * Lines are short enough for the place in the diagram, which does not wrap.
 */
export type Measured = Omit<PathView, 'finding' | 'exemplar'>;
type Described = Pick<RequestPath, 'hops' | 'boundaries' | 'ceiling' | 'traces' | 'effectiveTraces'>;

const LINE_LENGTH = 52;
const NAME_LENGTH = 32;

/** `other` is what the tail is compared with: the view at p99, or at p50 where `view` is the tail itself. */
export function finding(path: Described, view: Measured, other: Measured): Finding {
  const hop = largest(view.hops.map(({ shareMs }) => shareMs));
  if (view.totalMs <= 0 || hop === null) {
    return { headline: ['These requests took no measurable time.'], details: [], hop: null };
  }
  const line = largest(view.boundaries.map(({ shareMs }) => shareMs));
  const isLineWorst = line !== null && view.boundaries[line].shareMs > view.hops[hop].shareMs;
  const headline = [...ceilingSentence(path, view), ...(isLineWorst ? lineSentence(path, view, line) : hopSentence(path, view, hop))];
  const details = [
    ...boundarySentence(path, view, hop, isLineWorst),
    ...tailSentence(path, view, other, isLineWorst ? null : hop),
    ...othersOver(path, view, isLineWorst ? null : hop),
    ...doubtSentence(path, view),
  ];
  return { headline: headline.flatMap(wrapped), details: details.flatMap(wrapped), hop: isLineWorst ? null : hop };
}

function ceilingSentence(path: Described, view: Measured): string[] {
  const ceiling = budgetAt(path.ceiling, view.percentile);
  if (view.verdict !== 'over' || ceiling === undefined) return [];
  const excess = formatDurationText(view.totalMs - ceiling);
  return [`${formatPercentile(view.percentile)} is ${excess} over its ${formatDurationText(ceiling)} ceiling.`];
}

function hopSentence(path: Described, view: Measured, hop: number): string[] {
  const name = cut(path.hops[hop].id);
  const isAlone = path.hops.filter(({ isAsync }) => !isAsync).length === 1;
  const { shareMs } = view.hops[hop];
  return [
    isAlone ? `${name} is the only hop:` : `${name} is the bottleneck:`,
    `${part(view, shareMs)}${overClause(path, view, hop)}.`,
  ];
}

function lineSentence(path: Described, view: Measured, line: number): string[] {
  const { from, to } = path.boundaries[line];
  return [`The boundary ${cut(from)} → ${cut(to)} is the bottleneck:`, `${part(view, view.boundaries[line].shareMs)}.`];
}

/** ", 2 ms over its 16 ms budget". Budgets bound own time: where that is not the share, it is said. */
function overClause(path: Described, view: Measured, hop: number): string {
  const budget = budgetAt(path.hops[hop].budget, view.percentile);
  const { shareMs, ownMs, verdict } = view.hops[hop];
  if (budget === undefined || ownMs === null || verdict !== 'over') return '';
  const own = formatDurationText(ownMs);
  const over = `${formatDurationText(ownMs - budget)} over its ${formatDurationText(budget)} budget`;
  return own === formatDurationText(shareMs) ? `, ${over}` : `; its own time ${own} is ${over}`;
}

/** Whether the time is in the hops or between them. Only what was measured is claimed. */
function boundarySentence(path: Described, view: Measured, hop: number, isLineWorst: boolean): string[] {
  const drawn = path.boundaries.filter(({ isAsync }) => !isAsync);
  if (drawn.length === 0) return [];
  const measured = drawn.filter(({ isMeasured }) => isMeasured);
  if (measured.length === 0) return ['No boundary was measured: what the network took is inside the hops.'];
  const sum = view.boundaries.reduce((total, { shareMs }) => total + shareMs, 0);
  const which =
    measured.length === drawn.length ? 'all boundaries together cost' : 'all boundaries measured cost';
  const cost = `${which} ${approximate(view)}${formatDurationText(sum)} (${formatPercent(sum / view.totalMs)}).`;
  if (sum < view.hops[hop].shareMs) return ['It is the runtime, not the boundary:', cost];
  return [isLineWorst ? 'It is the boundary, not the runtime:' : 'The boundaries together take more:', cost];
}

/** Whether the other end of the distribution tells the same story. */
function tailSentence(path: Described, view: Measured, other: Measured, hop: number | null): string[] {
  if (path.traces < 2 || view.percentile === other.percentile) return [];
  const worst = largest(other.hops.map(({ shareMs }) => shareMs));
  if (worst === null || other.totalMs <= 0) return [];
  const where = other.percentile < view.percentile ? 'The median' : 'The tail';
  const too = worst === hop ? ' too' : '';
  const share = ofTotal(other, other.hops[worst].shareMs);
  return [`${where} is ${shortName(path.hops[worst].id)}${too}: ${share} at ${formatPercentile(other.percentile)}.`];
}

/** Hops that are over their budgets besides the one in the headline. */
function othersOver(path: Described, view: Measured, hop: number | null): string[] {
  const over = view.hops.flatMap(({ verdict }, i) => (verdict === 'over' && i !== hop ? [i] : []));
  if (over.length === 0) return [];
  const [first] = over;
  const excess = (view.hops[first].ownMs ?? 0) - (budgetAt(path.hops[first].budget, view.percentile) ?? 0);
  const more = over.length === 1 ? '' : `, and ${over.length - 1} more`;
  return [`Over budget: ${cut(path.hops[first].id)} by ${formatDurationText(excess)}${more}.`];
}

function doubtSentence(path: Described, view: Measured): string[] {
  if (view.isResolved) return [];
  if (path.traces === 1) return ['One trace says nothing of percentiles.'];
  const traces = `${formatInteger(path.traces)} traces`;
  return [`~ ${traces} are too few to tell ${formatPercentile(view.percentile)}.`];
}

/** "18 of 47 ms (38%)". */
function part(view: Measured, shareMs: Milliseconds): string {
  return `${ofTotal(view, shareMs)} (${formatPercent(Math.min(1, shareMs / view.totalMs))})`;
}

/** "18 of 47 ms", with the unit once where both have the same. */
function ofTotal(view: Measured, shareMs: Milliseconds): string {
  const share = formatDuration(shareMs);
  const total = formatDuration(view.totalMs);
  const unit = share.unit === total.unit ? '' : ` ${share.unit}`;
  const sign = approximate(view);
  return `${sign}${share.value}${unit} of ${sign}${total.value} ${total.unit}`;
}

function approximate(view: Measured): string {
  return view.isResolved ? '' : '~';
}

/** The index of the largest; of equals the first. Null where nothing is more than nothing. */
function largest(values: readonly Milliseconds[]): number | null {
  let best: number | null = null;
  values.forEach((value, i) => {
    if (value > 0 && (best === null || value > values[best])) best = i;
  });
  return best;
}

/** `postgres` of `postgres · primary`: in a sentence that names it a second time. */
function shortName(id: string): string {
  return cut(id.split(' · ')[0]);
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length <= NAME_LENGTH ? name : `${letters.slice(0, NAME_LENGTH - 1).join('')}…`;
}

/** Breaks a sentence at spaces into lines of at most `LINE_LENGTH` characters. */
function wrapped(sentence: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}
