import type { PathView, RequestPath } from '../analyse/model.ts';
import { formatCount, formatInteger, formatPercent, formatPercentile } from '../base/format.ts';
import { PERCENTILES, PERCENTILE_KEYS } from '../config/percentiles.ts';
import { printMs, printQuanta, type Amounts } from '../base/amounts.ts';
import { percentileKeyOf } from './drawBox.ts';
import { BOLD, DIM, text } from './marks.ts';
import type { Mark, SceneGroup, TextRun } from './scene.ts';
import { cellsIn, cut, shownName, textWidth, wrap } from './text.ts';

/**
 *     GET /catalog/:id                                                                 47 ms
 *     4,805 traces · 60 s · 47.2k req/s · 4 regions     total p50 · p95 112 · p99 180 of 180 ceiling
 */
export interface Header {
  readonly group: SceneGroup;
  readonly bottom: number;
}

const TOP = 44;
const LINE = 17;
const SIZE = 11.5;

export function drawHeader(path: RequestPath, view: PathView, amounts: Amounts, left: number, right: number): Header {
  const total = `${view.isResolved ? '' : '~'}${printQuanta(amounts.total, amounts.scale)}`;
  const totalWidth = textWidth(total, 40, -1) + textWidth(amounts.scale.unit, 17) + 6;
  const { runs, width } = totalRuns(path, view, amounts);
  const marks: Mark[] = [
    text(left, TOP, 22, cut(shownName(path.name), cellsIn(right - left - totalWidth - 24, 22)), {
      ...BOLD,
      fullText: shownName(path.name),
    }),
    text(right, TOP, 40, [{ text: total }, { text: amounts.scale.unit, tone: 'dim', size: 17, weight: 400, dx: 3 }], {
      ...BOLD,
      anchor: 'end',
      letterSpacing: -1,
    }),
    text(right, TOP + 20, SIZE, runs, { ...DIM, anchor: 'end' }),
  ];
  // Facts stand beside the totals; where there is too little room beside, below.
  const beside = right - left - width - 24;
  const isBeside = beside >= 200;
  const lines = wrapFacts(factsOf(path), cellsIn(isBeside ? beside : right - left, SIZE));
  const first = TOP + 20 + (isBeside ? 0 : LINE);
  lines.forEach((content, index) => marks.push(text(left, first + index * LINE, SIZE, content, DIM)));
  return { group: { part: null, label: null, marks }, bottom: Math.max(TOP + 20, first + (lines.length - 1) * LINE) };
}

function factsOf(path: RequestPath): string[] {
  const facts = [path.traces === 1 ? '1 trace' : `${formatInteger(path.traces)} traces`];
  if (path.seconds >= 1) facts.push(`${formatInteger(path.seconds)} s`);
  if (path.requestsPerSecond !== null) facts.push(`${formatCount(path.requestsPerSecond)} req/s`);
  if (path.regions > 1) facts.push(`${path.regions} regions`);
  const errorShare = path.requests > 0 ? path.errors / path.requests : 0;
  if (errorShare >= 0.01) facts.push(`${formatPercent(errorShare)} errors`);
  if (path.weighting === 'unweighted') facts.push('unweighted');
  if (path.weighting === 'mixed') facts.push('partly unweighted');
  const hops = path.hops.filter((hop) => !hop.isAsync);
  const bounded = hops.filter((hop) => Object.keys(hop.budget).length > 0).length;
  if (bounded > 0)
    facts.push(bounded === hops.length ? 'every hop bounded' : `${bounded} of ${hops.length} hops bounded`);
  return facts;
}

/** Breaks between facts, not within one. */
function wrapFacts(facts: readonly string[], limit: number): string[] {
  const NBSP = '\u00a0';
  return wrap(facts.map((fact) => fact.replaceAll(' ', NBSP)).join(`${NBSP}· `), limit).map((content) =>
    content.replaceAll(NBSP, ' '),
  );
}

/** "total p50 · p95 112 · p99 180 of 180 ceiling": the shown percentile first, then the three others. */
function totalRuns(path: RequestPath, view: PathView, { scale }: Amounts): { runs: TextRun[]; width: number } {
  const shown = percentileKeyOf(view.percentile);
  const runs: TextRun[] = [{ text: `total ${formatPercentile(view.percentile)}` }];
  if (shown !== null) pushCeiling(runs, path, view.verdict, shown);
  for (const key of PERCENTILE_KEYS) {
    if (key === shown || PERCENTILES[key] === view.percentile) continue;
    const at = path.at[key];
    runs.push({ text: ` · ${key} ${at.isResolved ? '' : '~'}${printMs(at.totalMs, scale)}` });
    pushCeiling(runs, path, at.verdict, key);
  }
  return { runs, width: runs.reduce((sum, run) => sum + textWidth(run.text, SIZE), 0) };

  function pushCeiling(
    list: TextRun[],
    { ceiling }: RequestPath,
    verdict: PathView['verdict'],
    key: 'p50' | 'p95' | 'p99',
  ): void {
    const bound = ceiling[key];
    if (bound === undefined) return;
    if (verdict === 'over') list.push({ text: ` ▲ over ${printMs(bound, scale)} ceiling`, tone: 'bad', weight: 600 });
    else list.push({ text: ` of ${printMs(bound, scale)} ceiling` });
  }
}
