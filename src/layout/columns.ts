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
/** Layers share a column only where that saves more rows than this, or where there is no room for all. */
const SHARING_COST = 2.5;
const HEADING_ROWS = 0.6;

/** At most `room` columns. */
export function columnsOf(plan: Plan, room: number): Column[] {
  const sections = [...new Set(plan.boxes.map((box) => box.layer))].map((layer) => ({
    layer,
    boxes: plan.boxes.flatMap((box, index) => (box.layer === layer ? [index] : [])),
  }));
  const levels = levelsOf(plan);
  let best: Column[] = [];
  let bestCost = Infinity;
  for (const shared of partitions(sections)) {
    if (shared.length > room) continue;
    const columns = withSubColumns(shared, room, levels);
    const cost = Math.max(...columns.map(rowsIn)) + SHARING_COST * (sections.length - shared.length);
    if (cost < bestCost) [best, bestCost] = [columns, cost];
  }
  return best;
}

/** `innerWidth` is what columns and channels share, px. */
export function columnsThatFit(innerWidth: number): number {
  const least = GEOMETRY.box.minWidth + GEOMETRY.channel.least;
  return Math.max(1, Math.floor((innerWidth + GEOMETRY.channel.least) / least));
}

/** Every way to cut the layers into runs of neighbours, each layer alone first: 16 for five layers. */
function partitions(sections: readonly Section[]): Column[][] {
  const cuts = 2 ** (sections.length - 1);
  return Array.from({ length: cuts }, (_, index) => {
    const columns: Section[][] = [[]];
    sections.forEach((section, order) => {
      if (order > 0 && ((cuts - 1 - index) >> (order - 1)) % 2 === 1) columns.push([]);
      columns[columns.length - 1].push(section);
    });
    return columns;
  });
}

/** Spare columns, one after the other, to the layer whose column is then the longest. */
function withSubColumns(columns: readonly Column[], room: number, levels: readonly number[]): Column[] {
  const split = columns.map((column) => [column]);
  for (let spare = room - columns.length; spare > 0; spare--) {
    const rows = split.map(([column], index) =>
      column.length === 1 && columns[index][0].boxes.length > FEW ? Math.max(...split[index].map(rowsIn)) : 0,
    );
    const longest = rows.indexOf(Math.max(...rows));
    if (rows[longest] <= 2 + HEADING_ROWS) break;
    const [{ layer, boxes }] = columns[longest];
    split[longest] = splitByLevel(boxes, levels, split[longest].length + 1).map((group) => [{ layer, boxes: group }]);
  }
  return split.flat();
}

function rowsIn(column: Column): number {
  return column.reduce((sum, section) => sum + section.boxes.length + HEADING_ROWS, 0);
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
  // What closes a fold comes after everything that it folds.
  return levels.map((level, box) => (plan.boxes[box].type === 'close' ? Infinity : level));
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
