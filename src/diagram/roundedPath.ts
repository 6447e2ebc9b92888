import type { Point } from '../layout/scene.ts';

/**
 * SVG path data for a polyline with round corners: each corner is a quadratic curve that begins and ends up to
 * `radius` before and after it, half of the shorter stretch at most.
 *
 *     (0,0) (10,0) (10,10), radius 4   →   M0 0H6Q10 0 10 4V10
 */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [start] = points;
  let d = `M${start[0]} ${start[1]}`;
  for (let i = 1; i < points.length; i++) {
    const [here, next] = [points[i], points.at(i + 1)];
    if (next === undefined) {
      d += stretch(points[i - 1], here);
      continue;
    }
    const reach = Math.min(radius, distance(points[i - 1], here) / 2, distance(here, next) / 2);
    const before = towards(here, points[i - 1], reach);
    const after = towards(here, next, reach);
    d +=
      reach < 0.01
        ? stretch(points[i - 1], here)
        : `${stretch(points[i - 1], before)}Q${here[0]} ${here[1]} ${after[0]} ${after[1]}`;
  }
  return d;
}

/** An open arrow head at the end of the line, turned along its last stretch. */
export function arrowHead(points: readonly Point[]): string {
  const tip = points[points.length - 1];
  const before = points.findLast((point) => distance(point, tip) > 0.01) ?? tip;
  const sign = (value: number): number => Math.sign(Math.round(value * 100));
  const [dx, dy] = [sign(tip[0] - before[0]), sign(tip[1] - before[1])];
  const [x, y] = tip;
  const corner = (side: number): string => `${px(x - 5 * dx + side * 3.5 * dy)} ${px(y - 5 * dy + side * 3.5 * dx)}`;
  return `M${corner(1)}L${x} ${y}L${corner(-1)}`;
}

function stretch(from: Point, to: Point): string {
  if (from[1] === to[1]) return `H${to[0]}`;
  return from[0] === to[0] ? `V${to[1]}` : `L${to[0]} ${to[1]}`;
}

function towards(from: Point, to: Point, reach: number): Point {
  const length = distance(from, to);
  if (length < 0.01) return from;
  return [px(from[0] + ((to[0] - from[0]) / length) * reach), px(from[1] + ((to[1] - from[1]) / length) * reach)];
}

function distance(a: Point, b: Point): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}

function px(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
