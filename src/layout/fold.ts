import type { PathView, RequestPath } from '../analyse/model.ts';
import type { Layer } from '../config/layers.ts';
import { LAYERS } from '../config/layers.ts';
import { PERCENTILE_KEYS } from '../config/percentiles.ts';

/**
 * Hops and boundaries → the boxes and lines that are drawn. Where a layer has many hops, those that matter least
 * share one box, "+ 12 more", whose share is their sum: everything still adds up.
 *
 *     a ─▶ b ─▶ c        c, d folded        a ─▶ b ─▶ [+ 2 more]
 *     a ─▶ d                                a ──────▶ [+ 2 more]
 *
 * Lines between two folded hops of one layer are inside the box, and lines that become one are drawn once.
 */
export interface BoxPlan {
  readonly type: 'hop' | 'fold' | 'close';
  readonly layer: Layer;
  /** Indexes into `path.hops`: one for a hop; the folded ones; none for the box that closes an opened fold. */
  readonly hops: readonly number[];
  /** How many hops are folded here, or would be if it were closed. */
  readonly folded: number;
}

export interface LinePlan {
  /** Indexes of boxes. */
  readonly from: number;
  readonly to: number;
  /** Indexes into `path.boundaries`. */
  readonly boundaries: readonly number[];
  /** All of them asynchronous or adopted. */
  readonly isDashed: boolean;
}

export interface Plan {
  /** By layer, then by first start; the fold comes last in its layer. */
  readonly boxes: readonly BoxPlan[];
  readonly lines: readonly LinePlan[];
}

/** A layer of up to this many hops is never folded. */
const FOLD_ABOVE = 6;
/** What matters most stays, however small. */
const KEEP = 5;
/** Below this part of the total at p50, p95 and p99 alike a hop matters little; alike, so that no box comes and goes with the percentile. */
const SMALL_SHARE = 0.01;

export function fold(path: RequestPath, view: PathView, openLayers: readonly Layer[]): Plan {
  const boxes: BoxPlan[] = [];
  const weights = path.hops.map((_, hop) => weightOf(path, hop));
  for (const layer of LAYERS) {
    const hops = path.hops.flatMap((hop, index) => (hop.layer === layer ? [index] : []));
    hops.sort((a, b) => path.hops[a].firstStartMs - path.hops[b].firstStartMs || a - b);
    const folded = new Set(foldable(path, view, hops, weights));
    const isOpen = openLayers.includes(layer);
    for (const hop of hops) if (isOpen || !folded.has(hop)) boxes.push({ type: 'hop', layer, hops: [hop], folded: 0 });
    if (folded.size > 0 && isOpen) boxes.push({ type: 'close', layer, hops: [], folded: folded.size });
    else if (folded.size > 0)
      boxes.push({ type: 'fold', layer, hops: hops.filter((hop) => folded.has(hop)), folded: folded.size });
  }
  return { boxes, lines: linesBetween(boxes, path) };
}

function foldable(path: RequestPath, view: PathView, hops: readonly number[], weights: readonly number[]): number[] {
  if (hops.length <= FOLD_ABOVE) return [];
  const small = hops
    .filter(
      (hop) =>
        weights[hop] < SMALL_SHARE && hop !== view.finding.hop && Object.keys(path.hops[hop].budget).length === 0,
    )
    .toSorted((a, b) => weights[b] - weights[a] || a - b);
  const kept = Math.max(0, KEEP - (hops.length - small.length));
  const folded = small.slice(kept);
  return folded.length >= 2 ? folded : [];
}

function weightOf(path: RequestPath, hop: number): number {
  return Math.max(
    ...PERCENTILE_KEYS.map((key) =>
      path.at[key].totalMs > 0 ? path.at[key].hops[hop].shareMs / path.at[key].totalMs : 0,
    ),
  );
}

function linesBetween(boxes: readonly BoxPlan[], path: RequestPath): LinePlan[] {
  const boxOfHop = new Map<string, number>();
  boxes.forEach((box, index) => {
    for (const hop of box.hops) boxOfHop.set(path.hops[hop].id, index);
  });
  const lines = new Map<string, { from: number; to: number; boundaries: number[] }>();
  path.boundaries.forEach((boundary, index) => {
    const from = boxOfHop.get(boundary.from);
    const to = boxOfHop.get(boundary.to);
    if (from === undefined || to === undefined) return;
    if (from === to && boxes[from].type === 'fold') return;
    const known = lines.get(`${from} ${to}`);
    if (known) known.boundaries.push(index);
    else lines.set(`${from} ${to}`, { from, to, boundaries: [index] });
  });
  return [...lines.values()].map((line) => ({
    ...line,
    isDashed: line.boundaries.every((index) => path.boundaries[index].isAsync || path.boundaries[index].isAdopted),
  }));
}
