import { GEOMETRY } from '../config/geometry.ts';
import type { LinePlan } from './fold.ts';

/**
 * Lines that share an end share a way: one net leaves a box once and branches, or gathers and enters once. So twenty
 * calls out of a gateway are one trunk, and twenty into a database as well.
 *
 *     by source      a ─┬─▶ x          by target     a ─┐
 *                       ├─▶ y                        b ─┼─▶ x
 *                       └─▶ z                        c ─┘
 *
 * Dashed lines make nets of their own. A line to a later column leaves at the right and enters at the left; to an earlier one the other way round; inside a
 * column both ends are at the left (in the first column at the right), as there is always a channel there.
 */
export type Side = 'left' | 'right';

export interface Port {
  readonly box: number;
  readonly side: Side;
  readonly net: number;
  /** Null where all lines of the net share it. */
  readonly line: number | null;
  /** A pill stands on the stretch that begins or ends here. */
  readonly isLabelled: boolean;
  readonly isEntry: boolean;
}

export interface Net {
  readonly lines: readonly number[];
  readonly isBySource: boolean;
  /** The box that all its lines share. */
  readonly hub: number;
  readonly ports: readonly Port[];
  /** Columns that it passes through on its way. */
  readonly passes: readonly number[];
}

/** From this many callers in one direction on, their lines gather before they enter. */
const GATHER_FROM = 3;

export function netsOf(lines: readonly LinePlan[], columnOfBox: readonly number[]): Net[] {
  const directionOf = (line: LinePlan): string =>
    `${Math.sign(columnOfBox[line.to] - columnOfBox[line.from])} ${line.isDashed ? 'dashed' : 'solid'}`;
  const out = countBy(lines, (line) => `${directionOf(line)} ${line.from}`);
  const into = countBy(lines, (line) => `${directionOf(line)} ${line.to}`);
  const groups = new Map<string, number[]>();
  lines.forEach((line, index) => {
    const direction = directionOf(line);
    const callers = into.get(`${direction} ${line.to}`) ?? 0;
    const gathers = callers >= GATHER_FROM && callers > (out.get(`${direction} ${line.from}`) ?? 0);
    const key = `${direction} ${gathers ? `to ${line.to}` : `from ${line.from}`}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups].map(([key, indexes], net) => netOf(net, indexes, key.includes('from'), lines, columnOfBox));
}

/** The columns between both ends, on the way from `from` to `to`. */
export function passesOf(line: LinePlan, columnOfBox: readonly number[]): number[] {
  const [from, to] = [columnOfBox[line.from], columnOfBox[line.to]];
  const step = Math.sign(to - from);
  return Array.from({ length: Math.max(0, Math.abs(to - from) - 1) }, (_, index) => from + step * (index + 1));
}

/** The channels that a line goes through, in its direction. Channel k lies right of column k. */
export function channelsOf(line: LinePlan, columnOfBox: readonly number[]): number[] {
  const [from, to] = [columnOfBox[line.from], columnOfBox[line.to]];
  if (from === to) return [Math.max(0, from - 1)];
  return Array.from({ length: Math.abs(to - from) }, (_, index) => (to > from ? from + index : from - 1 - index));
}

/** Least distance between two ports of one side, px. */
export function portDistance(a: Port, b: Port): number {
  if (a.isLabelled && b.isLabelled) return GEOMETRY.port.labelled;
  return a.isLabelled || b.isLabelled ? GEOMETRY.port.beside : GEOMETRY.port.plain;
}

function netOf(
  net: number,
  indexes: readonly number[],
  isBySource: boolean,
  lines: readonly LinePlan[],
  columnOfBox: readonly number[],
): Net {
  const first = lines[indexes[0]];
  const hub = isBySource ? first.from : first.to;
  const port = (line: number | null, isEntry: boolean): Port => {
    const { from, to } = lines[line ?? indexes[0]];
    return {
      box: isEntry ? to : from,
      side: sideOf(columnOfBox[from], columnOfBox[to], isEntry),
      net,
      line,
      isLabelled: line !== null,
      isEntry,
    };
  };
  const ports = [port(null, !isBySource), ...indexes.map((line) => port(line, isBySource))];
  const passes = new Set(indexes.flatMap((line) => passesOf(lines[line], columnOfBox)));
  return { lines: indexes, isBySource, hub, ports, passes: [...passes] };
}

function sideOf(from: number, to: number, isEntry: boolean): Side {
  if (from === to) return from === 0 ? 'right' : 'left';
  return from < to === isEntry ? 'left' : 'right';
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
