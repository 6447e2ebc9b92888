import { tickStep } from 'd3';
import type { Milliseconds } from '../base/units.ts';
import { printMs, type Scale } from '../base/amounts.ts';
import type { BridgeRow } from './bridgeRows.ts';
import { DIM, line, text } from './marks.ts';
import type { Mark } from './scene.ts';
import { textWidth } from './text.ts';

export interface BridgeAxis {
  readonly at: (ms: Milliseconds) => number;
  /** It begins above 0. */
  readonly isCut: boolean;
  readonly marks: readonly Mark[];
}

/** Below this part of the total the changes are too small to see on an axis from 0. */
const SMALL = 0.35;
/** Below this part there is no change to look at. */
const NOTHING = 1e-5;

/**
 * From 0, or where the changes are small beside the totals, from a tick below them: what changed is what is looked at.
 *
 *     47 → 50.6, all between 46.5 and 51.4      45 ···· 46 ···· 47 ···· 48 ···· 49 ···· 50 ···· 51
 */
export function bridgeAxis(
  rows: readonly BridgeRow[],
  frame: { readonly from: number; readonly to: number; readonly top: number; readonly bottom: number },
  scale: Scale,
): BridgeAxis {
  const { from, to, top, bottom } = frame;
  const ends = rows.flatMap(({ endMs, interval }) => [endMs, ...(interval ? [interval.lowMs, interval.highMs] : [])]);
  const high = Math.max(...ends);
  const least = Math.max(0, Math.min(...ends));
  const span = high - least;
  const isCut = span > NOTHING * high && span < SMALL * high;
  const reach = isCut ? span * 1.25 : high;
  const step = reach > 0 ? tickStep(0, reach, Math.max(1, Math.floor((to - from) / 110))) : 0;
  const low = isCut ? Math.max(0, Math.floor((least - span * 0.2) / step) * step) : 0;
  const at = (ms: Milliseconds): number =>
    high > low ? from + (Math.max(0, ms - low) / (high - low)) * (to - from) : from;
  const marks: Mark[] = [];
  const ticks = step > 0 ? Math.floor((high - low) / step + 1e-6) : -1;
  for (let tick = 0; tick <= ticks; tick++) {
    const ms = low + tick * step;
    const label = `${printMs(ms, scale)}${tick === 0 ? ` ${scale.unit}` : ''}`;
    marks.push(line(at(ms), top, at(ms), bottom, 'grid', 1));
    const isRoom =
      tick === 0 || at(ms) - textWidth(label, 10) / 2 > at(low) + textWidth(`${printMs(low, scale)} ${scale.unit}`, 10);
    if (isRoom) marks.push(text(at(ms), bottom + 16, 10, label, { ...DIM, anchor: tick === 0 ? 'start' : 'middle' }));
  }
  return { at, isCut: isCut && low > 0, marks };
}
