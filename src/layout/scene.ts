import type { Layer } from '../config/layers.ts';
import type { Tone } from '../config/theme.ts';

/**
 * A picture as data: marks in paint order, in px rounded to 0.01, colours as tones. Layout makes it, diagram paints
 * it, and nothing between them measures or decides anything.
 */
interface MarkBase {
  readonly tone: Tone;
  readonly opacity?: number;
}

export interface RectMark extends MarkBase {
  readonly type: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
  /** Outline; without it the rect has none. */
  readonly stroke?: Tone;
  readonly isDashed?: boolean;
  /** Says what the rect is for tests and for the focus ring: a hop's box, a line's pill. */
  readonly role?: 'box' | 'pill';
}

export interface LineMark extends MarkBase {
  readonly type: 'line';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly strokeWidth: number;
  readonly isDashed?: boolean;
}

export type Point = readonly [x: number, y: number];

/** A stroked polyline of upright and level stretches with round corners and an arrow head at its end. */
export interface PathMark extends MarkBase {
  readonly type: 'path';
  readonly points: readonly Point[];
  readonly radius: number;
  readonly strokeWidth: number;
  readonly isDashed?: boolean;
}

export interface TextRun {
  readonly text: string;
  readonly tone?: Tone;
  readonly size?: number;
  readonly weight?: 400 | 600;
  /** Space before the run. */
  readonly dx?: number;
}

export interface TextMark extends MarkBase {
  readonly type: 'text';
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly letterSpacing?: number;
  readonly runs: readonly TextRun[];
  /** The full text, where `runs` were cut. */
  readonly fullText?: string;
}

export type Mark = RectMark | LineMark | PathMark | TextMark;

/** What a group of marks stands for: what is selected when it is clicked. */
export type Part =
  | { readonly type: 'hop'; readonly id: string }
  | { readonly type: 'boundary'; readonly from: string; readonly to: string }
  /** "+ 12 more": opens the folded hops of a layer, or closes them again. */
  | { readonly type: 'fold'; readonly layer: Layer; readonly isOpen: boolean }
  | { readonly type: 'exemplar' };

export interface SceneGroup {
  /** Null for what cannot be selected: headings, axes, the finding. Several groups may show one part. */
  readonly part: Part | null;
  /** The accessible name of the part: "postgres · primary, data, 18 of 47 ms, 2 ms over its budget of 16 ms". */
  readonly label: string | null;
  readonly marks: readonly Mark[];
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** For `<title>` and `<desc>`. */
  readonly title: string;
  readonly description: string;
  readonly groups: readonly SceneGroup[];
}

export interface LayoutOptions {
  /** Outer width in px; 1280 unless told. */
  readonly width: number;
  /** Layers whose "+ N more" is opened. */
  readonly openLayers: readonly Layer[];
}

/** 'hop:go.gateway', to compare parts and to find the group that shows one. */
export function partKey(part: Part): string {
  switch (part.type) {
    case 'hop':
      return `hop:${part.id}`;
    case 'boundary':
      return `boundary:${part.from} → ${part.to}`;
    case 'fold':
      return `fold:${part.layer}`;
    case 'exemplar':
      return 'exemplar';
  }
}
