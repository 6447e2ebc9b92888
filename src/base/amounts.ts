import type { Milliseconds } from './units.ts';

/**
 * The numbers of one picture and of the words beside it, chosen together so that what is printed adds up in every digit
 * printed, and no word says another number than the picture.
 *
 *     shares    6.96  3.04  11.97  3.98  2.02  18.04  0.4   boundaries 0.59      total 47.00
 *     quanta      69    30    119    39    20    180    4   rounded down to 0.1          470
 *     + 1 for the largest remainders until they make 470:   7  3  12  4  2  18  0.4  0.6
 *
 * One quantum serves the whole picture (0.1 ms for a total of 47 ms). Each part is rounded down, and the parts with
 * the largest remainders are rounded up until the sum is the rounded total (Hamilton's method). So every part is off
 * by less than one quantum, and the parts make the total exactly.
 */
export interface Scale {
  readonly unit: 'µs' | 'ms' | 's';
  readonly msPerUnit: number;
  /** Digits after the point. */
  readonly decimals: number;
}

/** A total and what it is made of. */
export interface Shares {
  readonly totalMs: Milliseconds;
  readonly hops: readonly { readonly shareMs: Milliseconds }[];
  readonly boundaries: readonly { readonly shareMs: Milliseconds }[];
}

/** Shares in whole quanta of `scale`. */
export interface Amounts {
  readonly scale: Scale;
  readonly total: number;
  readonly hops: readonly number[];
  readonly boundaries: readonly number[];
}

export function amountsOf(view: Shares): Amounts {
  const scale = scaleFor(view.totalMs);
  const quantum = quantumMs(scale);
  const shares = [...view.hops, ...view.boundaries].map((estimate) => estimate.shareMs / quantum);
  const total = Math.round(view.totalMs / quantum);
  const parts = apportion(shares, total);
  return { scale, total, hops: parts.slice(0, view.hops.length), boundaries: parts.slice(view.hops.length) };
}

/** The unit in which the total reads best, with about three digits of it. */
export function scaleFor(totalMs: Milliseconds): Scale {
  const unit = totalMs >= 10_000 ? 's' : totalMs >= 0.1 || totalMs === 0 ? 'ms' : 'µs';
  const msPerUnit = unit === 's' ? 1000 : unit === 'ms' ? 1 : 0.001;
  const value = totalMs / msPerUnit;
  return { unit, msPerUnit, decimals: value >= 1000 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3 };
}

export function quantumMs(scale: Scale): Milliseconds {
  return scale.msPerUnit / 10 ** scale.decimals;
}

/** Whole numbers next to `parts` that sum to `total`; plainly rounded where parts and total contradict each other. */
export function apportion(parts: readonly number[], total: number): number[] {
  const whole = parts.map(Math.floor);
  const missing = total - whole.reduce((sum, part) => sum + part, 0);
  if (missing < 0 || missing > parts.length) return parts.map(Math.round);
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) whole[index] += 1;
  return whole;
}

/** Quanta as text in the scale's unit: 184 at 0.1 ms is "18.4"; zeros at the end go, unless `isFixed`: "18.0". */
export function printQuanta(quanta: number, scale: Scale, isFixed = false): string {
  return print(quanta / 10 ** scale.decimals, scale.decimals, isFixed);
}

/** A share: what is there but too small for a quantum reads "<0.1", not "0". */
export function printShare(quanta: number, shareMs: Milliseconds, scale: Scale, isFixed = false): string {
  const isTiny = quanta === 0 && shareMs > 0;
  return isTiny ? `<${printQuanta(1, scale)}` : printQuanta(quanta, scale, isFixed);
}

/** `~` before what too few traces say. */
export function printUnsure(text: string, isResolved: boolean): string {
  return isResolved || text === '0' || text.startsWith('<') ? text : `~${text}`;
}

/** A bound or a measurement that is no part of the sum, in the same unit: three digits, all of those before the point. */
export function printMs(ms: Milliseconds, scale: Scale): string {
  const value = ms / scale.msPerUnit;
  if (value === 0) return '0';
  const beforePoint = Math.floor(Math.log10(Math.abs(value))) + 1;
  return print(value, Math.min(Math.max(3 - beforePoint, 0), 6), false);
}

/** As exact as the shares are; more exact where that would be too coarse for what is small. */
export function printExcess(excessMs: Milliseconds, scale: Scale): string {
  const quanta = Math.round(excessMs / quantumMs(scale));
  return quanta >= 5 ? printQuanta(quanta, scale) : printMs(excessMs, scale);
}

function print(value: number, decimals: number, isFixed: boolean): string {
  const [whole, rest] = value.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = isFixed ? rest : rest?.replace(/0+$/, '');
  return digits ? `${grouped}.${digits}` : grouped;
}
