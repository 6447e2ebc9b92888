import type { RequestPath } from '../../analyse/model.ts';
import type { Layer } from '../../config/layers.ts';
import { layout } from '../../layout/layout.ts';

/** Narrower than this the columns of a diagram have little room: then rather smaller texts. */
const NARROWEST = 900;
/** Drawn smaller than this its texts are hard to read: then rather scroll. */
const SMALLEST_SCALE = 0.65;
/** A width that is no further from the least one is near enough. */
const NEAR = 30;

/**
 * The width to lay a diagram out at, for a pane of `width` × `height` px that it is scaled into: the least one whose
 * picture is seen whole, for that has the largest texts. Where none is, the pane's own, and the pane scrolls.
 * A wider layout is hardly ever higher, so each that is tried tells by its height where to look on:
 *
 *     pane 850 × 480    at 900 it is 766 high, which would fit at 1,357, but 1,307 is the widest
 *                       at 1,307 it is 712 high, fits, and nothing fits below 1,261
 *                       at 1,284 it is 712 high, fits, and is near enough to 1,261
 */
export function fittingWidth(path: RequestPath, openLayers: readonly Layer[], width: number, height: number): number {
  const widest = Math.floor(width / SMALLEST_SCALE);
  const narrowest = Math.max(width, Math.min(NARROWEST, widest));
  if (widest <= narrowest) return narrowest;
  let [low, fitting] = [narrowest, Infinity];
  for (let tried = narrowest; ;) {
    const scene = layout(path, path.at.p50, { width: tried, openLayers });
    const needed = Math.ceil((scene.height * width) / height);
    if (needed <= scene.width) {
      fitting = tried;
      low = Math.max(low, needed);
    } else {
      if (tried >= widest) return narrowest;
      low = tried + 1;
    }
    if (fitting - low <= NEAR) return fitting;
    if (fitting === Infinity) tried = Math.min(needed, widest);
    else tried = needed > tried && needed < fitting ? needed : Math.round((low + fitting) / 2);
  }
}
