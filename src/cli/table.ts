/** A cell's text; numbers stand at the right of their column. */
export interface Column {
  readonly heading: string;
  readonly isRight?: boolean;
}

/**
 * Columns side by side, two spaces between them, nothing at the end of a line.
 *
 *     layer  hop         p50
 *     edge   cf.workers    7
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ heading }) => heading), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => displayWidth(cells[index] ?? ''))));
  return lines.map((cells) =>
    columns
      .map(({ isRight }, index) => {
        const cell = cells[index] ?? '';
        const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - displayWidth(cell)));
        return isRight === true ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Cells of a terminal: wide letters (CJK, emoji) take two, marks that combine take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/\p{Mn}|\p{Me}/u.test(letter)) continue;
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u.test(
        letter,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Cut to `width` cells, with an ellipsis. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (displayWidth(kept + letter) > width - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}
