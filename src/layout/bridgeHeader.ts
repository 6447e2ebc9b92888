import type { PartChange, PathDiff } from '../analyse/diff/model.ts';
import { formatInteger, formatPercent, formatPercentile } from '../base/format.ts';
import type { Fraction } from '../base/units.ts';
import { printQuanta } from '../base/amounts.ts';
import { amountText, signed, type Totals } from './bridgeAmounts.ts';
import { BOLD, DIM, HEADING, text } from './marks.ts';
import type { Mark, TextRun } from './scene.ts';
import { structureWords } from './structureWords.ts';
import { cellsIn, cut, printable, shownName, textWidth, wrap } from './text.ts';

const TOP = 44;
const SIZE = 11.5;

/** Marks, and where they end. */
export interface Block {
  readonly marks: Mark[];
  readonly bottom: number;
}

/**
 *     GET /catalog/:id                                            47.0 → 50.6 ms
 *     4,805 → 4,805 traces · 17% → 17% of requests    total p50 ▲ +3.6 slower
 */
export function headerMarks(
  diff: PathDiff,
  percentile: Fraction,
  { before, after, scale }: Totals,
  left: number,
  right: number,
): Block {
  const isUnsure = diff.total.verdict === 'insufficient' ? '~' : '';
  const total = `${isUnsure}${printQuanta(before, scale, true)} → ${isUnsure}${printQuanta(after, scale, true)}`;
  const totalWidth = textWidth(total, 34, -1) + textWidth(scale.unit, 17) + 6;
  const traffic = [
    `${formatInteger(diff.before.traces)} → ${formatInteger(diff.after.traces)} traces`,
    `${formatPercent(diff.before.share)} → ${formatPercent(diff.after.share)} of requests`,
  ].join(' · ');
  const change: TextRun[] = [
    { text: `total ${formatPercentile(percentile)} ` },
    diff.total.verdict === 'slower'
      ? { text: `▲ ${amountText(signed(after - before), scale)} slower`, tone: 'bad', weight: 600 }
      : { text: `${amountText(signed(after - before), scale)}${verdictWords(diff.total.verdict)}` },
  ];
  const changeWidth = change.reduce((sum, run) => sum + textWidth(run.text, SIZE), 0);
  const isBeside = textWidth(traffic, SIZE) + changeWidth + 24 <= right - left;
  return {
    marks: [
      text(left, TOP, 22, cut(shownName(diff.name), cellsIn(right - left - totalWidth - 24, 22)), {
        ...BOLD,
        fullText: shownName(diff.name),
      }),
      text(right, TOP, 34, [{ text: total }, { text: scale.unit, tone: 'dim', size: 17, weight: 400, dx: 3 }], {
        ...BOLD,
        anchor: 'end',
        letterSpacing: -1,
      }),
      text(right, TOP + 20, SIZE, change, { ...DIM, anchor: 'end' }),
      text(left, TOP + (isBeside ? 20 : 37), SIZE, traffic, DIM),
    ],
    bottom: TOP + (isBeside ? 20 : 37),
  };
}

/** What changed in words, and below it what is new, gone or renamed. */
export function findingMarks(diff: PathDiff, left: number, right: number, top: number): Block {
  const marks: Mark[] = [text(left, top, 11, 'FINDING', HEADING)];
  let y = top + 24;
  for (const sentence of diff.finding) {
    for (const part of wrap(printable(sentence), cellsIn(right - left, 14))) {
      marks.push(text(left, y, 14, part, BOLD));
      y += 20;
    }
  }
  y += 2;
  for (const sentence of diff.structure.map(structureWords)) {
    for (const part of wrap(printable(sentence), cellsIn(right - left, SIZE))) {
      marks.push(text(left, y, SIZE, part, DIM));
      y += 17;
    }
  }
  return { marks, bottom: y - 20 };
}

function verdictWords(verdict: PartChange['verdict']): string {
  switch (verdict) {
    case 'slower':
    case 'faster':
      return ` ${verdict}`;
    case 'unproven':
      return ', no more than chance makes';
    case 'insufficient':
      return ', too few traces to judge';
  }
}
