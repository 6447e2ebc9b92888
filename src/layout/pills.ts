import { GEOMETRY } from '../config/geometry.ts';
import type { Point } from './scene.ts';
import type { PlacedBox, RoutedLine } from './route.ts';
import { textWidth } from './text.ts';

/**
 * Where the pill of each line stands: on a stretch that belongs to its line alone, clear of boxes, headings, other
 * lines and other pills. The middle is tried first, then places to both sides. A shorter text is tried before a pill
 * is left out; left out it still is in the line's accessible name.
 *
 *     ────[ http 0.3 ]──▶     what was measured matters most, so it chooses first
 */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PillWish {
  /** From the fullest to the shortest. */
  readonly texts: readonly string[];
  /** The higher one chooses first. */
  readonly priority: number;
}

export interface Pill extends Rect {
  readonly text: string;
}

/** px between two places that are tried, and how many of them to each side. */
const LEAST_STEP = 6;
const MOST_STEPS = 16;

export function pillWidth(text: string): number {
  return textWidth(text, GEOMETRY.pill.size) + 2 * GEOMETRY.pill.padding;
}

/** By line; null where there is no room. */
export function pillsOf(
  wishes: readonly PillWish[],
  lines: readonly RoutedLine[],
  boxes: readonly PlacedBox[],
  headings: readonly Rect[],
): (Pill | null)[] {
  const stretches = lines.flatMap((line, index) =>
    line.points.slice(1).map((to, at) => ({ line: index, rect: around(line.points[at], to) })),
  );
  const solid: Rect[] = [...boxes, ...headings];
  const pills: (Pill | null)[] = lines.map(() => null);
  const order = wishes.map((_, index) => index).toSorted((a, b) => wishes[b].priority - wishes[a].priority || a - b);
  for (const index of order) {
    const reach = reachOf(lines[index], pillWidth(wishes[index].texts[0]));
    const foreign = stretches.flatMap(({ line, rect }) => (line !== index && overlaps(rect, reach) ? [rect] : []));
    const near = solid.filter((rect) => overlaps(rect, reach));
    const isFree = (rect: Rect): boolean =>
      !near.some((other) => overlaps(rect, other, GEOMETRY.pill.clearance)) &&
      !foreign.some((other) => overlaps(rect, other, 1.5));
    const pill = firstFree(wishes[index].texts, lines[index], isFree);
    pills[index] = pill;
    if (pill) solid.push(pill);
  }
  return pills;
}

function overlaps(a: Rect, b: Rect, clearance = 0): boolean {
  return (
    a.x < b.x + b.width + clearance &&
    b.x < a.x + a.width + clearance &&
    a.y < b.y + b.height + clearance &&
    b.y < a.y + a.height + clearance
  );
}

export function around([x1, y1]: Point, [x2, y2]: Point): Rect {
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}

/** Everything that a pill on the line's own stretches could touch: only that has to be looked at. */
function reachOf({ points, ownStretches }: RoutedLine, margin: number): Rect {
  const ends = ownStretches.flatMap((stretch) => [points[stretch], points[stretch + 1]]);
  const [xs, ys] = [ends.map(([x]) => x), ends.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y };
}

function firstFree(texts: readonly string[], line: RoutedLine, isFree: (rect: Rect) => boolean): Pill | null {
  for (const text of texts) {
    const size = { width: pillWidth(text), height: GEOMETRY.pill.height };
    for (const stretch of line.ownStretches) {
      for (const { x, y } of placesOn(line.points, stretch, size)) {
        const pill = { x, y, ...size, text };
        if (isFree(pill)) return pill;
      }
    }
  }
  return null;
}

function* placesOn(
  points: readonly Point[],
  stretch: number,
  size: { width: number; height: number },
): Generator<{ x: number; y: number }> {
  const [[x1, y1], [x2, y2]] = [points[stretch], points[stretch + 1]];
  const isLevel = y1 === y2;
  const arrow = stretch === points.length - 2 ? GEOMETRY.channel.arrow - 4 : 2;
  const [from, to] = isLevel ? [x1, x2] : [y1, y2];
  const [low, high] = from < to ? [from + 2, to - arrow] : [to + arrow, from - 2];
  const extent = isLevel ? size.width : size.height;
  const room = high - low - extent;
  if (room < 0) return;
  const step = Math.max(LEAST_STEP, room / 2 / MOST_STEPS);
  for (let offset = 0; offset <= room / 2; offset += step) {
    for (const sign of offset === 0 ? [1] : [1, -1]) {
      const start = low + room / 2 + sign * offset;
      yield isLevel ? { x: start, y: y1 - size.height / 2 } : { x: x1 - size.width / 2, y: start };
    }
  }
}
