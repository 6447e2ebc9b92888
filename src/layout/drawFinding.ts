import type { Finding } from '../analyse/model.ts';
import { DIM, HEADING, text } from './marks.ts';
import { around, type Pill, type Rect } from './pills.ts';
import type { Placement } from './route.ts';
import type { Mark, SceneGroup } from './scene.ts';
import { cellsIn, printable, textWidth, wrap } from './text.ts';

/**
 * The finding in words, where the picture is free: under short columns, right of few columns, else below all.
 *
 *     ▢ ▢ ▢ ▢        ▢  FINDING        ▢ ▢ ▢
 *     FINDING ▢         …              ▢ ▢ ▢
 *     …       ▢                        FINDING …
 */
const HEADLINE = 14;
const DETAIL = 11.5;
/** px that stay free beside and above the text, and between it and what it stands below. */
const BESIDE = 8;
const ABOVE = 18;
const BELOW = 36;
const LEAST_WIDTH = 200;
/** The text is never as wide as four columns. */
const MOST_COLUMNS = 3;
/** One more line of text is worth this many px of height. */
const LINE_COST = 14;

type Words = Pick<Finding, 'headline' | 'details'>;

interface Block {
  readonly headline: readonly string[];
  /** Null begins a paragraph. */
  readonly details: readonly (string | null)[];
  readonly width: number;
  readonly height: number;
}

export function drawFinding(
  finding: Finding,
  placement: Placement,
  pills: readonly (Pill | null)[],
  frame: { readonly left: number; readonly right: number; readonly top: number },
): { group: SceneGroup; bottom: number } | null {
  if (finding.headline.length === 0) return null;
  const obstacles = obstaclesOf(placement, pills);
  const words = wordsOf(finding);
  // Columns are alike: dozens of spots have a few widths.
  const blocks = new Map<number, Block>();
  const spots = spotsOf(placement, frame).map(({ x, width }) => {
    const block = blocks.get(width) ?? blockOf(words, width);
    blocks.set(width, block);
    const y = firstFree(x, Math.min(width, block.width), block.height, frame.top, obstacles);
    return { x, y, block, bottom: Math.max(placement.bottom, y + block.height) };
  });
  const costOf = ({ block, bottom }: (typeof spots)[number]): number =>
    bottom + LINE_COST * (block.headline.length + block.details.length);
  const best = spots.reduce((a, b) => (costOf(b) < costOf(a) - 1 ? b : a));
  return {
    group: { part: null, label: null, marks: marksOf(best.block, best.x, best.y) },
    bottom: best.y + best.block.height,
  };
}

/** Right of everything, under any run of columns (with the channel behind it and without), and under all. */
function spotsOf(
  { columns, lines }: Placement,
  { left, right }: { left: number; right: number },
): { x: number; width: number }[] {
  const spots: { x: number; width: number }[] = [];
  const last = columns[columns.length - 1];
  const beside = Math.max(last.x + last.width, ...lines.flatMap(({ points }) => points.map(([x]) => x))) + 48;
  if (right - beside >= LEAST_WIDTH) spots.push({ x: beside, width: right - beside });
  columns.forEach((first, from) => {
    for (let to = from; to < Math.min(columns.length, from + MOST_COLUMNS); to++) {
      const ownEnd = columns[to].x + columns[to].width;
      const nextStart = to + 1 < columns.length ? columns[to + 1].x - ABOVE : right;
      for (const end of [nextStart, ownEnd])
        if (end - first.x >= LEAST_WIDTH) spots.push({ x: first.x, width: end - first.x });
    }
  });
  return [...spots, { x: left, width: right - left }];
}

function wordsOf({ headline, details }: Words): Words {
  return { headline: headline.map(printable), details: joined(details).map(printable) };
}

function blockOf(words: Words, width: number): Block {
  const headline = words.headline.flatMap((line) => wrap(line, cellsIn(width, HEADLINE)));
  const details = words.details.flatMap((line, index, all): (string | null)[] => {
    const lines = wrap(line, cellsIn(width, DETAIL));
    const isNewParagraph = index > 0 && all[index - 1].endsWith('.');
    return isNewParagraph ? [null, ...lines] : lines;
  });
  const paragraphs = details.filter((line) => line === null).length;
  const height =
    10 +
    26 +
    (headline.length - 1) * 20 +
    (details.length === 0 ? 4 : 28 + (details.length - paragraphs - 1) * 17 + paragraphs * 11 + 4);
  const widths = [
    ...headline.map((line) => textWidth(line, HEADLINE)),
    ...details.map((line) => textWidth(line ?? '', DETAIL)),
  ];
  return { headline, details, width: Math.max(...widths, 90), height };
}

/** A sentence that was broken over lines is whole again, so that it can break where the width wants it to. */
function joined(lines: readonly string[]): string[] {
  const sentences: string[] = [];
  for (const line of lines) {
    const open = sentences.at(-1)?.match(/[^.:]$/) ? sentences.pop() : undefined;
    sentences.push(open === undefined ? line : `${open} ${line}`);
  }
  return sentences;
}

function obstaclesOf(placement: Placement, pills: readonly (Pill | null)[]): Rect[] {
  const stretches = placement.lines.flatMap(({ points }) =>
    points.slice(1).map((to, index) => around(points[index], to)),
  );
  const headings = placement.headings.map(({ column, y }) => ({ ...placement.columns[column], y: y - 20, height: 22 }));
  return [...placement.boxes, ...stretches, ...headings, ...pills.filter((pill) => pill !== null)];
}

/** The highest place. What is in the way stays so further down, until the text is below all of it. */
function firstFree(x: number, width: number, height: number, top: number, obstacles: readonly Rect[]): number {
  const inColumn = obstacles.filter((other) => other.x < x + width + BESIDE && x - BESIDE < other.x + other.width);
  let y = top;
  for (;;) {
    let lowest = -Infinity;
    for (const other of inColumn) {
      if (other.y < y + height + ABOVE && y - ABOVE < other.y + other.height)
        lowest = Math.max(lowest, other.y + other.height);
    }
    if (lowest === -Infinity) return y;
    y = lowest + BELOW;
  }
}

function marksOf({ headline, details }: Block, x: number, top: number): Mark[] {
  const marks: Mark[] = [text(x, top + 10, 11, 'FINDING', HEADING)];
  let y = top + 36;
  headline.forEach((line, index) => marks.push(text(x, y + index * 20, HEADLINE, line, { weight: 600 })));
  y += (headline.length - 1) * 20 + 28;
  for (const line of details) {
    if (line === null) {
      y += 11;
    } else {
      marks.push(text(x, y, DETAIL, line, DIM));
      y += 17;
    }
  }
  return marks;
}
