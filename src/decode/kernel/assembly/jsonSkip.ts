import { byteAt } from './bytes.ts';
import { endOfInput, stopAt, stopOdd, stopRanOut } from './failure.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE, sawSpace } from './jsonSpace.ts';
import { closingQuote } from './jsonStrings.ts';
import { isText } from './jsonWords.ts';

/** The first key of a document, which cannot stand inside one: it cut off the one that is being read. */
export const DOCUMENT_KEY: string = '"resourceSpans"';

/** Where the value at `p` ends. It is looked at just as closely as by the TypeScript decoder (json/valueSkipper.ts). */
export function skipValue(p: usize): usize {
  const first = byteAt(p);
  if (first === QUOTE) return closingQuote(p + 1) + 1;
  return first === OPEN_BRACE || first === OPEN_BRACKET ? skipNested(p) : skipScalar(p);
}

/** Counts brackets and does not match them. */
function skipNested(start: usize): usize {
  let p = start;
  let depth = 0;
  while (true) {
    const byte = byteAt(p);
    if (byte === QUOTE) {
      p = closingQuote(p + 1) + 1;
      if (byteAt(p - 2) === OPEN_BRACE && isText(p - 1, DOCUMENT_KEY)) stopOdd();
      continue;
    }
    if (byte <= 0x20) {
      if (p >= endOfInput()) stopRanOut();
      sawSpace();
    }
    p++;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (byte === OPEN_BRACE && isText(p, DOCUMENT_KEY)) stopOdd();
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (--depth === 0) return p;
    }
  }
}

function skipScalar(p: usize): usize {
  let end: usize;
  if (isText(p, 'true') || isText(p, 'null')) end = p + 4;
  else if (isText(p, 'false')) end = p + 5;
  else end = skipNumber(p);
  const next = byteAt(end);
  if (next > 0x20 && next !== COMMA && next !== CLOSE_BRACE && next !== CLOSE_BRACKET) stopAt(end);
  return end;
}

function skipNumber(start: usize): usize {
  let p = skipDigits(byteAt(start) === 0x2d ? start + 1 : start);
  if (byteAt(p) === 0x2e) p = skipDigits(p + 1);
  if ((byteAt(p) | 0x20) === 0x65) {
    const sign = byteAt(p + 1);
    p = skipDigits(sign === 0x2b || sign === 0x2d ? p + 2 : p + 1);
  }
  return p;
}

/** At least one. */
function skipDigits(start: usize): usize {
  let p = start;
  while (byteAt(p) - 0x30 <= 9) p++;
  if (p === start) stopAt(p);
  return p;
}
