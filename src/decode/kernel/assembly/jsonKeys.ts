import { byteAt } from './bytes.ts';
import { stopAt, stopOdd } from './failure.ts';
import { behind, COLON, QUOTE, space } from './jsonSpace.ts';
import { skipValue } from './jsonSkip.ts';
import { closingQuote, hasEscapes } from './jsonStrings.ts';

/** Where the value of the member at `p` begins, if this is its key; else 0. */
/* @inline */ export function valueOf(p: usize, key: string): usize {
  const end = p + 1 + key.length;
  if (!isText(p + 1, key) || byteAt(end) !== QUOTE || byteAt(p) !== QUOTE) return 0;
  return byteAt(end + 1) === COLON ? space(end + 2) : behind(space(end + 1), COLON);
}

/** Whether this ASCII text stands at `p`: eight letters at a time, widened to the 16 bits that a string literal has. */
/* @inline */ export function isText(p: usize, text: string): bool {
  const letters = changetype<usize>(text);
  const length = text.length;
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const widened = v128.load_ext<u8>(p + i);
    if (!i16x8.all_true(i16x8.eq(widened, v128.load(letters + (i << 1))))) return false;
  }
  if (i === length) return true;
  const agreeing = i16x8.bitmask(i16x8.eq(v128.load_ext<u8>(p + i), v128.load(letters + (i << 1))));
  return (~agreeing & ((1 << (length - i)) - 1)) === 0;
}

/**
 * Passes over the member at `p`, whose key says nothing to us; returns where it ends. A key in another spelling that the
 * TypeScript decoder knows is odd: with an underscore, with escapes, or `instrumentationLibrary…`.
 */
export function skipMember(p: usize): usize {
  if (byteAt(p) !== QUOTE) stopAt(p);
  const quote = closingQuote(p + 1);
  if (hasEscapes || byteAt(p + 1) === 0x69) stopOdd();
  for (let q = p + 1; q < quote; q++) if (byteAt(q) === 0x5f) stopOdd();
  return skipValue(behind(space(quote + 1), COLON));
}
