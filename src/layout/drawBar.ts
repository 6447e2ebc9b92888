import type { Verdict } from '../analyse/model.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Layer } from '../config/layers.ts';
import { printExcess, printMs, type Scale } from '../base/amounts.ts';
import { DIM, line, rect, text } from './marks.ts';
import type { Mark } from './scene.ts';
import { cellsIn, cut, textWidth } from './text.ts';

/**
 * A hop's own time against its budget, as a bullet bar of its own scale.
 *
 *     ━━━━━━━━━━━━━━━|━━────────      thick: own at the shown percentile    thin: own at p99
 *                    ▲ 2 over 16 budget                                     tick: the budget
 */
export interface Bar {
  readonly layer: Layer;
  readonly ownMs: Milliseconds;
  readonly ownP99Ms: Milliseconds;
  /** At exactly the shown percentile; null where there is none. */
  readonly budgetMs: Milliseconds | null;
  readonly verdict: Verdict | null;
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly barY: number;
  /** Baseline of the words below. */
  readonly budgetY: number;
}

const SIZE = 9.5;

export function drawBar({ layer, ownMs, ownP99Ms, budgetMs, verdict }: Bar, scale: Scale, place: Place): Mark[] {
  const { left, right, barY: y } = place;
  const isOver = verdict === 'over';
  const longest = Math.max(ownMs, ownP99Ms, budgetMs ?? 0) * 1.05;
  const at = (ms: Milliseconds): number => (longest > 0 ? (ms / longest) * (right - left) : 0);
  const marks: Mark[] = [
    rect(left, y, right - left, 6, 'track', { radius: 3 }),
    rect(left, y + 2, at(ownP99Ms), 2, layer, { radius: 1, opacity: 0.85 }),
    rect(left, y, Math.max(at(ownMs), ownMs > 0 ? 2 : 0), 6, isOver ? 'bad' : layer, { radius: 3 }),
  ];
  if (budgetMs === null) return marks;
  const tick = left + at(budgetMs);
  const words = cut(budgetWords(ownMs, budgetMs, verdict, scale), cellsIn(right - left, SIZE));
  const width = textWidth(words, SIZE);
  const isRight = tick + 4 + width <= right;
  const x = isRight ? tick + 4 : Math.max(left, tick - 4 - width);
  marks.push(
    line(tick, y - 4, tick, y + 10, isOver ? 'bad' : 'text', 1.5),
    text(x, place.budgetY, SIZE, words, isOver ? { tone: 'bad', weight: 600 } : DIM),
  );
  return marks;
}

/** "2 over 16 budget": the verdict is in words, never in colour alone. */
function budgetWords(ownMs: Milliseconds, budgetMs: Milliseconds, verdict: Verdict | null, scale: Scale): string {
  const budget = `${printMs(budgetMs, scale)} budget`;
  switch (verdict) {
    case 'over':
      return `▲ ${printExcess(ownMs - budgetMs, scale)} over ${budget}`;
    case 'near':
      return `near ${budget}`;
    case 'insufficient':
      return `${budget}, unjudged`;
    case 'within':
    case null:
      return budget;
  }
}

/** The same for who hears it. */
export function budgetSentence(ownMs: Milliseconds, budgetMs: Milliseconds, verdict: Verdict, scale: Scale): string {
  const budget = `its budget of ${printMs(budgetMs, scale)} ${scale.unit}`;
  switch (verdict) {
    case 'over':
      return `${printExcess(ownMs - budgetMs, scale)} ${scale.unit} over ${budget}`;
    case 'near':
      return `near ${budget}`;
    case 'insufficient':
      return `too few traces to judge ${budget}`;
    case 'within':
      return `within ${budget}`;
  }
}
