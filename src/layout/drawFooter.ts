import type { PathView, RequestPath } from '../analyse/model.ts';
import { formatPercentile } from '../base/format.ts';
import { LAYERS } from '../config/layers.ts';
import { PERCENTILE_KEYS } from '../config/percentiles.ts';
import { printMs, printQuanta, printShare, printUnsure, type Amounts } from '../base/amounts.ts';
import { dataNotes } from './dataNotes.ts';
import { DIM, line, text } from './marks.ts';
import type { Mark, SceneGroup, TextRun } from './scene.ts';
import { cells, cellsIn, cut, textWidth } from './text.ts';

/**
 * The sum that the picture is: every hop, or every layer where the hops are too many, and the boundaries.
 *
 *     7 + 3 + 12 + 4 + 2 + 18 + 0.4 hops + 0.6 boundaries            total 47 ms p50 · p99 ceiling 180 ms
 *     12 of 4,805 traces repaired: 8 orphans adopted, 4 clocks shifted
 *
 * The last line is there only where the data is not what it should be.
 */
const SIZE = 11.5;
/** From one line to the next. */
const LINE = 17;

export function drawFooter(
  path: RequestPath,
  view: PathView,
  amounts: Amounts,
  frame: { readonly left: number; readonly right: number; readonly top: number },
): { group: SceneGroup; bottom: number } {
  const { scale } = amounts;
  const total: TextRun[] = [
    {
      text: `total ${printUnsure(printQuanta(amounts.total, scale), view.isResolved)} ${scale.unit} ${formatPercentile(view.percentile)}`,
      tone: 'text',
      weight: 600,
    },
    ...PERCENTILE_KEYS.flatMap((key) => {
      const ceiling = path.ceiling[key];
      return ceiling === undefined ? [] : [{ text: ` · ${key} ceiling ${printMs(ceiling, scale)} ${scale.unit}` }];
    }),
  ];
  const totalWidth = total.reduce((sum, run) => sum + textWidth(run.text, SIZE), 0);
  const boundaries = boundarySum(path, view, amounts);
  const sums = [hopSum(path, view, amounts), layerSum(path, view, amounts), totalOfHops(path, view, amounts)].map(
    (hops) => hops + boundaries,
  );
  const beside = frame.right - frame.left - totalWidth - 24;
  const sum = sums.find((candidate) => textWidth(candidate, SIZE) <= frame.right - frame.left) ?? sums[2];
  const isBeside = textWidth(sum, SIZE) <= beside;
  const marks: Mark[] = [
    line(frame.left, frame.top, frame.right, frame.top, 'grid', 1),
    text(frame.left, frame.top + 20, SIZE, sum, DIM),
    isBeside
      ? text(frame.right, frame.top + 20, SIZE, total, { ...DIM, anchor: 'end' })
      : text(frame.left, frame.top + LINE + 20, SIZE, total, DIM),
  ];
  const bottom = frame.top + (isBeside ? 20 : LINE + 20);
  const notes = dataNotes(path);
  if (notes.length === 0) return { group: { part: null, label: null, marks }, bottom };
  const room = cellsIn(frame.right - frame.left, SIZE);
  const shown = notes.find((candidate) => cells(candidate) <= room) ?? cut(notes[1], room);
  marks.push(text(frame.left, bottom + LINE, SIZE, shown, { ...DIM, fullText: notes[0] }));
  return { group: { part: null, label: null, marks }, bottom: bottom + LINE };
}

/** Hops that took nothing are no part of the sum. */
function hopSum(path: RequestPath, view: PathView, amounts: Amounts): string {
  const shares = path.hops.flatMap((_, hop) => (view.hops[hop].shareMs > 0 ? [sumOf([hop], view, amounts)] : []));
  if (shares.length === 0) return '0 hops';
  return shares.length === 1 ? `${shares[0]} in one hop` : `${shares.join(' + ')} hops`;
}

function layerSum(path: RequestPath, view: PathView, amounts: Amounts): string {
  const sums = LAYERS.flatMap((layer) => {
    const hops = path.hops.flatMap((hop, index) => (hop.layer === layer && !hop.isAsync ? [index] : []));
    return hops.length === 0 ? [] : [`${sumOf(hops, view, amounts)} ${layer}`];
  });
  return sums.join(' + ');
}

function totalOfHops(path: RequestPath, view: PathView, amounts: Amounts): string {
  return `${sumOf([...path.hops.keys()], view, amounts)} hops`;
}

function sumOf(hops: readonly number[], view: PathView, amounts: Amounts): string {
  const quanta = hops.reduce((sum, hop) => sum + amounts.hops[hop], 0);
  const shareMs = hops.reduce((sum, hop) => sum + view.hops[hop].shareMs, 0);
  return printShare(quanta, shareMs, amounts.scale);
}

/** What nobody measured is not 0. */
function boundarySum(path: RequestPath, view: PathView, amounts: Amounts): string {
  if (path.boundaries.length === 0) return '';
  if (!path.boundaries.some(({ isMeasured, isAsync }) => isMeasured && !isAsync)) return ', boundaries not measured';
  const quanta = amounts.boundaries.reduce((sum, part) => sum + part, 0);
  const shareMs = view.boundaries.reduce((sum, boundary) => sum + boundary.shareMs, 0);
  return ` + ${printShare(quanta, shareMs, amounts.scale)} boundaries`;
}
