import { formatInteger, formatMs, UNMEASURED } from '../../base/format.ts';
import type { Estimate, Interval, PathView, RequestPath, Verdict } from '../../analyse/model.ts';
import { leftToRight } from '../../base/leftToRight.ts';
import type { Milliseconds } from '../../base/units.ts';
import { writeDuration } from '../../config/duration.ts';
import { assertNever } from '../../base/assert.ts';
import { shownName } from '../../layout/text.ts';
import {
  amountsOf,
  printExcess,
  printQuanta,
  printShare,
  printUnsure,
  scaleFor,
  type Amounts,
  type Scale,
} from '../../base/amounts.ts';

/** `1 span`, `2 spans`: the noun alone. */
export function count(n: number, noun: string): string {
  return n === 1 ? noun : `${noun}s`;
}

/** A name from a file as it is shown, where other words follow it. */
export function nameBefore(name: string): string {
  return leftToRight(shownName(name));
}

/** `1 span`, `63,746 spans`. */
export function countText(n: number, noun: string): string {
  return `${formatInteger(n)} ${count(n, noun)}`;
}

/** A boundary, as its name is shown. */
export function lineName(from: string, to: string): string {
  return `${nameBefore(from)} → ${nameBefore(to)}`;
}

/** What numbers without a unit of their own are in. */
export type Unit = Scale;

/**
 * One unit for all of a path's figures, that of its picture at p50: 24,878,780 ms are three columns that no pane holds,
 * and "<0.01 ms" is no figure.
 */
export function unitOf({ at }: Pick<RequestPath, 'at'>): Unit {
  return scaleFor(at.p50.totalMs);
}

/** A duration in `unit`, without it: 24,879 in seconds. */
export function figureText(ms: Milliseconds, { msPerUnit }: Unit, digits?: number): string {
  return formatMs(ms / msPerUnit, digits);
}

/** With `~` where too few traces stand behind it, and — where nothing was measured. */
export function estimateText(ms: Milliseconds | null, isResolved: boolean, unit: Unit): string {
  if (ms === null) return UNMEASURED;
  return printUnsure(figureText(ms, unit), isResolved);
}

/** `estimateText` with the unit, whatever it is: `~47 ms`. */
export function fullEstimate(ms: Milliseconds | null, isResolved: boolean, unit: Unit): string {
  return ms === null ? UNMEASURED : `${estimateText(ms, isResolved, unit)} ${unit.unit}`;
}

/** A view's total in the digits and the unit of its picture: `47 ms`, `~15.1 s`. */
export function totalText(view: PathView): string {
  const { total, scale } = amountsOf(view);
  return `${printUnsure(printQuanta(total, scale), view.isResolved)} ${scale.unit}`;
}

/** What a part adds to a view's total, as its picture has it but without the unit: `18`, `~15.1`, `<0.1`. */
export function shareText(type: 'hops' | 'boundaries', index: number, view: PathView, amounts: Amounts): string {
  return printUnsure(printShare(amounts[type][index], view[type][index].shareMs, amounts.scale), view.isResolved);
}

/** Where no heading says the unit: in ms, unless it says another. */
export function briefText(ms: Milliseconds, unit: Unit, digits?: number): string {
  return figureText(ms, unit, digits) + suffix(unit);
}

/** `estimateText` in the same way: `~47`, `~7,985 s`. */
export function briefEstimate(ms: Milliseconds | null, isResolved: boolean, unit: Unit): string {
  return ms === null ? UNMEASURED : estimateText(ms, isResolved, unit) + suffix(unit);
}

function suffix({ unit }: Unit): string {
  return unit === 'ms' ? '' : ` ${unit}`;
}

export function ownText({ ownMs, isOwnResolved }: Estimate, unit: Unit): string {
  return estimateText(ownMs, isOwnResolved, unit);
}

/** `17–19`, or `17.9–18.2` where whole numbers are the same; a side that does not exist is left open: `≥17`, `≤19`. */
export function intervalText(interval: Interval | null, unit: Unit): string {
  const { lowMs, highMs } = interval ?? { lowMs: null, highMs: null };
  if (lowMs !== null && highMs !== null) return rangeText(lowMs, highMs, unit);
  if (lowMs !== null) return `≥${figureText(lowMs, unit)}`;
  return highMs === null ? UNMEASURED : `≤${figureText(highMs, unit)}`;
}

function rangeText(lowMs: Milliseconds, highMs: Milliseconds, unit: Unit): string {
  const ways = [undefined, 1, 2].map((digits) => [lowMs, highMs].map((ms) => figureText(ms, unit, digits)));
  return ways.find(([low, high]) => low !== high)?.join('–') ?? figureText(lowMs, unit);
}

/** As it was set, to the last digit: `16 ms`, `17.5 ms`, `400 us`. */
export function boundText(ms: Milliseconds): string {
  return writeDuration(ms).replace(/[a-z]+$/, ' $&');
}

/** The excess is the picture's, in its unit and digits; the bound is as it was set: `2 ms over its 16 ms budget`. */
export function verdictText(verdict: Verdict, ms: Milliseconds, budgetMs: Milliseconds, scale: Scale): string {
  switch (verdict) {
    case 'over':
      return `${printExcess(ms - budgetMs, scale)} ${scale.unit} over its ${boundText(budgetMs)} budget`;
    case 'near':
      return `close to its ${boundText(budgetMs)} budget`;
    case 'within':
      return `within its ${boundText(budgetMs)} budget`;
    case 'insufficient':
      return `too few traces to judge its ${boundText(budgetMs)} budget`;
    default:
      return assertNever(verdict);
  }
}
