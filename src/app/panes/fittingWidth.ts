import type { RequestPath } from '../../analyse/model.ts';
import type { Layer } from '../../config/layers.ts';
import { layout } from '../../layout/layout.ts';

/** Narrower than this the columns of a diagram have no room. */
const NARROWEST = 900;
/** Drawn smaller than this its texts are hard to read: then rather scroll. */
const SMALLEST_SCALE = 0.68;
const STEP = 40;

/**
 * The width to lay a diagram out at, for a pane of `width` × `height` px that it is scaled into: the least one whose
 * picture is seen whole, for that has the largest texts. Where none is, the pane's own, and the pane scrolls.
 *
 *     pane 850 × 480    at 900: 900 × 760, scaled 850 × 718, too high
 *                       at 1180: 1180 × 660, scaled 850 × 475, fits
 */
export function fittingWidth(path: RequestPath, openLayers: readonly Layer[], width: number, height: number): number {
  const least = Math.max(NARROWEST, width);
  for (let tried = least; width / tried >= SMALLEST_SCALE; tried += STEP) {
    const scene = layout(path, path.at.p50, { width: tried, openLayers });
    if ((scene.height * width) / scene.width <= height) return tried;
  }
  return least;
}
