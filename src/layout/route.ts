import { GEOMETRY } from '../config/geometry.ts';
import type { Column } from './columns.ts';
import { channelOf, type Channel } from './channels.ts';
import type { LinePlan, Plan } from './fold.ts';
import { lanesOf, type Lanes } from './lanes.ts';
import { channelsOf, netsOf, type Net } from './nets.ts';
import { movedAside, portHeights, type PortHeights } from './ports.ts';
import { rowsOf, type PlacedHeading, type Rows } from './rows.ts';
import type { Point } from './scene.ts';

/**
 * Columns and lines → places. Heights come first (rows, lanes, ports, tracks), as they decide how wide a channel must
 * be; what the channels leave is shared out among the columns; then every line is a list of points.
 *
 *     │ column 0 │ channel 0        │ column 1 │
 *     │  box ────┼─ pill ─┐         │          │
 *     │          │        └─ pill ──┼▶ box     │
 *                  left   tracks  right zone
 */
export interface PlacedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly column: number;
}

export interface RoutedLine {
  readonly points: readonly Point[];
  /** Stretches (index of their first point) that belong to this line alone, the best place for its pill first. */
  readonly ownStretches: readonly number[];
}

export interface Placement {
  readonly boxes: readonly PlacedBox[];
  readonly headings: readonly PlacedHeading[];
  readonly columns: readonly { readonly x: number; readonly width: number }[];
  readonly lines: readonly RoutedLine[];
  readonly isWide: boolean;
  /** The lowest point of boxes and lines. */
  readonly bottom: number;
}

/** `pillWidths` by line, px; `left` and `top` where columns and headings begin. */
export function route(
  plan: Plan,
  columns: readonly Column[],
  pillWidths: readonly number[],
  frame: { readonly left: number; readonly top: number; readonly width: number },
): Placement {
  const wide = routeWith(plan, columns, pillWidths, frame, true);
  return wide.columns[0].width >= GEOMETRY.box.wideFrom ? wide : routeWith(plan, columns, pillWidths, frame, false);
}

function routeWith(
  plan: Plan,
  columns: readonly Column[],
  pillWidths: readonly number[],
  frame: { readonly left: number; readonly top: number; readonly width: number },
  isWide: boolean,
): Placement {
  const columnOfBox = plan.boxes.map((_, box) =>
    columns.findIndex((column) => column.some((section) => section.boxes.includes(box))),
  );
  const nets = netsOf(plan.lines, columnOfBox);
  const rows = rowsOf(columns, plan.boxes, nets, isWide ? GEOMETRY.box.wideHeight : GEOMETRY.box.tallHeight, frame.top);
  const reference = (box: number): number => rows.boxes[box].y + GEOMETRY.box.portOffset;
  const lanes = lanesOf(nets, plan.lines, rows, reference);
  const usual = portHeights(nets, plan.lines, columnOfBox, rows, lanes, reference);
  const { channels, heights } = untangled(columns.length, nets, plan.lines, columnOfBox, lanes, usual, rows);
  const zones = channels.map((channel, index) => zonesOf(index, channel, nets, columnOfBox, pillWidths));
  const widths = shareWidth(frame.width, columns.length, zones);
  const xs = columns.map(
    (_, column) =>
      frame.left + column * widths.column + widths.channels.slice(0, column).reduce((sum, width) => sum + width, 0),
  );
  const boxes = rows.boxes.map((row, box) => ({
    ...row,
    x: xs[columnOfBox[box]],
    width: widths.column,
    column: columnOfBox[box],
  }));
  const trackX = (channel: number, net: number): number => {
    const { tracks, trackCount } = channels[channel];
    const from = xs[channel] + widths.column;
    const room = widths.channels[channel];
    const { left, right } = zones[channel];
    const squeeze = Math.min(1, room / (left + right + trackCount * GEOMETRY.channel.trackPitch));
    const start = from + left * squeeze;
    const pitch = Math.max(0, room - (left + right) * squeeze) / Math.max(1, trackCount);
    return start + Math.min(pitch, GEOMETRY.channel.trackPitch * 2) * ((tracks.get(net) ?? 0) + 0.5);
  };
  const lines = plan.lines.map((_, line) => pointsOf(line, plan, nets, columnOfBox, lanes, heights, boxes, trackX));
  const bottom = Math.max(
    ...boxes.map((box) => box.y + box.height),
    ...lines.flatMap((line) => line.points.map(([, y]) => y)),
  );
  return {
    boxes,
    headings: rows.headings,
    columns: xs.map((x) => ({ x, width: widths.column })),
    lines,
    isWide,
    bottom,
  };
}

/** Channels, with ports moved aside until no two nets clash or nothing more helps; the rounds bound the time. */
function untangled(
  columnCount: number,
  nets: readonly Net[],
  lines: readonly LinePlan[],
  columnOfBox: readonly number[],
  lanes: Lanes,
  usual: PortHeights,
  rows: Rows,
): { channels: readonly Channel[]; heights: PortHeights } {
  const all = (heights: PortHeights): Channel[] =>
    Array.from({ length: Math.max(1, columnCount - 1) }, (_, channel) =>
      channelOf(channel, nets, lines, columnOfBox, lanes, heights),
    );
  let heights = usual;
  let channels = all(heights);
  for (let round = 0; round < 6; round++) {
    const clashes = channels.flatMap((channel) => channel.clashes);
    const before = heights;
    for (const clash of clashes) heights = movedAside(heights, clash, nets, rows);
    if (heights === before) break;
    channels = all(heights);
  }
  return { channels, heights };
}

interface Zones {
  /** px for pills left and right of the tracks. */
  readonly left: number;
  readonly right: number;
  /** px that the channel wants. */
  readonly need: number;
}

function zonesOf(
  index: number,
  channel: Channel,
  nets: readonly Net[],
  columnOfBox: readonly number[],
  pillWidths: readonly number[],
): Zones {
  const { edge, arrow, trackPitch, usual } = GEOMETRY.channel;
  const widest = (side: 'left' | 'right'): number =>
    Math.max(
      0,
      ...nets.flatMap((net) =>
        net.ports.flatMap((port) =>
          port.line !== null && port.side !== side && columnOfBox[port.box] === (side === 'left' ? index : index + 1)
            ? [pillWidths[port.line] + (port.isEntry ? arrow : 0)]
            : [],
        ),
      ),
    );
  const [left, right] = [widest('left') + edge, widest('right') + edge];
  const isEmpty = channel.tracks.size === 0;
  return {
    left,
    right,
    need: channel.trackCount === 0 ? (isEmpty ? 0 : usual) : left + right + channel.trackCount * trackPitch,
  };
}

/** Channels get what they need, columns share the rest; where that is too little for boxes, channels give way. */
function shareWidth(total: number, count: number, zones: readonly Zones[]): { column: number; channels: number[] } {
  const { box, channel } = GEOMETRY;
  if (count === 1) {
    // The only channel is right of the only column.
    const beside = Math.min(zones[0].need, total - box.minWidth);
    return { column: Math.min(box.maxWidth, total - beside), channels: [beside] };
  }
  const between = zones.slice(0, count - 1);
  const columnFor = (channels: readonly number[]): number =>
    (total - channels.reduce((sum, width) => sum + width, 0)) / count;
  let channels = between.map(({ need }) => Math.min(channel.most, Math.max(channel.usual, need)));
  if (columnFor(channels) < box.wideFrom) {
    channels = between.map(({ need }) => Math.min(channel.most, Math.max(channel.least, need)));
    const spare = (columnFor(channels) - box.wideFrom) * count;
    if (spare > 0) channels = channels.map((width) => width + spare / channels.length);
  }
  if (columnFor(channels) < box.minWidth) {
    const room = Math.max(total - count * box.minWidth, channels.length * channel.least);
    const wanted = channels.reduce((sum, width) => sum + width, 0);
    channels = channels.map((width) => (width / wanted) * room);
  }
  const column = Math.min(box.maxWidth, columnFor(channels));
  const spare = (columnFor(channels) - column) * count;
  if (spare > 0)
    channels = channels.map((width) => Math.max(width, Math.min(channel.most, width + spare / channels.length)));
  return { column, channels };
}

function pointsOf(
  index: number,
  plan: Plan,
  nets: readonly Net[],
  columnOfBox: readonly number[],
  lanes: Lanes,
  heights: PortHeights,
  boxes: readonly PlacedBox[],
  trackX: (channel: number, net: number) => number,
): RoutedLine {
  const line = plan.lines[index];
  const netIndex = nets.findIndex((net) => net.lines.includes(index));
  const net = nets[netIndex];
  const ports = net.ports.filter((port) => port.line === index || port.line === null);
  const end = (isEntry: boolean): Point => {
    const port = ports.find((candidate) => candidate.isEntry === isEntry);
    const box = boxes[isEntry ? line.to : line.from];
    const gap = isEntry ? 2 : 0;
    return [port?.side === 'right' ? box.x + box.width + gap : box.x - gap, (port && heights.get(port)) ?? box.y];
  };
  const [start, finish] = [end(false), end(true)];
  const points: Point[] = [start];
  const channels = channelsOf(line, columnOfBox);
  const isForward = columnOfBox[line.to] > columnOfBox[line.from];
  channels.forEach((channel, step) => {
    const y = points.at(-1)?.[1] ?? 0;
    const next =
      step === channels.length - 1 ? finish[1] : (lanes[netIndex].get(isForward ? channel + 1 : channel) ?? y);
    if (Math.abs(next - y) < 0.01 && columnOfBox[line.from] !== columnOfBox[line.to]) return;
    const x = trackX(channel, netIndex);
    points.push([x, y], [x, next]);
  });
  points.push(finish);
  return { points, ownStretches: ownStretches(points, net) };
}

/** A branch is its own from where it leaves the trunk; a line alone in its net owns every stretch. */
function ownStretches(points: readonly Point[], net: Net): number[] {
  const last = points.length - 2;
  const best = net.isBySource ? last : 0;
  if (net.lines.length > 1) return [best];
  const lengthOf = (stretch: number): number =>
    Math.abs(points[stretch + 1][0] - points[stretch][0]) + Math.abs(points[stretch + 1][1] - points[stretch][1]);
  const others = Array.from({ length: last + 1 }, (_, stretch) => stretch).filter((stretch) => stretch !== best);
  return [best, ...others.toSorted((a, b) => lengthOf(b) - lengthOf(a) || a - b)];
}
