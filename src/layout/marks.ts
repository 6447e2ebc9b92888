import type { Tone } from '../config/theme.ts';
import type { Mark, RectMark, TextMark, TextRun } from './scene.ts';
import { printable } from './text.ts';

/** Short ways to make marks. */
export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  tone: Tone,
  more: Partial<RectMark> = {},
): RectMark {
  return { type: 'rect', x, y, width: Math.max(0, width), height: Math.max(0, height), tone, ...more };
}

export function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  tone: Tone,
  strokeWidth: number,
  isDashed = false,
): Mark {
  return { type: 'line', x1, y1, x2, y2, tone, strokeWidth, ...(isDashed && { isDashed }) };
}

/** `fullText` is kept only where it differs from what is shown. */
export function text(
  x: number,
  y: number,
  size: number,
  runs: string | readonly TextRun[],
  more: Partial<Omit<TextMark, 'fullText'>> & { readonly fullText?: string | undefined } = {},
): TextMark {
  const { fullText, ...rest } = more;
  const list = (typeof runs === 'string' ? [{ text: runs }] : runs).map((run) => ({
    ...run,
    text: printable(run.text),
  }));
  const shown = list.map((run) => run.text).join(' ');
  const full = fullText === undefined ? shown : printable(fullText);
  return {
    type: 'text',
    x,
    y,
    size,
    weight: 400,
    anchor: 'start',
    tone: 'text',
    ...rest,
    runs: list,
    ...(full !== shown && { fullText: full }),
  };
}

export const DIM = { tone: 'dim' } as const;
export const BOLD = { weight: 600 } as const;
/** Layer names, FINDING, WHERE THE 47 ms GO. */
export const HEADING = { weight: 600, letterSpacing: 1.6 } as const;

/** 0.01 px is less than anyone sees, and the same digits on every machine. */
export function rounded(mark: Mark): Mark {
  switch (mark.type) {
    case 'rect':
      return {
        ...mark,
        x: px(mark.x),
        y: px(mark.y),
        width: px(mark.width),
        height: px(mark.height),
        ...(mark.radius !== undefined && { radius: px(mark.radius) }),
      };
    case 'line':
      return { ...mark, x1: px(mark.x1), y1: px(mark.y1), x2: px(mark.x2), y2: px(mark.y2) };
    case 'path':
      return { ...mark, points: mark.points.map(([x, y]) => [px(x), px(y)] as const) };
    case 'text':
      return { ...mark, x: px(mark.x), y: px(mark.y) };
  }
}

function px(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
