import { GEOMETRY } from '../../config/geometry.ts';
import type { Scene } from '../../layout/scene.ts';

/** Narrower than this the columns of a diagram have little room: then rather smaller texts. */
const NARROWEST = 900;
/** Drawn smaller than this its texts are hard to read: then rather scroll. */
const SMALLEST_SCALE = 0.65;
/** A width that is no further from the least one is near enough. */
const NEAR = 30;

/** What a diagram is scaled into, in px. */
export interface Pane {
  readonly width: number;
  readonly height: number;
}

/** A search for the width to lay a diagram out at. */
export interface Fit {
  /** To try next; what was sought where `isFound`. */
  readonly width: number;
  readonly isFound: boolean;
  /** The picture at `width`, where it was tried already. */
  readonly scene: Scene | null;
  /** Nothing narrower fits, and this does: of this picture it is known, if there is one. */
  readonly low: number;
  readonly fitting: Scene | null;
}

/**
 * The width to lay a diagram out at, for a pane that it is scaled into: the least one whose picture is seen whole, for
 * that has the largest texts. Where none is, the pane's own, and the pane scrolls.
 * A wider layout is hardly ever higher, so each that is tried tells by its height where to look on:
 *
 *     pane 850 × 480    at 900 it is 766 high, which would fit at 1,357, but 1,307 is the widest
 *                       at 1,307 it is 712 high, fits, and nothing fits below 1,261
 *                       at 1,284 it is 712 high, fits, and is near enough to 1,261
 *
 * Step by step, because whoever asks may have something else to do in between.
 */
export function beginFit(pane: Pane): Fit {
  const { narrowest, widest } = boundsOf(pane);
  return { width: narrowest, isFound: widest <= narrowest, scene: null, low: narrowest, fitting: null };
}

/** One step on: `scene` is the diagram laid out at `fit.width`. */
export function continueFit(fit: Fit, scene: Scene, pane: Pane): Fit {
  const { narrowest, widest } = boundsOf(pane);
  const needed = Math.ceil((scene.height * pane.width) / pane.height);
  const fits = needed <= scene.width;
  if (!fits && fit.width >= widest) return { ...fit, width: narrowest, isFound: true };
  const low = fits ? Math.max(fit.low, needed) : fit.width + 1;
  const fitting = fits ? scene : fit.fitting;
  if (fitting === null) return { ...fit, low, width: Math.min(needed, widest) };
  if (fitting.width - low <= NEAR) return { width: fitting.width, isFound: true, scene: fitting, low, fitting };
  const isBetween = needed > fit.width && needed < fitting.width;
  return { ...fit, low, fitting, width: isBetween ? needed : Math.round((low + fitting.width) / 2) };
}

function boundsOf({ width }: Pane): { narrowest: number; widest: number } {
  const widest = Math.min(GEOMETRY.maxWidth, Math.floor(width / SMALLEST_SCALE));
  return { narrowest: Math.max(width, Math.min(NARROWEST, widest)), widest };
}
