import { GEOMETRY } from '../config/geometry.ts';
import type { Layer } from '../config/layers.ts';
import type { Column } from './columns.ts';
import type { BoxPlan } from './fold.ts';
import { portDistance, type Net, type Port, type Side } from './nets.ts';

/**
 * Heights: how tall each box is, where it stands in its column, and where lines pass between boxes.
 *
 *     heading   ───────────   top
 *     box 0     ┌─────────┐   top + 44
 *     gap       - - - - - -   up to three lanes
 *     box 1     ┌─────────┐
 *     below     - - - - - -   as many lanes as wanted
 */
export interface Row {
  readonly y: number;
  readonly height: number;
}

export interface PlacedHeading {
  readonly layer: Layer;
  readonly column: number;
  /** Of the rule under the heading. */
  readonly y: number;
}

export interface Rows {
  readonly boxes: readonly Row[];
  readonly headings: readonly PlacedHeading[];
  /** By column: free stretches between what stands in it, [from, to]; the last one is open below. */
  readonly gaps: readonly (readonly (readonly [number, number])[])[];
}

/** `top`: where the headings begin, px. */
export function rowsOf(
  columns: readonly Column[],
  boxes: readonly BoxPlan[],
  nets: readonly Net[],
  baseHeight: number,
  top: number,
): Rows {
  const rows: Row[] = boxes.map(() => ({ y: 0, height: 0 }));
  const headings: PlacedHeading[] = [];
  const gaps = columns.map((column, index) => {
    const free: [number, number][] = [];
    let y = top;
    column.forEach((section, order) => {
      if (order > 0) {
        free.push([y, y + GEOMETRY.heading.above]);
        y += GEOMETRY.heading.above;
      }
      y += GEOMETRY.heading.height;
      headings.push({ layer: section.layer, column: index, y });
      free.push([y, y + GEOMETRY.heading.toBox]);
      y += GEOMETRY.heading.toBox;
      section.boxes.forEach((box, row) => {
        if (row > 0) {
          free.push([y, y + GEOMETRY.box.gap]);
          y += GEOMETRY.box.gap;
        }
        const height = boxes[box].type === 'close' ? GEOMETRY.box.closeHeight : heightOf(box, nets, baseHeight);
        rows[box] = { y, height };
        y += height;
      });
    });
    free.push([y, Infinity]);
    return free;
  });
  return { boxes: rows, headings, gaps };
}

export function portsOf(box: number, side: Side, nets: readonly Net[]): Port[] {
  return nets.flatMap((net) => net.ports.filter((port) => port.box === box && port.side === side));
}

function heightOf(box: number, nets: readonly Net[], baseHeight: number): number {
  const needed = (['left', 'right'] as const).map((side) => {
    const ports = portsOf(box, side, nets);
    const distances = ports.slice(1).reduce((sum, port, index) => sum + portDistance(ports[index], port), 0);
    return distances + 2 * GEOMETRY.port.end;
  });
  return Math.max(baseHeight, ...needed);
}
