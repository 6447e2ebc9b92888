import type { Change, PathDiff } from '../analyse/diff/model.ts';
import { apportion, printQuanta, quantumMs, scaleFor, type Scale } from '../base/amounts.ts';
import type { Milliseconds } from '../base/units.ts';

/** The numbers of a bridge and of the words beside it: what is printed before, the changes and after add up. */

/** Printed totals. */
export interface Totals {
  /** In quanta of the scale. */
  readonly before: number;
  readonly after: number;
  readonly scale: Scale;
}

/** A number of a bridge, in quanta of its scale; no sign for a total. */
export interface Amount {
  readonly sign: '' | '+' | '−';
  readonly quanta: number;
}

export function totalsOf({ beforeMs, afterMs }: Pick<Change, 'beforeMs' | 'afterMs'>): Totals {
  const scale = scaleFor(Math.max(beforeMs, afterMs));
  return { before: toQuanta(beforeMs, scale), after: toQuanta(afterMs, scale), scale };
}

/** Changes in whole quanta that lead from the printed total before to the one after. */
export function changeQuanta(changes: readonly { readonly changeMs: Milliseconds }[], totals: Totals): number[] {
  const quantum = quantumMs(totals.scale);
  return apportion(
    changes.map(({ changeMs }) => changeMs / quantum),
    totals.after - totals.before,
  );
}

/** A hop or boundary before and after, and its change. */
export interface PrintedPart {
  readonly before: string;
  readonly after: string;
  readonly change: string;
  /** Of these numbers, and of their interval. */
  readonly scale: Scale;
}

/**
 * The change is that of the picture, and before and after, each off by a quantum at most, differ by it. Where it is too
 * small for the picture, all three have two digits more.
 */
export function printPart({ beforeMs, afterMs }: PathDiff['parts'][number], quanta: number, scale: Scale): PrintedPart {
  if (quanta === 0) {
    const finer = { ...scale, decimals: scale.decimals + 2 };
    return printed(toQuanta(beforeMs, finer), toQuanta(afterMs, finer), finer);
  }
  const middle = (beforeMs + afterMs) / quantumMs(scale);
  const before = Math.max(0, -quanta, Math.round((middle - quanta) / 2));
  return printed(before, before + quanta, scale);
}

function printed(before: number, after: number, scale: Scale): PrintedPart {
  return {
    before: printQuanta(before, scale, true),
    after: printQuanta(after, scale, true),
    change: amountText(signed(after - before), scale),
    scale,
  };
}

/** `+3.6`, of a total `47.0`. */
export function amountText({ sign, quanta }: Amount, scale: Scale): string {
  return `${quanta === 0 ? '' : sign}${printQuanta(quanta, scale, sign === '' || quanta !== 0)}`;
}

export function signed(quanta: number): Amount {
  return { sign: quanta < 0 ? '−' : '+', quanta: Math.abs(quanta) };
}

/** A change that is no part of a sum: an end of an interval. */
export function signedIn(ms: Milliseconds, scale: Scale): string {
  return amountText(signed(toQuanta(ms, scale)), scale);
}

function toQuanta(ms: Milliseconds, scale: Scale): number {
  return Math.round(ms / quantumMs(scale));
}
