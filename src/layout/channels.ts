import { GEOMETRY } from '../config/geometry.ts';
import type { LinePlan } from './fold.ts';
import type { Lanes } from './lanes.ts';
import { channelsOf, type Net } from './nets.ts';
import type { PortHeights } from './ports.ts';

/**
 * The upright stretches of nets in the channel between two columns. Each net has a track there; nets whose stretches
 * do not meet may share one. The order of tracks is the one with the fewest crossings that exchanging neighbours finds.
 *
 *      left pins        right pins
 *      a ────┐ ┌──────────▶ x        a: 0..2, b: 1..3; b stands right of a, or
 *            │ │                     its way to x would run along a's.
 *      b ────┼─┘
 *            └────────────▶ y
 */
export interface Channel {
  /** By net: which track, from the left; −1 where the net goes straight through. Absent where it is not here. */
  readonly tracks: ReadonlyMap<number, number>;
  readonly trackCount: number;
  /** Pins of two nets that would lie on one another whatever the order of tracks. */
  readonly clashes: readonly { readonly nets: readonly [number, number]; readonly y: number }[];
}

interface Stretch {
  readonly net: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly from: number;
  readonly to: number;
}

const SAME_HEIGHT = 4;
/** Two lines on top of one another look like one: worse than any number of crossings. */
const OVERLAP_COST = 1000;

export function channelOf(
  channel: number,
  nets: readonly Net[],
  lines: readonly LinePlan[],
  columnOfBox: readonly number[],
  lanes: Lanes,
  heights: PortHeights,
): Channel {
  const stretches = nets.flatMap((net, index) => {
    if (!net.lines.some((line) => channelsOf(lines[line], columnOfBox).includes(channel))) return [];
    const ports = net.ports.filter(({ box, side }) => columnOfBox[box] === (side === 'right' ? channel : channel + 1));
    const pins = (side: 'left' | 'right'): number[] => {
      const column = side === 'left' ? channel : channel + 1;
      const ys = ports.flatMap((port) => (port.side !== side ? [heights.get(port) ?? 0] : []));
      const lane = lanes[index].get(column);
      return lane === undefined ? ys : [...ys, lane];
    };
    const [left, right] = [pins('left'), pins('right')];
    const all = [...left, ...right];
    return [{ net: index, left, right, from: Math.min(...all), to: Math.max(...all) }];
  });
  const order = ordered(stretches.filter(({ from, to }) => to - from > 0.01));
  const tracks = new Map(stretches.map(({ net }) => [net, -1]));
  const placed: { stretch: Stretch; track: number }[] = [];
  for (const stretch of order) {
    const before = placed.filter(({ stretch: other }) => meet(stretch, other)).map(({ track }) => track + 1);
    const track = Math.max(0, ...before);
    placed.push({ stretch, track });
    tracks.set(stretch.net, track);
  }
  const clashes = order.flatMap((a, index) =>
    order
      .slice(index + 1)
      .flatMap((b) =>
        a.right
          .filter((y) => b.left.some((other) => Math.abs(other - y) < SAME_HEIGHT))
          .map((y) => ({ nets: [a.net, b.net] as const, y })),
      ),
  );
  return { tracks, trackCount: Math.max(0, ...placed.map(({ track }) => track + 1)), clashes };
}

/** Sifts each stretch to its best place until nothing improves; few rounds suffice, the cap bounds the time. */
function ordered(stretches: readonly Stretch[]): Stretch[] {
  let order = stretches.toSorted((a, b) => a.from - b.from || a.net - b.net);
  for (let round = 0; round < 4; round++) {
    let isBetter = false;
    for (const stretch of stretches) {
      const others = order.filter((other) => other !== stretch);
      // The cost of standing before all, then the change with each neighbour that it steps over.
      let cost = 0;
      let best = 0;
      let bestCost = 0;
      others.forEach((other, index) => {
        cost += costOf(other, stretch) - costOf(stretch, other);
        if (cost < bestCost) [best, bestCost] = [index + 1, cost];
      });
      const next = others.toSpliced(best, 0, stretch);
      isBetter ||= next.some((other, index) => other !== order[index]);
      order = next;
    }
    if (!isBetter) break;
  }
  return order;
}

/** Of `a` standing left of `b`: a's ways to the right cross b, b's ways to the left cross a. */
function costOf(a: Stretch, b: Stretch): number {
  const crossings =
    a.right.filter((y) => y > b.from && y < b.to).length + b.left.filter((y) => y > a.from && y < a.to).length;
  const overlaps = a.right.filter((y) => b.left.some((other) => Math.abs(other - y) < SAME_HEIGHT)).length;
  return crossings + OVERLAP_COST * overlaps;
}

function meet(a: Stretch, b: Stretch): boolean {
  return a.from < b.to + GEOMETRY.lane.pitch && b.from < a.to + GEOMETRY.lane.pitch;
}
