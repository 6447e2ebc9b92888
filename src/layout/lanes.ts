import { GEOMETRY } from '../config/geometry.ts';
import type { LinePlan } from './fold.ts';
import type { Net } from './nets.ts';
import type { Rows } from './rows.ts';

/**
 * Where nets pass through columns in which they have no box: in the gap between two boxes that is least out of the
 * way, each net on a lane of its own.
 *
 *     a ──┐  ┌───┐
 *         │  │ b │
 *         │  └───┘
 *         └─────────▶ c      lane in the gap under b
 */
export type Lanes = readonly ReadonlyMap<number, number>[];

const CLEARANCE = 6;
/** px of detour that are better than the height of another net's lane in the next column. */
const BESIDE_COST = 60;

/** By net: column → y of its lane. */
export function lanesOf(
  nets: readonly Net[],
  lines: readonly LinePlan[],
  rows: Rows,
  reference: (box: number) => number,
): Lanes {
  const taken = rows.gaps.map(() => new Set<number>());
  const lanes = nets.map(() => new Map<number, number>());
  const wanted = nets.map((net) => {
    const others = net.lines.map((line) => reference(net.isBySource ? lines[line].to : lines[line].from));
    return { hub: reference(net.hub), far: others.reduce((sum, y) => sum + y, 0) / others.length };
  });
  nets.forEach((net, index) => {
    for (const column of net.passes) {
      const { hub, far } = wanted[index];
      const beside = [...(taken[column - 1] ?? []), ...(taken[column + 1] ?? [])].filter(
        (y) => ![...lanes[index].values()].includes(y),
      );
      const detour = (y: number): number =>
        Math.abs(y - hub) * 1.1 +
        Math.abs(y - far) +
        (beside.some((other) => Math.abs(other - y) < CLEARANCE) ? BESIDE_COST : 0);
      const free = slotsOf(rows.gaps[column], (hub + far) / 2, taken[column]);
      const lane = free.reduce((best, y) => (detour(y) < detour(best) ? y : best));
      taken[column].add(lane);
      lanes[index].set(column, lane);
    }
  });
  return lanes;
}

function slotsOf(gaps: readonly (readonly [number, number])[], wanted: number, taken: ReadonlySet<number>): number[] {
  const { pitch, first } = GEOMETRY.lane;
  const slots = gaps.flatMap(([from, to]) => {
    if (to === Infinity) {
      const start = from + first;
      const near = start + Math.max(0, Math.round((wanted - start) / pitch)) * pitch;
      const steps = taken.size + 1;
      return Array.from({ length: 2 * steps + 1 }, (_, step) => near + (step - steps) * pitch).filter(
        (y) => y >= start,
      );
    }
    const count = Math.max(1, Math.floor((to - from - 2 * CLEARANCE) / pitch) + 1);
    return Array.from({ length: count }, (_, slot) => (from + to) / 2 + (slot - (count - 1) / 2) * pitch);
  });
  return slots.filter((y) => !taken.has(y));
}
