import { formatMs, UNMEASURED } from '../../base/format.ts';
import type { Estimate, Interval, PathView, Verdict } from '../../analyse/model.ts';
import type { Milliseconds } from '../../base/units.ts';
import { writeDuration } from '../../config/duration.ts';
import { assertNever } from '../../base/assert.ts';
import { amountsOf, printQuanta, printUnsure } from '../../base/amounts.ts';

/** `1 span`, `2 spans`: the noun alone. */
export function count(n: number, noun: string): string {
  return n === 1 ? noun : `${noun}s`;
}

/** With `~` where too few traces stand behind it, and — where nothing was measured. */
export function estimateText(ms: Milliseconds | null, isResolved: boolean): string {
  if (ms === null) return UNMEASURED;
  return isResolved ? formatMs(ms) : `~${formatMs(ms)}`;
}

/** A view's total in the digits and the unit of its picture: `47 ms`, `~15.1 s`. */
export function totalText(view: PathView): string {
  const { total, scale } = amountsOf(view);
  return `${printUnsure(printQuanta(total, scale), view.isResolved)} ${scale.unit}`;
}

export function ownText({ ownMs, isOwnResolved }: Estimate): string {
  return estimateText(ownMs, isOwnResolved);
}

/** `17–19`, or `17.9–18.2` where whole numbers are the same; a side that does not exist is left open: `≥17`, `≤19`. */
export function intervalText(interval: Interval | null): string {
  const { lowMs, highMs } = interval ?? { lowMs: null, highMs: null };
  if (lowMs !== null && highMs !== null) return rangeText(lowMs, highMs);
  if (lowMs !== null) return `≥${formatMs(lowMs)}`;
  return highMs === null ? UNMEASURED : `≤${formatMs(highMs)}`;
}

function rangeText(lowMs: Milliseconds, highMs: Milliseconds): string {
  const ways = [formatMs, (ms: Milliseconds) => formatMs(ms, 1), (ms: Milliseconds) => formatMs(ms, 2)];
  const way = ways.find((format) => format(lowMs) !== format(highMs));
  return way === undefined ? formatMs(lowMs) : `${way(lowMs)}–${way(highMs)}`;
}

/** As it was set, to the last digit: `16 ms`, `17.5 ms`, `400 us`. */
export function boundText(ms: Milliseconds): string {
  return writeDuration(ms).replace(/[a-z]+$/, ' $&');
}

export function verdictText(verdict: Verdict, ms: Milliseconds, budgetMs: Milliseconds): string {
  switch (verdict) {
    case 'over':
      return `${formatMs(ms - budgetMs)} over its ${boundText(budgetMs)} budget`;
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
