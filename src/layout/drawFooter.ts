import type { PathView, RequestPath } from '../analyse/model.ts';
import { formatPercentile } from '../base/format.ts';
import { LAYERS } from '../config/layers.ts';
import { PERCENTILE_KEYS } from '../config/percentiles.ts';
import { printMs, printQuanta, printShare, type Amounts } from './amounts.ts';
import { DIM, line, text } from './marks.ts';
import type { Mark, SceneGroup, TextRun } from './scene.ts';
import { textWidth } from './text.ts';

/**
 * The sum that the picture is: every hop, or every layer where the hops are too many, and the boundaries.
 *
 *     7 + 3 + 12 + 4 + 2 + 18 + 0.4 hops + 0.6 boundaries            total 47 ms p50 · p99 ceiling 180 ms
 */
const SIZE = 11.5;

export function drawFooter(
  path: RequestPath,
  view: PathView,
  amounts: Amounts,
  frame: { readonly left: number; readonly right: number; readonly top: number },
): { group: SceneGroup; bottom: number } {
  const { scale } = amounts;
  const total: TextRun[] = [
    {
      text: `total ${view.isResolved ? '' : '~'}${printQuanta(amounts.total, scale)} ${scale.unit} ${formatPercentile(view.percentile)}`,
      tone: 'text',
      weight: 600,
    },
    ...PERCENTILE_KEYS.flatMap((key) => {
      const ceiling = path.ceiling[key];
      return ceiling === undefined ? [] : [{ text: ` · ${key} ceiling ${printMs(ceiling, scale)} ${scale.unit}` }];
    }),
  ];
  const totalWidth = total.reduce((sum, run) => sum + textWidth(run.text, SIZE), 0);
  const sums = [hopSum(path, view, amounts), layerSum(path, amounts), shortSum(amounts)];
  const beside = frame.right - frame.left - totalWidth - 24;
  const sum = sums.find((candidate) => textWidth(candidate, SIZE) <= frame.right - frame.left) ?? sums[2];
  const isBeside = textWidth(sum, SIZE) <= beside;
  const marks: Mark[] = [
    line(frame.left, frame.top, frame.right, frame.top, 'grid', 1),
    text(frame.left, frame.top + 20, SIZE, sum, DIM),
    isBeside
      ? text(frame.right, frame.top + 20, SIZE, total, { ...DIM, anchor: 'end' })
      : text(frame.left, frame.top + 37, SIZE, total, DIM),
  ];
  return { group: { part: null, label: null, marks }, bottom: frame.top + (isBeside ? 20 : 37) };
}

function hopSum(path: RequestPath, view: PathView, amounts: Amounts): string {
  const shares = path.hops.flatMap((hop, index) =>
    hop.isAsync ? [] : [printShare(amounts.hops[index], view.hops[index].shareMs, amounts.scale)],
  );
  return `${shares.join(' + ')} ${shares.length === 1 ? 'hop' : 'hops'}${boundarySum(amounts)}`;
}

function layerSum(path: RequestPath, amounts: Amounts): string {
  const sums = LAYERS.flatMap((layer) => {
    const inLayer = path.hops.flatMap((hop, index) =>
      hop.layer === layer && !hop.isAsync ? [amounts.hops[index]] : [],
    );
    return inLayer.length === 0
      ? []
      : [
          `${printQuanta(
            inLayer.reduce((sum, quanta) => sum + quanta, 0),
            amounts.scale,
          )} ${layer}`,
        ];
  });
  return `${sums.join(' + ')}${boundarySum(amounts)}`;
}

function shortSum(amounts: Amounts): string {
  return `${printQuanta(
    amounts.hops.reduce((sum, quanta) => sum + quanta, 0),
    amounts.scale,
  )} hops${boundarySum(amounts)}`;
}

function boundarySum(amounts: Amounts): string {
  if (amounts.boundaries.length === 0) return '';
  return ` + ${printQuanta(
    amounts.boundaries.reduce((sum, quanta) => sum + quanta, 0),
    amounts.scale,
  )} boundaries`;
}
