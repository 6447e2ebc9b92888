import type { PartChange, PathDiff } from '../analyse/diff/model.ts';
import { formatPercentile } from '../base/format.ts';
import type { Fraction, Milliseconds } from '../base/units.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { printQuanta, type Scale } from '../base/amounts.ts';
import { amountText, changeQuanta, totalsOf, type Totals } from './bridgeAmounts.ts';
import { bridgeAxis } from './bridgeAxis.ts';
import { findingMarks, headerMarks, type Block } from './bridgeHeader.ts';
import { bridgeRows, type BridgeRow } from './bridgeRows.ts';
import { BOLD, DIM, HEADING, line, rect, rounded, text } from './marks.ts';
import type { Mark, Scene, TextRun } from './scene.ts';
import { cellsIn, cut, cutName, printable, shownName, textWidth } from './text.ts';

/**
 * How a path's total came to change: a bridge from before to after, a bar for each hop and boundary that changed.
 *
 *     before               ████████████████████░                    47.0
 *     go.gateway                               ▏                    +0.1
 *     postgres · primary                       ▏███╌                +3.6   ▲ slower
 *     9 others                                     ▏                −0.1
 *     after                ████████████████████████░                50.6
 *
 * The printed changes lead from the printed total before to the one after, in every digit. A thin line is the 95 %
 * interval of a change. Grey is no more than chance makes; what is proven says so in words.
 */
const SIZE = 11.5;
const LABEL = { wide: 250, narrow: 180 };
const AMOUNT = { wide: 178, narrow: 140 };

export function bridge(diff: PathDiff, percentile: Fraction, options: { readonly width: number }): Scene {
  const width = Math.min(Math.max(Math.round(options.width), GEOMETRY.minWidth), GEOMETRY.maxWidth);
  const isNarrow = width < GEOMETRY.narrowBelow;
  const left = isNarrow ? GEOMETRY.narrowMargin : GEOMETRY.margin;
  const right = width - left;
  const totals = totalsOf(diff.total);
  const { before, after, scale } = totals;
  const quanta = changeQuanta(diff.parts, totals);
  const rows = bridgeRows(diff, quanta, before, after);

  const header = headerMarks(diff, percentile, totals, left, right);
  const finding = findingMarks(diff, left, right, header.bottom + 38);
  const top = finding.bottom + 40;
  const from = left + (isNarrow ? LABEL.narrow : LABEL.wide);
  const to = right - (isNarrow ? AMOUNT.narrow : AMOUNT.wide);
  const { pitch } = GEOMETRY.strip;
  const bottom = top + 24 + rows.length * pitch;
  const axis = bridgeAxis(rows, { from, to, top: top + 14, bottom }, scale);
  const bars = rows.flatMap((row, index) =>
    rowMarks(row, top + 26 + index * pitch, {
      left,
      right,
      from,
      to,
      at: axis.at,
      scale,
      isLast: index === rows.length - 1,
      isCut: axis.isCut,
    }),
  );
  const legend = 'line: 95 % interval · grey: no more than chance makes';
  const heading: Mark[] = [text(left, top, 11, 'WHAT CHANGED', HEADING)];
  if (textWidth(legend, SIZE) < right - left - 160)
    heading.push(text(right, top, SIZE, legend, { ...DIM, anchor: 'end' }));
  const footer = footerMarks(diff, quanta, totals, left, right, bottom + 32);
  const title = `${shownName(diff.name)}: ${printQuanta(before, scale, true)} → ${printQuanta(after, scale, true)} ${scale.unit} at ${formatPercentile(percentile)}`;
  const words = rows.map(({ name, amount, words: verdict }) =>
    `${shownName(name)} ${amountText(amount, scale)} ${verdict}`.trim(),
  );
  return {
    width,
    height: Math.ceil(footer.bottom + 22),
    title: printable(title),
    description: printable(`${diff.finding.join(' ')} In ${scale.unit}: ${words.join('; ')}.`),
    groups: [header.marks, finding.marks, [...heading, ...axis.marks], bars, footer.marks].map((marks) => ({
      part: null,
      label: null,
      marks: marks.map(rounded),
    })),
  };
}

interface RowFrame {
  readonly left: number;
  readonly right: number;
  readonly from: number;
  readonly to: number;
  readonly at: (ms: Milliseconds) => number;
  readonly scale: Scale;
  readonly isLast: boolean;
  /** The axis does not begin at 0, so the bars of the totals are broken. */
  readonly isCut: boolean;
}

function rowMarks(row: BridgeRow, y: number, frame: RowFrame): Mark[] {
  const { left, right, from, to, at, scale, isLast, isCut } = frame;
  const { bar, pitch } = GEOMETRY.strip;
  const middle = y + bar / 2;
  const [start, end] = [at(row.startMs), at(row.endMs)];
  const isTotal = row.amount.sign === '';
  const x = Math.min(start, end);
  const width = Math.max(Math.abs(end - start), 1.5);
  const marks: Mark[] = [
    line(from, y + bar + (pitch - bar) / 2, right, y + bar + (pitch - bar) / 2, 'grid', 1),
    text(left + 12, middle + 4, SIZE, cutName(shownName(row.name), cellsIn(from - left - 28, SIZE)), {
      fullText: shownName(row.name),
      ...(isTotal && BOLD),
    }),
    rect(x, y, width, bar, row.tone, { radius: Math.min(3, width / 2) }),
  ];
  if (row.layer !== null) marks.push(rect(left, y, 3, bar, row.layer, { radius: 1.5 }));
  if (isTotal && isCut) {
    marks.push(line(from + 11, y + bar + 2, from + 17, y - 2, 'background', 2.5));
    marks.push(line(from + 17, y + bar + 2, from + 23, y - 2, 'background', 2.5));
  }
  if (row.interval !== null) {
    const [low, high] = [at(row.interval.lowMs), at(row.interval.highMs)].map((px) => Math.min(Math.max(px, from), to));
    marks.push(line(low, middle, high, middle, 'text', 1));
    marks.push(line(low, middle - 3, low, middle + 3, 'text', 1), line(high, middle - 3, high, middle + 3, 'text', 1));
  }
  if (!isLast) marks.push(line(end, y + bar, end, y + pitch, 'dim', 1, true));
  const amount: TextRun[] = [{ text: amountText(row.amount, scale), tone: 'text', weight: 600 }];
  const words = cut(row.words, Math.max(0, cellsIn(right - to - 20, SIZE) - amount[0].text.length - 1));
  if (words !== '')
    amount.push({ text: ` ${words}`, ...(row.isBad && { tone: 'bad' as const, weight: 600 as const }) });
  marks.push(text(to + 20, middle + 4, SIZE, amount, DIM));
  return marks;
}

/** `47 + 3.6 hops − 0.1 boundaries = 50.5` */
function footerMarks(
  { parts }: PathDiff,
  quanta: readonly number[],
  { before, after, scale }: Totals,
  left: number,
  right: number,
  top: number,
): Block {
  const sumOf = (of: PartChange['of']): number =>
    parts.reduce((sum, part, index) => sum + (part.of === of ? quanta[index] : 0), 0);
  const terms = (['hop', 'boundary'] as const).map((of) => {
    const sum = sumOf(of);
    return `${sum < 0 ? '−' : '+'} ${printQuanta(Math.abs(sum), scale, true)} ${of === 'hop' ? 'hops' : 'boundaries'}`;
  });
  const sum = `${printQuanta(before, scale, true)} ${terms.join(' ')} = ${printQuanta(after, scale, true)} ${scale.unit}`;
  return {
    marks: [line(left, top, right, top, 'grid', 1), text(left, top + 20, SIZE, sum, DIM)],
    bottom: top + 20,
  };
}
