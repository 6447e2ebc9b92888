import { byteAt } from './bytes.ts';
import { stopAt, stopOdd } from './failure.ts';
import { behind, COLON, QUOTE, space } from './jsonSpace.ts';
import { DOCUMENT_KEY, skipValue } from './jsonSkip.ts';
import { closingQuote, hasEscapes } from './jsonStrings.ts';
import { isText } from './jsonWords.ts';

/** Where the value of the member at `p` begins, if this is its key; else 0. */
export function valueOf(p: usize, key: string): usize {
  return keyedValue(p, key);
}

/** The same, for members that every span has. */
/* @inline */ export function keyedValue(p: usize, key: string): usize {
  const end = p + 1 + key.length;
  if (!isText(p + 1, key) || byteAt(end) !== QUOTE || byteAt(p) !== QUOTE) return 0;
  return byteAt(end + 1) === COLON ? space(end + 2) : behind(space(end + 1), COLON);
}

/**
 * Passes over the member at `p`, whose key says nothing to us; returns where it ends. A key in another spelling that the
 * TypeScript decoder knows is odd: with an underscore, with escapes, or `instrumentationLibrary…`. So is another document.
 */
export function skipMember(p: usize): usize {
  if (byteAt(p) !== QUOTE) stopAt(p);
  const quote = closingQuote(p + 1);
  if (hasEscapes || byteAt(p + 1) === 0x69 || isText(p, DOCUMENT_KEY)) stopOdd();
  for (let q = p + 1; q < quote; q++) if (byteAt(q) === 0x5f) stopOdd();
  return skipValue(behind(space(quote + 1), COLON));
}
