import { ADVANCE } from '../../src/config/geometry.ts';
import type { Mark, Scene, SceneGroup, TextMark } from '../../src/layout/scene.ts';
import { cells } from '../../src/layout/text.ts';

interface Rect {
  readonly what: string;
  readonly group: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/**
 * What a person would call a fault of a drawing, in words: boxes on boxes, texts on texts, lines through boxes, pills
 * on lines that are not theirs, anything outside the picture. Measured from the marks alone, not by layout's own means.
 */
export function faultsOf(scene: Scene): string[] {
  const boxes = marksOf(scene, (mark) => mark.type === 'rect' && mark.role === 'box');
  const pills = marksOf(scene, (mark) => mark.type === 'rect' && mark.role === 'pill');
  const texts = marksOf(scene, (mark) => mark.type === 'text');
  const lines = scene.groups.flatMap((group, index) => group.marks.flatMap((mark) => stretchesOf(mark, index)));
  const all = scene.groups.flatMap((group, index) => group.marks.map((mark) => rectOf(mark, index)));
  return [
    ...pairs(boxes, 'overlaps'),
    ...pairs(pills, 'overlaps'),
    ...pairs(texts, 'is written over'),
    ...across(pills, boxes, 'covers'),
    ...across(lines, boxes, 'runs through', 1),
    ...across(pills, lines, 'covers'),
    ...across(
      texts.filter(({ group }) => !isPart(scene.groups[group])),
      boxes,
      'is written over',
    ),
    ...across(
      texts.filter(({ group }) => !isPart(scene.groups[group])),
      lines,
      'is crossed by',
    ),
    ...all
      .filter((rect) => rect.x1 < 0 || rect.y1 < 0 || rect.x2 > scene.width || rect.y2 > scene.height)
      .map(({ what }) => `${what} is outside`),
  ];
}

/** Lines that lie on one another although they neither leave nor enter a box at the same point: they would look like one. */
export function hiddenLinesOf(scene: Scene): string[] {
  const stretches = scene.groups.flatMap(({ marks }, group) =>
    marks.flatMap((mark) => {
      if (mark.type !== 'path') return [];
      const ends = [mark.points[0], mark.points[mark.points.length - 1]].map(String);
      return stretchesOf(mark, group).map((rect) => ({ ...rect, ends }));
    }),
  );
  return stretches.flatMap((a, index) =>
    stretches.slice(index + 1).flatMap((b) => {
      const isUpright = a.x2 - a.x1 < a.y2 - a.y1;
      const isSameWay = isUpright === b.x2 - b.x1 < b.y2 - b.y1;
      const isRelated = a.group === b.group || a.ends[0] === b.ends[0] || a.ends[1] === b.ends[1];
      const length = isUpright
        ? Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1)
        : Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
      return isSameWay && !isRelated && length > 3 && meet(a, b, 0.05) ? [`${a.what} lies on ${b.what}`] : [];
    }),
  );
}

function isPart({ part }: SceneGroup): boolean {
  return part !== null && part.type !== 'exemplar';
}

function marksOf(scene: Scene, isWanted: (mark: Mark) => boolean): Rect[] {
  return scene.groups.flatMap((group, index) => group.marks.filter(isWanted).map((mark) => rectOf(mark, index)));
}

function pairs(rects: readonly Rect[], verb: string): string[] {
  return rects.flatMap((a, index) =>
    rects.slice(index + 1).flatMap((b) => (meet(a, b, 0.05) ? [`${a.what} ${verb} ${b.what}`] : [])),
  );
}

/** Rects of one group may meet: a pill stands on its own line, a name in its own box. */
function across(these: readonly Rect[], those: readonly Rect[], verb: string, tolerance = 0.05): string[] {
  return these.flatMap((a) =>
    those.flatMap((b) => (a.group !== b.group && meet(a, b, tolerance) ? [`${a.what} ${verb} ${b.what}`] : [])),
  );
}

function meet(a: Rect, b: Rect, tolerance: number): boolean {
  return a.x1 < b.x2 - tolerance && b.x1 < a.x2 - tolerance && a.y1 < b.y2 - tolerance && b.y1 < a.y2 - tolerance;
}

function stretchesOf(mark: Mark, group: number): Rect[] {
  if (mark.type !== 'path') return [];
  return mark.points.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = mark.points[index];
    const half = mark.strokeWidth / 2;
    return {
      what: `the line at ${x},${y}`,
      group,
      x1: Math.min(x, fromX) - (x === fromX ? half : 0),
      x2: Math.max(x, fromX) + (x === fromX ? half : 0),
      y1: Math.min(y, fromY) - (y === fromY ? half : 0),
      y2: Math.max(y, fromY) + (y === fromY ? half : 0),
    };
  });
}

function rectOf(mark: Mark, group: number): Rect {
  switch (mark.type) {
    case 'rect':
      return {
        what: `${mark.role ?? 'a rect'} at ${mark.x},${mark.y}`,
        group,
        x1: mark.x,
        y1: mark.y,
        x2: mark.x + mark.width,
        y2: mark.y + mark.height,
      };
    case 'line':
      return {
        what: `a rule at ${mark.x1},${mark.y1}`,
        group,
        x1: Math.min(mark.x1, mark.x2),
        x2: Math.max(mark.x1, mark.x2),
        y1: Math.min(mark.y1, mark.y2),
        y2: Math.max(mark.y1, mark.y2),
      };
    case 'path': {
      const [xs, ys] = [mark.points.map(([x]) => x), mark.points.map(([, y]) => y)];
      return {
        what: 'a line',
        group,
        x1: Math.min(...xs),
        x2: Math.max(...xs),
        y1: Math.min(...ys),
        y2: Math.max(...ys),
      };
    }
    case 'text': {
      const width = textWidthOf(mark);
      const x1 = mark.anchor === 'start' ? mark.x : mark.anchor === 'end' ? mark.x - width : mark.x - width / 2;
      const what = `"${mark.runs.map((run) => run.text).join('')}"`;
      return { what, group, x1, x2: x1 + width, y1: mark.y - mark.size * 0.73, y2: mark.y + mark.size * 0.05 };
    }
  }
}

function textWidthOf(mark: TextMark): number {
  return mark.runs.reduce((sum, run) => {
    const spacing = run.size === undefined ? (mark.letterSpacing ?? 0) : 0;
    return sum + (run.dx ?? 0) + cells(run.text) * ((run.size ?? mark.size) * ADVANCE + spacing);
  }, 0);
}
