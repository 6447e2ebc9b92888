import type { RequestPath } from '../../analyse/model.ts';
import type { Layer } from '../../config/layers.ts';
import { layout } from '../../layout/layout.ts';

/** Narrower than this the columns of a diagram have little room: then rather smaller texts. */
const NARROWEST = 900;
/** Drawn smaller than this its texts are hard to read: then rather scroll. */
const SMALLEST_SCALE = 0.65;
/** Nearer than this is near enough. */
const STEP = 30;

/**
 * The width to lay a diagram out at, for a pane of `width` × `height` px that it is scaled into: the least one whose
 * picture is seen whole, for that has the largest texts. Where none is, the pane's own, and the pane scrolls.
 * A wider layout is never higher, so the search halves.
 *
 *     pane 850 × 480    at 900: 900 × 766, scaled 850 × 723, too high
 *                       at 1300: 1300 × 712, scaled 850 × 466, fits
 *                       at 1100, 1200, 1250 …: the least that fits
 */
export function fittingWidth(path: RequestPath, openLayers: readonly Layer[], width: number, height: number): number {
  const least = Math.max(width, Math.min(NARROWEST, Math.floor(width / SMALLEST_SCALE)));
  const fits = (tried: number): boolean => {
    const scene = layout(path, path.at.p50, { width: tried, openLayers });
    return (scene.height * width) / scene.width <= height;
  };
  let fitting = Math.floor(width / SMALLEST_SCALE);
  if (fitting <= least || fits(least) || !fits(fitting)) return least;
  for (let tooHigh = least; fitting - tooHigh > STEP;) {
    const middle = Math.round((tooHigh + fitting) / 2);
    if (fits(middle)) fitting = middle;
    else tooHigh = middle;
  }
  return fitting;
}
