import { byteAt, countLines } from './bytes.ts';
import { take, taken } from './batch.ts';
import { stopAt } from './failure.ts';

export const QUOTE: u32 = 0x22;
export const COMMA: u32 = 0x2c;
export const COLON: u32 = 0x3a;
export const OPEN_BRACKET: u32 = 0x5b;
export const BACKSLASH: u32 = 0x5c;
export const CLOSE_BRACKET: u32 = 0x5d;
export const OPEN_BRACE: u32 = 0x7b;
export const CLOSE_BRACE: u32 = 0x7d;

/**
 * What reads a value is given where it begins, and returns where it ends: the next reader needs that at once. The value
 * itself is in a variable beside the function.
 */

/** Line feeds in all that was ever taken as JSON: the host looks at the difference. */
export let lines: u32 = 0;
/** White space was seen, so there may be line feeds. Never unset: what was learnt from it may be found again by its bytes. */
let hasSpace: bool = false;

/** Takes a unit that ends at `p`. */
export function takeLines(p: usize): void {
  if (hasSpace) lines += countLines(taken, p);
  take(p);
}

/** Behind the white space at `p`. */
/* @inline */ export function space(p: usize): usize {
  return byteAt(p) > 0x20 ? p : behindSpace(p);
}

/** For those who pass over white space by themselves. */
export function sawSpace(): void {
  hasSpace = true;
}

/** 16 bytes at a time: indented JSON is white space for the most part. A zero is none, so the end of input ends it. */
function behindSpace(start: usize): usize {
  let p = start;
  if (byteAt(p) !== 0) hasSpace = true;
  // Between a colon and a value there is one.
  if (byteAt(p + 1) > 0x20 && byteAt(p) === 0x20) return p + 1;
  while (true) {
    const block = v128.load(p);
    const isSpace = v128.or(
      v128.or(i8x16.eq(block, i8x16.splat(0x20)), i8x16.eq(block, i8x16.splat(0x0a))),
      v128.or(i8x16.eq(block, i8x16.splat(0x0d)), i8x16.eq(block, i8x16.splat(0x09))),
    );
    const others = ~i8x16.bitmask(isSpace) & 0xffff;
    if (others !== 0) return p + ctz(others);
    p += 16;
  }
}

/** Behind the one byte that has to stand at `p`, and white space. */
/* @inline */ export function behind(p: usize, byte: u32): usize {
  if (byteAt(p) !== byte) stopAt(p);
  return space(p + 1);
}

/**
 * Behind a member or an element that ends at `p`: on the next one, or on the bracket that ends them all. So a list is
 *
 *     let p = behind(start, OPEN_BRACKET);
 *     while (byteAt(p) !== CLOSE_BRACKET) p = nextAfter(readElement(p), CLOSE_BRACKET);
 *     return p + 1;
 */
export function nextAfter(p: usize, close: u32): usize {
  const end = space(p);
  if (byteAt(end) !== COMMA) {
    if (byteAt(end) !== close) stopAt(end);
    return end;
  }
  const next = space(end + 1);
  if (byteAt(next) === close) stopAt(next);
  return next;
}
