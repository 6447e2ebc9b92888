import { byteAt } from './bytes.ts';
import { stopAt } from './failure.ts';
import { unescape } from './jsonEscapes.ts';
import { BACKSLASH, endAt, QUOTE } from './jsonSpace.ts';
import { SCRATCH } from './layout.ts';
import { expectedText, expectedTextLengthAt, setExpectedText } from './shapes.ts';
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
    hasEscapes = true;
    p += 2;
  }
}

/** The id of the string at `p`. */
export function stringId(p: usize): u32 {
  if (byteAt(p) !== QUOTE) stopAt(p);
  return stringIdBehindQuote(p + 1);
}

export function stringIdBehindQuote(start: usize): u32 {
  const quote = closingQuote(start);
  endAt(quote + 1);
  if (!hasEscapes) return intern(start, <u32>(quote - start));
  return intern(SCRATCH, unescape(start, quote));
}

/** The id of the string whose first character is at `start`; it is likely to be the node's last text. */
/* @inline */ export function likelyStringId(node: u32, start: usize): u32 {
  const length = expectedTextLengthAt(node, start);
  if (length >= 0 && byteAt(start + length) === QUOTE) {
    endAt(start + length + 1);
    return expectedText(node);
  }
  const id = stringIdBehindQuote(start);
  // One that has escapes in it is written in other bytes than it has.
  if (!hasEscapes) setExpectedText(node, id);
  return id;
}
