import type { PathView, RequestPath, Segment } from '../analyse/model.ts';
import { LAYERS, type Layer } from '../config/layers.ts';

/**
 * An exemplar's segments as bars on lanes, in px; and how strongly each hop is filled.
 *
 *     a 0..5 ms, boundary 5..5.2, b 5.2..9      ██a██╴██b██
 */
export interface Bar {
  readonly layer: Layer;
  /** Null for time on a boundary. */
  readonly hop: number | null;
  readonly boundary: number | null;
  readonly x1: number;
  x2: number;
  ms: number;
}

export function barsOf(path: RequestPath, segments: readonly Segment[], at: (ms: number) => number): Bar[] {
  const layerOf = new Map(path.hops.map((hop) => [hop.id, hop.layer]));
  const bars: Bar[] = [];
  for (const segment of segments) {
    const layer =
      segment.hop !== null
        ? path.hops[segment.hop].layer
        : segment.boundary !== null
          ? layerOf.get(path.boundaries[segment.boundary].from)
          : undefined;
    if (layer === undefined) continue;
    const [x1, x2] = [at(segment.startMs), at(segment.endMs)];
    const ms = segment.endMs - segment.startMs;
    const last = bars.at(-1);
    const isSame = last?.hop === segment.hop && last.boundary === segment.boundary;
    // A stretch too short to be seen belongs to the one before it, so a thousand of them are not a thousand marks.
    if (last && (isSame || (x2 - x1 < MERGE && x2 - last.x1 < 4 * MERGE))) {
      last.x2 = x2;
      if (isSame) last.ms += ms;
    } else {
      bars.push({ layer, hop: segment.hop, boundary: segment.boundary, x1, x2, ms });
    }
  }
  return bars;
}

/** Stretches that end less than this apart are drawn as one, px. */
const MERGE = 0.5;

/** The hop with the largest share in a lane is filled, the others are tinted: neighbours are told apart by more than a label. */
const TINTS = [1, 0.32, 0.16];

export function tintsOf(path: RequestPath, view: PathView): number[] {
  const tints = path.hops.map(() => 1);
  for (const layer of LAYERS) {
    const hops = path.hops.flatMap((hop, index) =>
      hop.layer === layer && view.hops[index].verdict !== 'over' ? [index] : [],
    );
    hops.sort((a, b) => view.hops[b].shareMs - view.hops[a].shareMs || a - b);
    hops.forEach((hop, order) => (tints[hop] = TINTS[Math.min(order, TINTS.length - 1)]));
  }
  return tints;
}
