import {
  amountsOf,
  printExcess,
  printMs,
  printQuanta,
  printShare,
  printUnsure,
  type Amounts,
} from '../base/amounts.ts';
import { formatInteger, formatPercent, formatPercentile } from '../base/format.ts';
import { leftToRight } from '../base/leftToRight.ts';
import type { Milliseconds } from '../base/units.ts';
import { budgetAt } from './budgets.ts';
import type { Estimate, Finding, PathView, RequestPath } from './model.ts';

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
 * Numbers are those of the picture, digit by digit (base/amounts.ts). Lines are short enough for the place in the
 * diagram, which does not wrap.
 */
export type Measured = Omit<PathView, 'finding' | 'exemplar'>;
type Described = Pick<RequestPath, 'hops' | 'boundaries' | 'ceiling' | 'traces' | 'effectiveTraces'>;

const LINE_LENGTH = 52;
const NAME_LENGTH = 32;

/** `other` is what the tail is compared with: the view at p99, or at p50 where `view` is the tail itself. */
export function finding(path: Described, view: Measured, other: Measured): Finding {
  const worst = worstPart(view);
  if (worst === null) return { headline: ['These requests took no measurable time.'], details: [], hop: null };
  const amounts = amountsOf(view);
  const headline = [...ceilingSentence(path, view, amounts), ...bottleneckSentence(path, view, amounts, worst)];
  const details = [
    ...boundarySentence(path, view, amounts, worst),
    ...tailSentence(path, view, amounts, worst, other),
    ...othersOver(path, view, amounts, worst),
    ...doubtSentence(path, view),
  ];
  return { headline: headline.flatMap(wrapped), details: details.flatMap(wrapped), hop: worst.hop };
}

/** What has the largest share: a hop, or a line where that has more. */
interface Worst {
  readonly hop: number | null;
  readonly line: number | null;
  readonly shareMs: Milliseconds;
}

function worstPart(view: Measured): Worst | null {
  const hop = largest(view.hops);
  const line = largest(view.boundaries);
  const hopMs = hop === null ? 0 : view.hops[hop].shareMs;
  const lineMs = line === null ? 0 : view.boundaries[line].shareMs;
  if (hopMs <= 0 && lineMs <= 0) return null;
  return lineMs > hopMs ? { hop: null, line, shareMs: lineMs } : { hop, line: null, shareMs: hopMs };
}

/** The index of the largest share; of equals the first. */
function largest(estimates: readonly Estimate[]): number | null {
  let best: number | null = null;
  estimates.forEach(({ shareMs }, i) => {
    if (best === null || shareMs > estimates[best].shareMs) best = i;
  });
  return best;
}

function ceilingSentence(path: Described, view: Measured, { scale }: Amounts): string[] {
  const ceiling = budgetAt(path.ceiling, view.percentile);
  if (view.verdict !== 'over' || ceiling === undefined) return [];
  const excess = `${printExcess(view.totalMs - ceiling, scale)} ${scale.unit}`;
  return [
    `${formatPercentile(view.percentile)} is ${excess} over its ${printMs(ceiling, scale)} ${scale.unit} ceiling.`,
  ];
}

function bottleneckSentence(path: Described, view: Measured, amounts: Amounts, worst: Worst): string[] {
  const isAlone = path.hops.filter(({ isAsync }) => !isAsync).length === 1;
  const is = isAlone && worst.hop !== null ? 'is the only hop' : 'is the bottleneck';
  const over = worst.hop === null ? '' : overClause(path, view, amounts, worst.hop);
  return [`${nameOf(path, worst, cut)} ${is}:`, `${part(view, amounts, worst)}${over}.`];
}

/** ", 2 ms over its 16 ms budget". Budgets bound own time: where that is not the share, it is said. */
function overClause(path: Described, view: Measured, { scale, hops }: Amounts, hop: number): string {
  const budget = budgetAt(path.hops[hop].budget, view.percentile);
  const { shareMs, ownMs, verdict } = view.hops[hop];
  if (budget === undefined || ownMs === null || verdict !== 'over') return '';
  const own = printMs(ownMs, scale);
  const over = `${printExcess(ownMs - budget, scale)} ${scale.unit} over its ${printMs(budget, scale)} ${scale.unit} budget`;
  const isShare = own === printMs(shareMs, scale) || own === printQuanta(hops[hop], scale);
  return isShare ? `, ${over}` : `; its own time ${own} ${scale.unit} is ${over}`;
}

/** Whether the time is in the hops or between them. Only what was measured is claimed. */
function boundarySentence(path: Described, view: Measured, amounts: Amounts, worst: Worst): string[] {
  const drawn = path.boundaries.filter(({ isAsync }) => !isAsync);
  if (drawn.length === 0) return [];
  const measured = drawn.filter(({ isMeasured }) => isMeasured);
  if (measured.length === 0) return ['No boundary was measured: what the network took is inside the hops.'];
  const sum = view.boundaries.reduce((total, { shareMs }) => total + shareMs, 0);
  const which = measured.length === drawn.length ? 'all boundaries together' : 'all boundaries measured';
  const quanta = amounts.boundaries.reduce((total, share) => total + share, 0);
  const printed = printUnsure(printShare(quanta, sum, amounts.scale), view.isResolved);
  const cost = `${which} cost ${printed} ${amounts.scale.unit} (${formatPercent(sum / view.totalMs)}).`;
  if (worst.hop !== null && sum <= worst.shareMs / 2) return ['It is the runtime, not the boundary:', cost];
  if (sum > view.totalMs / 2) return ['It is the boundary, not the runtime:', cost];
  return ['The boundaries have their part in it:', cost];
}

/** Whether the other end of the distribution tells the same story. */
function tailSentence(path: Described, view: Measured, { scale }: Amounts, worst: Worst, other: Measured): string[] {
  if (path.traces < 2 || view.percentile === other.percentile) return [];
  const elsewhere = worstPart(other);
  if (elsewhere === null) return [];
  const where = other.percentile < view.percentile ? 'The median' : 'The tail';
  const too = elsewhere.hop === worst.hop && elsewhere.line === worst.line ? ' too' : '';
  const [share, total] = [elsewhere.shareMs, other.totalMs].map((ms) =>
    printUnsure(printMs(ms, scale), other.isResolved),
  );
  const part = `${share} of ${total} ${scale.unit} at ${formatPercentile(other.percentile)}`;
  return [`${where} is ${nameOf(path, elsewhere, shortName)}${too}: ${part}.`];
}

/** Hops that are over their budgets besides the one in the headline. */
function othersOver(path: Described, view: Measured, { scale }: Amounts, worst: Worst): string[] {
  const over = view.hops.flatMap(({ verdict }, i) => (verdict === 'over' && i !== worst.hop ? [i] : []));
  if (over.length === 0) return [];
  const [first] = over;
  const excess = (view.hops[first].ownMs ?? 0) - (budgetAt(path.hops[first].budget, view.percentile) ?? 0);
  const more = over.length === 1 ? '' : `, and ${over.length - 1} more`;
  return [`Over budget: ${cut(path.hops[first].id)} by ${printExcess(excess, scale)} ${scale.unit}${more}.`];
}

function doubtSentence(path: Described, view: Measured): string[] {
  if (view.isResolved) return [];
  if (path.traces === 1) return ['One trace says nothing of percentiles.'];
  return [`${formatInteger(path.traces)} traces are too few to be sure of ${formatPercentile(view.percentile)}.`];
}

/** "18 of 47 ms (38%)". */
function part(view: Measured, { scale, hops, boundaries, total }: Amounts, { hop, line, shareMs }: Worst): string {
  const quanta = hop === null ? boundaries[line ?? 0] : hops[hop];
  const [share, whole] = [printShare(quanta, shareMs, scale), printQuanta(total, scale)].map((printed) =>
    printUnsure(printed, view.isResolved),
  );
  return `${share} of ${whole} ${scale.unit} (${formatPercent(Math.min(1, shareMs / view.totalMs))})`;
}

function nameOf(path: Described, { hop, line }: Worst, written: (id: string) => string): string {
  if (hop !== null) return written(path.hops[hop].id);
  const { from, to } = path.boundaries[line ?? 0];
  return `${written(from)} → ${written(to)}`;
}

/** `postgres` of `postgres · primary`: in a sentence that names it a second time. */
function shortName(id: string): string {
  return cut(id.split(' · ')[0]);
}

function cut(name: string): string {
  const letters = [...name];
  return leftToRight(letters.length <= NAME_LENGTH ? name : `${letters.slice(0, NAME_LENGTH - 1).join('')}…`);
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
