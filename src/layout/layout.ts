import type { PathView, RequestPath } from '../analyse/model.ts';
import { formatPercentile } from '../base/format.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { amountsOf, printQuanta, printShare, printUnsure, type Amounts } from '../base/amounts.ts';
import { columnsOf, columnsThatFit } from './columns.ts';
import { dataNotes } from './dataNotes.ts';
import { drawBox } from './drawBox.ts';
import { drawFinding } from './drawFinding.ts';
import { drawFooter } from './drawFooter.ts';
import { drawHeader } from './drawHeader.ts';
import { drawLine, pillWishes } from './drawLines.ts';
import { drawStrip } from './drawStrip.ts';
import { fold, type Plan } from './fold.ts';
import { DIM, HEADING, line, rounded, text } from './marks.ts';
import { pillsOf, pillWidth, type Pill, type PillWish } from './pills.ts';
import { rememberedRoute } from './rememberedRoute.ts';
import type { Placement } from './route.ts';
import type { LayoutOptions, Scene, SceneGroup } from './scene.ts';
import { printable, shownName } from './text.ts';

/**
 * A request path at one percentile → its picture. `view` is one of `path.at` or any other of the same path.
 *
 *     header      GET /catalog/:id                              47 ms
 *     layers      EDGE ── GATEWAY ── SERVICE ── DATA
 *     boxes       ▢ ────▶ ▢ ───────▶ ▢ ───────▶ ▢
 *     finding     postgres is the bottleneck
 *     strip       where the 47 ms go
 *     footer      7 + 3 + 12 + 4 + 2 + 18 + 0.4 hops + 0.6 boundaries
 *                 12 of 4,805 traces repaired: 8 orphans adopted, 4 clocks shifted
 *
 * Widths from 480 px up; the height follows from what there is to show. Every number printed is a share in whole
 * quanta (amounts.ts), so boxes and pills add up to layers, and layers and boundaries to the total, in every digit.
 */
export function layout(path: RequestPath, view: PathView, options: LayoutOptions): Scene {
  const width = Math.min(Math.max(Math.round(options.width), GEOMETRY.minWidth), GEOMETRY.maxWidth);
  const isNarrow = width < GEOMETRY.narrowBelow;
  const left = isNarrow ? GEOMETRY.narrowMargin : GEOMETRY.margin;
  const right = width - left;
  const amounts = amountsOf(view);

  const header = drawHeader(path, view, amounts, left, right);
  const plan = fold(path, view, options.openLayers);
  const wishes = pillWishes(plan, path, view, amounts);
  const { placement, pills } = arrange(plan, wishes, { left, top: header.bottom + 8, width: right - left });
  const lines = plan.lines.map((planned, index) =>
    drawLine(planned, plan, placement.lines[index], pills[index], path, view, amounts),
  );
  const boxes = plan.boxes.map((planned, index) =>
    drawBox(planned, placement.boxes[index], { path, view, amounts, isWide: placement.isWide }),
  );
  const finding = drawFinding(view.finding, placement, pills, { left, right, top: header.bottom + 20 });
  let bottom = Math.max(placement.bottom, finding?.bottom ?? 0);
  const strip =
    view.exemplar && drawStrip(path, view, view.exemplar, amounts, { left, right, top: bottom + 30, isNarrow });
  bottom = strip ? strip.bottom : bottom + 24;
  const footer = drawFooter(path, view, amounts, { left, right, top: bottom + 12 });

  const groups = [
    header.group,
    headings(placement, path, view, amounts),
    // In the order in which they are read and tabbed through: hops, then what lies between them.
    ...boxes,
    ...lines,
    ...(finding ? [finding.group] : []),
    ...(strip?.groups ?? []),
    footer.group,
  ];
  return {
    width,
    height: Math.ceil(footer.bottom + 22),
    title: `${shownName(path.name)}, ${printUnsure(printQuanta(amounts.total, amounts.scale), view.isResolved)} ${amounts.scale.unit} at ${formatPercentile(view.percentile)}`,
    description: describe(path, boxes, lines, view),
    groups: groups.map(({ part, label, marks }) => ({
      part,
      label: label === null ? null : printable(label),
      marks: marks.map(rounded),
    })),
  };
}

interface Arrangement {
  readonly placement: Placement;
  readonly pills: readonly (Pill | null)[];
}

/** As many columns as fit; one less where that gives room to many more pills, which is worth the height. */
function arrange(
  plan: Plan,
  wishes: readonly PillWish[],
  frame: { left: number; top: number; width: number },
): Arrangement {
  const arrangeIn = (room: number): Arrangement => {
    const placement = rememberedRoute(
      plan,
      columnsOf(plan, room),
      wishes.map((wish) => pillWidth(wish.texts[0])),
      frame,
    );
    const headingRects = placement.headings.map(({ column, y }) => ({
      ...placement.columns[column],
      y: y - 18,
      height: 20,
    }));
    return { placement, pills: pillsOf(wishes, placement.lines, placement.boxes, headingRects) };
  };
  const missing = ({ pills }: Arrangement): number => pills.filter((pill) => pill === null).length;
  const room = columnsThatFit(frame.width);
  const dense = arrangeIn(room);
  if (room === 1 || missing(dense) <= MISSING_PILLS * wishes.length) return dense;
  const airy = arrangeIn(room - 1);
  return missing(airy) + MISSING_PILLS * wishes.length < missing(dense) ? airy : dense;
}

/** Part of the pills that a column is worth. */
const MISSING_PILLS = 0.1;

/** Each layer's name and sum over its first column, the rule over all of its columns. */
function headings(placement: Placement, path: RequestPath, view: PathView, amounts: Amounts): SceneGroup {
  const layers = [...new Set(placement.headings.map(({ layer }) => layer))];
  const marks = layers.flatMap((layer) => {
    const own = placement.headings.filter((heading) => heading.layer === layer);
    const [first, last] = [placement.columns[own[0].column], placement.columns[own[own.length - 1].column]];
    const { y } = own[0];
    const hops = path.hops.flatMap((hop, index) => (hop.layer === layer ? [index] : []));
    const quanta = hops.reduce((sum, hop) => sum + amounts.hops[hop], 0);
    const shareMs = hops.reduce((sum, hop) => sum + view.hops[hop].shareMs, 0);
    const sum = printUnsure(printShare(quanta, shareMs, amounts.scale, true), view.isResolved);
    const end = last.x + last.width;
    return [
      text(first.x, y - 8, 11, layer.toUpperCase(), HEADING),
      text(end, y - 8, 11.5, `${sum} ${amounts.scale.unit}`, {
        ...DIM,
        anchor: 'end',
      }),
      line(first.x, y, end, y, layer, 2),
    ];
  });
  return { part: null, label: null, marks };
}

/** The picture in words, for who cannot see it. */
function describe(
  path: RequestPath,
  boxes: readonly SceneGroup[],
  lines: readonly SceneGroup[],
  view: PathView,
): string {
  const sentences = [
    [...view.finding.headline, ...view.finding.details].join(' '),
    `Hops: ${boxes.map(({ label }) => label).join('; ')}.`,
    ...(lines.length === 0 ? [] : [`Boundaries: ${lines.map(({ label }) => label).join('; ')}.`]),
    ...dataNotes(path)
      .slice(0, 1)
      .map((notes) => `Data: ${notes}.`),
  ];
  return printable(sentences.join(' ')).trim();
}
