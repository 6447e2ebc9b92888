import { byteAt } from './bytes.ts';
import { stopAt, stopOdd } from './failure.ts';
import { valueOf } from './jsonKeys.ts';
import { plainIntegerEnd } from './jsonNumbers.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endAt,
  after,
  firstOf,
  nextOf,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './jsonSpace.ts';
import { trueAt } from './jsonWords.ts';
import { closingQuote } from './jsonStrings.ts';
import { SCRATCH, SCRATCH_BYTES } from './layout.ts';
import { intern } from './strings.ts';

/** Where the text is written that an array becomes. */
let to: usize = 0;

/**
 * The id of the text that stands for the array at `p` (decode/anyValueText.ts), put together in the scratch memory:
 *
 *     {"values":[{"stringValue":"-jar"},{"intValue":"80"},{}]}   →   ["-jar",80,null]
 *
 * What is written as it was read must have one spelling only: plain integers, and strings of ASCII whose escapes are
 * those that `JSON.stringify` writes. Whatever else is in an array (numbers, arrays, maps) makes it odd.
 */
export function arrayTextAt(p: usize): u32 {
  to = SCRATCH;
  put(OPEN_BRACKET);
  const member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  if (member !== 0) {
    const values = valueOf(member, 'values');
    if (values === 0) stopAt(member);
    let element = firstOf(values, OPEN_BRACKET, CLOSE_BRACKET);
    while (element !== 0) {
      putElement(element);
      element = nextOf(after, CLOSE_BRACKET);
      if (element !== 0) put(COMMA);
    }
    if (nextOf(after, CLOSE_BRACE) !== 0) stopOdd();
  }
  put(CLOSE_BRACKET);
  return intern(SCRATCH, <u32>(to - SCRATCH));
}

/* @inline */ function put(byte: u32): void {
  store<u8>(to++, byte);
}

function putElement(p: usize): void {
  const member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  if (member === 0) return copy(NULL, NULL + 4);
  let value: usize;
  if ((value = valueOf(member, 'stringValue')) !== 0) putString(value);
  else if ((value = valueOf(member, 'intValue')) !== 0) putInteger(value);
  else if ((value = valueOf(member, 'boolValue')) !== 0) putBoolean(value);
  else stopAt(member);
  if (nextOf(after, CLOSE_BRACE) !== 0) stopOdd();
}

const NULL = memory.data<u8>([0x6e, 0x75, 0x6c, 0x6c]);

function putString(p: usize): void {
  if (byteAt(p) !== QUOTE) stopAt(p);
  const quote = closingQuote(p + 1);
  for (let q = p + 1; q < quote; q++) {
    const byte = byteAt(q);
    if (byte >= 0x80) stopOdd();
    if (byte === BACKSLASH && !isWrittenSo(byteAt(++q))) stopOdd();
  }
  endAt(quote + 1);
  copy(p, quote + 1);
}

/** Whether `JSON.stringify` writes this letter behind a backslash, in place of the character itself. */
function isWrittenSo(letter: u32): bool {
  return (
    letter === QUOTE ||
    letter === BACKSLASH ||
    letter === 0x62 || // \b
    letter === 0x66 || // \f
    letter === 0x6e || // \n
    letter === 0x72 || // \r
    letter === 0x74 // \t
  );
}

function putInteger(p: usize): void {
  const isQuoted = byteAt(p) === QUOTE;
  const start = isQuoted ? p + 1 : p;
  const end = plainIntegerEnd(start);
  if (isQuoted && byteAt(end) !== QUOTE) stopAt(end);
  endAt(isQuoted ? end + 1 : end);
  copy(start, end);
}

function putBoolean(p: usize): void {
  trueAt(p);
  copy(p, after);
}

function copy(start: usize, end: usize): void {
  // Room for what is put between the elements, too.
  if (to + (end - start) + 8 > SCRATCH + SCRATCH_BYTES) stopOdd();
  memory.copy(to, start, end - start);
  to += end - start;
}
