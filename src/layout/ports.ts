import { GEOMETRY } from '../config/geometry.ts';
import type { LinePlan } from './fold.ts';
import type { Lanes } from './lanes.ts';
import { passesOf, portDistance, type Net, type Port } from './nets.ts';
import { portsOf, type Rows } from './rows.ts';

/**
 * Where on its side each port is. A port whose other end is on the same level is straight and keeps the usual
 * height; the others stand above or below it in the order of where they lead, so that lines do not cross at the box.
 *
 *     ┌─────┐
 *     │     ├───▶      leads up
 *     │     ├──────▶   straight
 *     │     ├───┐      leads down
 *     └─────┘   ▼
 */
export type PortHeights = ReadonlyMap<Port, number>;

export function portHeights(
  nets: readonly Net[],
  lines: readonly LinePlan[],
  columnOfBox: readonly number[],
  rows: Rows,
  lanes: Lanes,
  reference: (box: number) => number,
): PortHeights {
  const heights = new Map<Port, number>();
  rows.boxes.forEach((row, box) => {
    for (const side of ['left', 'right'] as const) {
      const ports = portsOf(box, side, nets)
        .map((port) => ({ port, leadsTo: leadsTo(port, nets, lines, columnOfBox, lanes, reference) }))
        .toSorted(
          (a, b) =>
            a.leadsTo.y - b.leadsTo.y || a.port.net - b.port.net || Number(a.port.isEntry) - Number(b.port.isEntry),
        );
      if (ports.length === 0) continue;
      const anchor = ports.findIndex(({ leadsTo: end }) => end.isNextColumn && Math.abs(end.y - reference(box)) < 1);
      const ys = spread(
        ports.map(({ port }) => port),
        anchor,
        reference(box),
        row.y,
        row.height,
      );
      ports.forEach(({ port }, index) => heights.set(port, ys[index]));
    }
  });
  return heights;
}

/**
 * Heights with a port moved aside where two nets clash: `y` is a height that one enters and the other leaves at, so
 * that no order of their tracks keeps them apart. The same map where no port can give way.
 */
export function movedAside(
  heights: PortHeights,
  clash: { readonly nets: readonly number[]; readonly y: number },
  nets: readonly Net[],
  rows: Rows,
): PortHeights {
  const candidates = clash.nets
    .flatMap((net) => nets[net].ports)
    .filter((port) => Math.abs((heights.get(port) ?? 0) - clash.y) < ASIDE && !isStraight(port, nets, heights))
    .toSorted((a, b) => Number(a.isLabelled) - Number(b.isLabelled));
  for (const port of candidates) {
    const y = heights.get(port) ?? 0;
    const row = rows.boxes[port.box];
    const beside = portsOf(port.box, port.side, nets).filter((other) => other !== port);
    for (const step of [ASIDE, -ASIDE, 2 * ASIDE, -2 * ASIDE, 3 * ASIDE]) {
      const moved = y + step;
      const isOnBox = moved >= row.y + GEOMETRY.port.end && moved <= row.y + row.height - GEOMETRY.port.end;
      if (
        isOnBox &&
        beside.every((other) => Math.abs((heights.get(other) ?? 0) - moved) >= portDistance(port, other) - 1)
      ) {
        return new Map([...heights, [port, moved]]);
      }
    }
  }
  return heights;
}

const ASIDE = 6;

function isStraight(port: Port, nets: readonly Net[], heights: PortHeights): boolean {
  return nets[port.net].ports.some((other) => other !== port && heights.get(other) === heights.get(port));
}

/** Where the port's net goes next: the mean height of its other ends in this channel. */
function leadsTo(
  port: Port,
  nets: readonly Net[],
  lines: readonly LinePlan[],
  columnOfBox: readonly number[],
  lanes: Lanes,
  reference: (box: number) => number,
): { y: number; isNextColumn: boolean } {
  const net = nets[port.net];
  const indexes = port.line === null ? net.lines : [port.line];
  const ends = indexes.map((index) => {
    const line = lines[index];
    const passes = passesOf(line, columnOfBox);
    const pass = port.isEntry ? passes.at(-1) : passes[0];
    const other = port.isEntry ? line.from : line.to;
    const lane = pass === undefined ? undefined : lanes[port.net].get(pass);
    return { y: lane ?? reference(other), isNext: lane === undefined && columnOfBox[other] !== columnOfBox[port.box] };
  });
  const straight = ends.find(({ y, isNext }) => isNext && Math.abs(y - reference(port.box)) < 1);
  if (straight) return { y: straight.y, isNextColumn: true };
  return { y: ends.reduce((sum, { y }) => sum + y, 0) / ends.length, isNextColumn: false };
}

/** Heights in order, as far apart as pills need, the anchor at `usual`; shifted and then squeezed to stay on the box. */
function spread(ports: readonly Port[], anchor: number, usual: number, top: number, height: number): number[] {
  const offsets = [0];
  for (let i = 1; i < ports.length; i++) offsets.push(offsets[i - 1] + portDistance(ports[i - 1], ports[i]));
  const fixed = anchor < 0 ? (offsets.at(-1) ?? 0) / 2 : offsets[anchor];
  const [low, high] = [top + GEOMETRY.port.end, top + height - GEOMETRY.port.end];
  let ys = offsets.map((offset) => usual + offset - fixed);
  const shift = Math.max(0, low - ys[0]) - Math.max(0, (ys.at(-1) ?? 0) - high);
  ys = ys.map((y) => y + shift);
  const length = (ys.at(-1) ?? 0) - ys[0];
  return length <= high - low ? ys : ys.map((y) => low + ((y - ys[0]) / length) * (high - low));
}
