import { byteAt } from './bytes.ts';
import { stopAt } from './failure.ts';
import { unescape } from './jsonEscapes.ts';
import { BACKSLASH, QUOTE } from './jsonSpace.ts';
import { SCRATCH } from './layout.ts';
import { expectedText, expectedTextLength, isExpectedTextAt, setExpectedText } from './shapes.ts';
import { intern } from './strings.ts';

/** Whether the string found last by `closingQuote` has escapes. */
export let hasEscapes: bool = false;

/**
 * Where the string ends whose first character is at `start`. 16 bytes at a time, up to the first that is a quote, a
 * backslash, or below a space, which no string has in it: the zeros behind the end of input are.
 *
 *     G E T   / c a r t " , " k i n d          bits of special bytes, the lowest first: 000000000 1 …
 *                       └ start + ctz
 */
export function closingQuote(start: usize): usize {
  hasEscapes = false;
  let p = start;
  while (true) {
    const block = v128.load(p);
    const isSpecial = v128.or(
      v128.or(i8x16.eq(block, i8x16.splat(0x22)), i8x16.eq(block, i8x16.splat(0x5c))),
      i8x16.lt_u(block, i8x16.splat(0x20)),
    );
    const special = i8x16.bitmask(isSpecial);
    if (special === 0) {
      p += 16;
      continue;
    }
    p += ctz(special);
    const byte = byteAt(p);
    if (byte === QUOTE) return p;
    if (byte !== BACKSLASH) stopAt(p);
    if (byteAt(p + 1) < 0x20) stopAt(p + 1);
    hasEscapes = true;
    p += 2;
  }
}

/** The string read last. */
export let stringId: u32 = 0;

export function readString(p: usize): usize {
  if (byteAt(p) !== QUOTE) stopAt(p);
  return readStringFrom(p + 1);
}

/** Reads the string whose first character is at `start`. */
function readStringFrom(start: usize): usize {
  const quote = closingQuote(start);
  if (!hasEscapes) stringId = intern(start, <u32>(quote - start));
  else stringId = intern(SCRATCH, unescape(start, quote));
  return quote + 1;
}

/** The same where the string is likely to be the node's last text. */
/* @inline */ export function readLikelyString(start: usize, node: u32): usize {
  const end = start + expectedTextLength(node);
  if (byteAt(end) === QUOTE && isExpectedTextAt(node, start)) {
    stringId = expectedText(node);
    return end + 1;
  }
  return readUnlikelyString(start, node);
}

function readUnlikelyString(start: usize, node: u32): usize {
  const end = readStringFrom(start);
  // One that has escapes in it is written in other bytes than it has.
  if (!hasEscapes) setExpectedText(node, stringId);
  return end;
}
