import { ADVANCE } from '../config/geometry.ts';

/**
 * Text that is measured without a font: every face of the stack is monospaced, so a text is as wide as its cells.
 *
 *     "sql"  3 cells        "東京"  4 cells        "é" as e + U+0301  1 cell
 *
 *     cut("checkoutservice", 8)                     → "checkou…"
 *     cutName("shop / checkoutservice", 20)         → "sh… / checkoutservice"
 */

const ELLIPSIS = '…';

/** [first, last] code points that take two cells: East Asian wide forms and emoji (Unicode, EastAsianWidth W and F). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23f3],
  [0x2614, 0x2615],
  [0x26a1, 0x26a1],
  [0x2705, 0x2705],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x2b50, 0x2b50],
  [0x2e80, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f000, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Marks that stand on the character before, joiners and variation selectors. */
const ZERO: readonly (readonly [number, number])[] = [
  [0x0300, 0x036f],
  [0x0591, 0x05bd],
  [0x064b, 0x065f],
  [0x1ab0, 0x1aff],
  [0x200b, 0x200f],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0x1f3fb, 0x1f3ff],
  [0xe0100, 0xe01ef],
];

/** Nearly every text: each character takes one cell. */
const NARROW = /^[\u0000-\u02ff]*$/;

/** How many cells of 0.6 em a text takes. */
export function cells(text: string): number {
  if (NARROW.test(text)) return text.length;
  let count = 0;
  for (const character of text) count += cellsOf(character.codePointAt(0) ?? 0);
  return count;
}

/** px at `size` px. */
export function textWidth(text: string, size: number, letterSpacing = 0): number {
  return cells(text) * (size * ADVANCE + letterSpacing);
}

/** How many cells fit in `width` px at `size` px. */
export function cellsIn(width: number, size: number): number {
  return Math.max(0, Math.floor((width + 0.01) / (size * ADVANCE)));
}

/** At most `limit` cells, the end given up for an ellipsis. Empty where not even that fits. */
export function cut(text: string, limit: number): string {
  if (cells(text) <= limit) return text;
  if (limit < 1) return '';
  return head(text, limit - 1) + ELLIPSIS;
}

/** Like `cut`, but a namespace gives way before the service's own name does: that is what tells two boxes apart. */
export function cutName(name: string, limit: number): string {
  if (cells(name) <= limit) return name;
  const slash = name.lastIndexOf(' / ');
  if (slash < 0) return cut(name, limit);
  const service = name.slice(slash);
  const room = limit - cells(service);
  return room >= 2 ? cut(name.slice(0, slash), room) + service : cut(name.slice(slash + 3), limit);
}

/** A unit stays with its number. */
const BREAK = /(?<!\d) | (?!(?:ns|µs|ms|s|min|h)\b)/;

/** Breaks at spaces so that no line is wider than `limit` cells; a word that is wider alone is cut. */
export function wrap(text: string, limit: number): string[] {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (const word of text.split(BREAK)) {
    const longer = line === '' ? cells(word) : taken + 1 + cells(word);
    if (longer <= limit) {
      line = line === '' ? word : `${line} ${word}`;
      taken = longer;
    } else {
      if (line !== '') lines.push(line);
      line = cut(word, limit);
      taken = cells(line);
    }
  }
  return line === '' ? lines : [...lines, line];
}

/**
 * What may stand in a picture: without characters that XML 1.0 forbids, lone surrogates, and the controls that turn
 * the order of the text around them (a name must not rearrange its neighbours).
 */
export function printable(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** What is called nothing is called this. */
const NO_NAME = '(no name)';

/** Characters of a name that a person may still read. */
const LONGEST_NAME = 300;

/**
 * A name from a file as it is shown, wherever it is: never blank, and never so long that laying it out holds up the
 * page. What it stands for is told by the whole name, not by this.
 */
export function shownName(name: string): string {
  return shownText(name) || NO_NAME;
}

/** The same of what may be empty. */
export function shownText(text: string): string {
  const shown = printable(text.length > LONGEST_NAME ? beginning(text) + ELLIPSIS : text);
  return SEEN.test(shown) ? shown : '';
}

/** Neither space, control nor format character; nor the empty letters of Hangul and Braille. */
const SEEN = /[^\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/u;

/** No half of a character at its end. */
function beginning(text: string): string {
  return text.slice(0, LONGEST_NAME - 1).replace(/[\ud800-\udbff]$/, '');
}

function head(text: string, limit: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += cellsOf(character.codePointAt(0) ?? 0);
    if (used > limit) break;
    end += character.length;
  }
  return text.slice(0, end).replace(/[\s\u200d]+$/, '');
}

function cellsOf(codePoint: number): number {
  if (codePoint < 0x300) return 1;
  if (isWithin(ZERO, codePoint)) return 0;
  return isWithin(WIDE, codePoint) ? 2 : 1;
}

function isWithin(ranges: readonly (readonly [number, number])[], codePoint: number): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}
