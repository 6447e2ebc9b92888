import type { PathView, RequestPath } from '../analyse/model.ts';
import type { Fraction } from '../base/units.ts';
import { GEOMETRY } from '../config/geometry.ts';
import { PERCENTILES, PERCENTILE_KEYS, type PercentileKey } from '../config/percentiles.ts';
import { printQuanta, printShare, printUnsure, type Amounts } from '../base/amounts.ts';
import { budgetSentence, drawBar } from './drawBar.ts';
import type { BoxPlan } from './fold.ts';
import { BOLD, DIM, rect, text } from './marks.ts';
import type { PlacedBox } from './route.ts';
import type { Mark, Part, SceneGroup, TextRun } from './scene.ts';
import { cells, cellsIn, cut, cutName, shownName, shownText, textWidth } from './text.ts';

/**
 * A hop's box. The figure is its share of the total; the bar is its own time, which the budget bounds.
 *
 *     ┌──────────────────────────────┐      narrow   ┌──────────────────┐
 *     │ name · role             chip │               │ name · role      │
 *     │ 18 ms                   note │               │ 18 ms       chip │
 *     │ ━━━━━━━━━━━|────────         │               │ note             │
 *     │            16 budget         │               │ ━━━━━━|─────     │
 *     └──────────────────────────────┘               │       16 budget  │
 *       thick: own at the percentile                 └──────────────────┘
 *       thin: own at p99, tick: budget
 */
export interface BoxContext {
  readonly path: RequestPath;
  readonly view: PathView;
  readonly amounts: Amounts;
  readonly isWide: boolean;
}

export function drawBox(plan: BoxPlan, place: PlacedBox, context: BoxContext): SceneGroup {
  switch (plan.type) {
    case 'hop':
      return drawHop(plan.hops[0], place, context);
    case 'fold':
      return drawFold(plan, place, context);
    case 'close':
      return drawClose(plan, place);
  }
}

/** The budget that holds at exactly the shown percentile. */
export function percentileKeyOf(percentile: Fraction): PercentileKey | null {
  return PERCENTILE_KEYS.find((key) => PERCENTILES[key] === percentile) ?? null;
}

/** A hop's id as name and qualifier: "postgres · primary" and the config's role behind it. */
export function nameOf(hop: RequestPath['hops'][number]): { name: string; qualifier: string } {
  const id = shownName(hop.id);
  const [name, ...labels] = hop.origin === 'service' ? [id] : id.split(' · ');
  return { name, qualifier: shownText([...labels, ...(hop.role === null ? [] : [hop.role])].join(' · ')) };
}

function drawHop(index: number, place: PlacedBox, context: BoxContext): SceneGroup {
  const { path, view, amounts } = context;
  const hop = path.hops[index];
  const estimate = view.hops[index];
  const { x, y } = place;
  const slots = slotsOf(place, context.isWide);
  const isOver = estimate.verdict === 'over';
  const share = shareText(index, context);
  const chip = hop.runtime === null ? null : shownText(hop.runtime);
  const marks: Mark[] = [
    rect(x, y, place.width, place.height, 'box', {
      radius: GEOMETRY.box.radius,
      stroke: isOver ? 'bad' : 'boxLine',
      ...(hop.isAsync && { isDashed: true, stroke: 'line' }),
      role: 'box',
    }),
    rect(x, y + 14, 3, place.height - 28, hop.layer, { radius: 1.5 }),
    nameMark(hop, chip, slots),
  ];
  if (chip !== null) marks.push(chipMark(chip, figureWidth(share, hop.isAsync), slots));
  marks.push(figureMark(share, hop.isAsync ? '' : amounts.scale.unit, slots));
  if (hop.note !== null) marks.push(noteMark(shownText(hop.note), share, slots));
  const key = percentileKeyOf(view.percentile);
  const budgetMs = (key === null ? null : hop.budget[key]) ?? null;
  const verdict = estimate.verdict ?? null;
  if (estimate.ownMs !== null) {
    const ownP99Ms = path.at.p99.hops[index].ownMs ?? estimate.ownMs;
    marks.push(
      ...drawBar({ layer: hop.layer, ownMs: estimate.ownMs, ownP99Ms, budgetMs, verdict }, amounts.scale, slots),
    );
  }
  const label = [
    shownName(hop.id),
    hop.role,
    hop.layer,
    hop.isAsync
      ? 'asynchronous, no part in the total'
      : `${share} of ${printUnsure(printQuanta(amounts.total, amounts.scale), view.isResolved)} ${amounts.scale.unit}`,
    budgetMs === null || verdict === null
      ? null
      : budgetSentence(estimate.ownMs ?? 0, budgetMs, verdict, amounts.scale),
  ].filter((part) => part !== null);
  return { part: { type: 'hop', id: hop.id }, label: label.join(', '), marks };
}

/** Cells of a cut qualifier, its dot and space with it: less says nothing. A shorter one is shown whole or not at all. */
const LEAST_QUALIFIER = 6;

interface Slots {
  readonly left: number;
  readonly right: number;
  readonly nameSize: number;
  readonly nameY: number;
  readonly chipY: number;
  readonly isChipBesideName: boolean;
  readonly figureY: number;
  readonly noteY: number;
  readonly isNoteBesideFigure: boolean;
  readonly barY: number;
  readonly budgetY: number;
}

function slotsOf({ x, y, width }: PlacedBox, isWide: boolean): Slots {
  const { padding, narrowPadding } = GEOMETRY.box;
  return isWide
    ? {
        left: x + padding,
        right: x + width - 14,
        nameSize: 13,
        nameY: y + 24,
        chipY: y + 24,
        isChipBesideName: true,
        figureY: y + 54,
        noteY: y + 52,
        isNoteBesideFigure: true,
        barY: y + 68,
        budgetY: y + 88,
      }
    : {
        left: x + narrowPadding,
        right: x + width - narrowPadding,
        nameSize: 12,
        nameY: y + 23,
        chipY: y + 49,
        isChipBesideName: false,
        figureY: y + 51,
        noteY: y + 69,
        isNoteBesideFigure: false,
        barY: y + 82,
        budgetY: y + 103,
      };
}

/**
 * A name that fits stays whole and its qualifier takes what is left; of one that does not, both are cut, and a
 * namespace gives way before the service (text.ts).
 */
function nameMark(hop: RequestPath['hops'][number], chip: string | null, slots: Slots): Mark {
  const { name, qualifier } = nameOf(hop);
  const size = slots.nameSize;
  const chipWidth = chip !== null && slots.isChipBesideName ? textWidth(cut(chip, 12), 10.5) + 10 : 0;
  const room = slots.right - slots.left - chipWidth;
  const behind = qualifier === '' ? '' : `· ${qualifier}`;
  const isNameWhole = cells(name) <= cellsIn(room, size);
  const kept = behind === '' || isNameWhole ? 0 : textWidth(cut(behind, 5), size - 1.5) + 6;
  const shown = cutName(name, cellsIn(room - kept, size));
  const restRoom = cellsIn(room - textWidth(shown, size) - 6, size - 1.5);
  const rest = restRoom < Math.min(LEAST_QUALIFIER, cells(behind)) ? '' : cut(behind, restRoom);
  const runs: TextRun[] = [{ text: shown }];
  if (rest !== '') runs.push({ text: rest, tone: 'dim', size: size - 1.5, weight: 400, dx: 6 });
  const isWhole = shown === name && rest === behind;
  return text(slots.left, slots.nameY, size, runs, {
    ...BOLD,
    fullText: isWhole ? undefined : [name, behind].join(' ').trim(),
  });
}

function figureWidth(figure: string, isAsync: boolean): number {
  return isAsync ? textWidth(figure, 14) : textWidth(figure, 24, -0.5) + 2 + textWidth('ms', 12);
}

function chipMark(chip: string, figure: number, slots: Slots): Mark {
  const beside = slots.isChipBesideName ? 0 : figure + 8;
  const room = Math.min(12, cellsIn(slots.right - slots.left - beside, 10.5));
  const shown = room < Math.min(3, cells(chip)) ? '' : cut(chip, room);
  return text(slots.right, slots.chipY, 10.5, shown, { ...DIM, anchor: 'end', fullText: chip });
}

function figureMark(figure: string, unit: string, slots: Slots): Mark {
  if (unit === '') return text(slots.left, slots.figureY - 2, 14, figure, { ...BOLD, ...DIM });
  return text(
    slots.left,
    slots.figureY,
    24,
    [{ text: figure }, { text: unit, tone: 'dim', size: 12, weight: 400, dx: 2 }],
    {
      ...BOLD,
      letterSpacing: -0.5,
    },
  );
}

function noteMark(note: string, figure: string, slots: Slots): Mark {
  const figureWidth = slots.isNoteBesideFigure ? textWidth(figure, 24, -0.5) + 28 : 0;
  const shown = cut(note, cellsIn(slots.right - slots.left - figureWidth, 11.5));
  const place = slots.isNoteBesideFigure ? slots.right : slots.left;
  return text(place, slots.noteY, 11.5, shown, {
    ...DIM,
    anchor: slots.isNoteBesideFigure ? 'end' : 'start',
    fullText: note,
  });
}

function shareText(index: number, { path, view, amounts }: BoxContext): string {
  if (path.hops[index].isAsync) return 'async';
  const share = printShare(amounts.hops[index], view.hops[index].shareMs, amounts.scale);
  return printUnsure(share, view.isResolved);
}

function drawFold(plan: BoxPlan, place: PlacedBox, context: BoxContext): SceneGroup {
  const { path, view, amounts } = context;
  const slots = slotsOf(place, context.isWide);
  const quanta = plan.hops.reduce((sum, hop) => sum + amounts.hops[hop], 0);
  const shareMs = plan.hops.reduce((sum, hop) => sum + view.hops[hop].shareMs, 0);
  const share = printUnsure(printShare(quanta, shareMs, amounts.scale), view.isResolved);
  const names = plan.hops.map((hop) => shownName(path.hops[hop].id)).join(', ');
  const part: Part = { type: 'fold', layer: plan.layer, isOpen: false };
  return {
    part,
    label: `${plan.folded} more hops in ${plan.layer}, ${share} ${amounts.scale.unit} together: show them`,
    marks: [
      rect(place.x + 4, place.y + place.height - 8, place.width - 8, 11, 'box', {
        radius: GEOMETRY.box.radius,
        stroke: 'boxLine',
      }),
      rect(place.x, place.y, place.width, place.height, 'box', {
        radius: GEOMETRY.box.radius,
        stroke: 'boxLine',
        role: 'box',
      }),
      rect(place.x, place.y + 14, 3, place.height - 28, plan.layer, { radius: 1.5 }),
      text(slots.left, slots.nameY, slots.nameSize, `+ ${plan.folded} more`, BOLD),
      figureMark(share, amounts.scale.unit, slots),
      text(slots.left, slots.budgetY - 8, 9.5, cut(names, cellsIn(slots.right - slots.left, 9.5)), {
        ...DIM,
        fullText: names,
      }),
    ],
  };
}

function drawClose(plan: BoxPlan, place: PlacedBox): SceneGroup {
  return {
    part: { type: 'fold', layer: plan.layer, isOpen: true },
    label: `Fold ${plan.folded} hops of ${plan.layer} again`,
    marks: [
      rect(place.x, place.y, place.width, place.height, 'box', {
        radius: GEOMETRY.box.radius,
        stroke: 'boxLine',
        role: 'box',
      }),
      text(place.x + GEOMETRY.box.narrowPadding, place.y + 21, 11.5, `− fold ${plan.folded}`, DIM),
    ],
  };
}
