import type { ChangeVerdict, Shift } from '../analyse/diff/model.ts';
import { formatMs } from '../base/format.ts';
import type { Milliseconds } from '../base/units.ts';

/** A change in words and signs: `+3.6`, `+2.9 to +4.3`, `▲ slower`. */

/** What is too small for a digit reads 0: its sign would be chance. */
export function signedMs(ms: Milliseconds): string {
  return Math.abs(ms) < 0.005 ? '0' : `${ms > 0 ? '+' : ''}${formatMs(ms)}`;
}

/** The 95 % interval; empty where there is none. */
export function rangeWords({ interval }: Pick<Shift, 'interval'>): string {
  const { lowMs = null, highMs = null } = interval ?? {};
  return lowMs === null || highMs === null ? '' : `${signedMs(lowMs)} to ${signedMs(highMs)}`;
}

/** Empty where the change is no more than chance makes. */
export function verdictWords(verdict: ChangeVerdict): string {
  switch (verdict) {
    case 'slower':
      return '▲ slower';
    case 'faster':
      return '▼ faster';
    case 'unproven':
      return '';
    case 'insufficient':
      return 'too few traces to judge';
  }
}
