import type { Layer } from '../config/layers.ts';
import { GEOMETRY } from '../config/geometry.ts';
import type { Plan } from './fold.ts';

/**
 * Which boxes stand in which column. Every layer has a column where there is room; then layers with long columns get
 * sub-columns under one heading, the callers left of the called; where there is too little room, neighbouring layers
 * share a column, one below the other.
 *
 *     room          EDGE  GATEWAY  SERVICE      DATA        little room     EDGE      SERVICE
 *                   ▢     ▢        ▢  ▢  ▢      ▢                           ▢         ▢
 *                                  ▢  ▢         ▢                           GATEWAY   DATA
 *                                                                           ▢         ▢
 */
export interface Section {
  readonly layer: Layer;
  /** Indexes of boxes, from above. */
  readonly boxes: readonly number[];
}

export type Column = readonly Section[];

/** A layer of up to this many boxes stands in one column, whatever calls what. */
const FEW = 4;

/** `innerWidth` is what columns and channels share, px. */
export function columnsOf(plan: Plan, innerWidth: number): Column[] {
  const layers = [...new Set(plan.boxes.map((box) => box.layer))];
  const sections = layers.map((layer) => ({
    layer,
    boxes: plan.boxes.flatMap((box, index) => (box.layer === layer ? [index] : [])),
  }));
  const room = columnsThatFit(innerWidth);
  if (sections.length > room) return shared(sections, room);
  const split = sections.map((section) => [section.boxes]);
  const levels = levelsOf(plan);
  for (let spare = room - sections.length; spare > 0; spare--) {
    const rows = split.map((groups) => (groups.flat().length > FEW ? Math.max(...groups.map((group) => group.length)) : 0));
    const longest = rows.indexOf(Math.max(...rows));
    if (rows[longest] <= 2) break;
    split[longest] = splitByLevel(split[longest].flat(), levels, split[longest].length + 1);
  }
  return split.flatMap((groups, index) => groups.map((boxes) => [{ layer: layers[index], boxes }]));
}

export function columnsThatFit(innerWidth: number): number {
  const least = GEOMETRY.box.minWidth + GEOMETRY.channel.least;
  return Math.max(1, Math.floor((innerWidth + GEOMETRY.channel.least) / least));
}

/** Neighbouring layers into `room` columns, so that the longest column is as short as can be. */
function shared(sections: readonly Section[], room: number): Column[] {
  const HEADING_ROWS = 0.6;
  let best: Column[] = [];
  let bestRows = Infinity;
  for (let cuts = 0; cuts < 1 << (sections.length - 1); cuts++) {
    const columns: Section[][] = [[]];
    sections.forEach((section, index) => {
      if (index > 0 && (cuts >> (index - 1)) & 1) columns.push([]);
      columns.at(-1)?.push(section);
    });
    if (columns.length > room) continue;
    const rows = Math.max(
      ...columns.map((column) => column.reduce((sum, section) => sum + section.boxes.length + HEADING_ROWS, 0)),
    );
    if (rows < bestRows) [best, bestRows] = [columns, rows];
  }
  return best;
}

/**
 * The longest chain of calls inside its layer that ends in each box. Only calls to a box that starts later count, so
 * there is no cycle: plan.boxes are in order of first start.
 */
function levelsOf(plan: Plan): number[] {
  const levels = plan.boxes.map(() => 0);
  const forward = plan.lines
    .filter(({ from, to }) => from < to && plan.boxes[from].layer === plan.boxes[to].layer)
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  for (const { from, to } of forward) levels[to] = Math.max(levels[to], levels[from] + 1);
  return levels;
}

/**
 * Boxes in order of level, cut into `count` groups of which the largest is as small as can be; between equals the one
 * that cuts where the level changes. In each group the order of first start stays.
 */
function splitByLevel(boxes: readonly number[], levels: readonly number[], count: number): number[][] {
  const ordered = boxes.toSorted((a, b) => levels[a] - levels[b] || a - b);
  const n = ordered.length;
  const groups = Math.min(count, n);
  const costOfCut = (at: number): number => (at === n || levels[ordered[at]] !== levels[ordered[at - 1]] ? 0 : 0.3);
  // cost[k][i]: the first i boxes in k groups.
  const cost: number[][] = [[0, ...ordered.map(() => Infinity)]];
  const cutBefore: number[][] = [[]];
  for (let k = 1; k <= groups; k++) {
    cost.push(Array.from({ length: n + 1 }, () => Infinity));
    cutBefore.push(Array.from({ length: n + 1 }, () => 0));
    for (let end = k; end <= n; end++) {
      for (let start = k - 1; start < end; start++) {
        const candidate = Math.max(cost[k - 1][start], end - start + costOfCut(end));
        if (candidate < cost[k][end]) [cost[k][end], cutBefore[k][end]] = [candidate, start];
      }
    }
  }
  const result: number[][] = [];
  for (let k = groups, end = n; k > 0; end = cutBefore[k][end], k--) {
    result.unshift(ordered.slice(cutBefore[k][end], end).toSorted((a, b) => a - b));
  }
  return result;
}
