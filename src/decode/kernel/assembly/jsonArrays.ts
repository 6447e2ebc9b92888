import { byteAt } from './bytes.ts';
import { stopAt, stopOdd } from './failure.ts';
import { valueOf } from './jsonKeys.ts';
import { plainIntegerEnd } from './jsonNumbers.ts';
import {
  BACKSLASH,
  behind,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  nextAfter,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './jsonSpace.ts';
import { closingQuote } from './jsonStrings.ts';
import { readBoolean } from './jsonWords.ts';
import { SCRATCH, SCRATCH_BYTES } from './layout.ts';
import { intern } from './strings.ts';

/** The text read last that stands for an array. */
export let arrayId: u32 = 0;

/** Where the text goes on. */
let to: usize = 0;

/**
 * Reads the array at `p` and puts the text together that stands for it (decode/anyValueText.ts), in the scratch memory:
 *
 *     {"values":[{"stringValue":"-jar"},{"intValue":"80"},{}]}   →   ["-jar",80,null]
 *
 * What is written as it was read must have one spelling only: plain integers, and strings of ASCII whose escapes are
 * those that `JSON.stringify` writes. Whatever else is in an array (fractions, arrays, maps) makes it odd.
 */
export function readArray(p: usize): usize {
  to = SCRATCH;
  put(OPEN_BRACKET);
  let end = behind(p, OPEN_BRACE);
  if (byteAt(end) !== CLOSE_BRACE) {
    const values = valueOf(end, 'values');
    if (values === 0) stopAt(end);
    end = nextAfter(putElements(values), CLOSE_BRACE);
    if (byteAt(end) !== CLOSE_BRACE) stopOdd();
  }
  put(CLOSE_BRACKET);
  arrayId = intern(SCRATCH, <u32>(to - SCRATCH));
  return end + 1;
}

function putElements(start: usize): usize {
  let p = behind(start, OPEN_BRACKET);
  while (byteAt(p) !== CLOSE_BRACKET) {
    p = nextAfter(putElement(p), CLOSE_BRACKET);
    if (byteAt(p) !== CLOSE_BRACKET) put(COMMA);
  }
  return p + 1;
}

function putElement(p: usize): usize {
  const member = behind(p, OPEN_BRACE);
  if (byteAt(member) === CLOSE_BRACE) {
    copy(NULL, NULL + 4);
    return member + 1;
  }
  const end = nextAfter(putMember(member), CLOSE_BRACE);
  if (byteAt(end) !== CLOSE_BRACE) stopOdd();
  return end + 1;
}

/** The letters of `null`. */
const NULL = memory.data<u8>([0x6e, 0x75, 0x6c, 0x6c]);

function putMember(p: usize): usize {
  let value = valueOf(p, 'stringValue');
  if (value !== 0) return putString(value);
  value = valueOf(p, 'intValue');
  if (value !== 0) return putInteger(value);
  value = valueOf(p, 'boolValue');
  if (value === 0) stopAt(p);
  const end = readBoolean(value);
  copy(value, end);
  return end;
}

function putString(p: usize): usize {
  if (byteAt(p) !== QUOTE) stopAt(p);
  const quote = closingQuote(p + 1);
  for (let q = p + 1; q < quote; q++) {
    const byte = byteAt(q);
    if (byte >= 0x80) stopOdd();
    if (byte === BACKSLASH && !isWrittenSo(byteAt(++q))) stopOdd();
  }
  copy(p, quote + 1);
  return quote + 1;
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

function putInteger(p: usize): usize {
  const isQuoted = byteAt(p) === QUOTE;
  const start = isQuoted ? p + 1 : p;
  const end = plainIntegerEnd(start);
  if (isQuoted && byteAt(end) !== QUOTE) stopAt(end);
  copy(start, end);
  return isQuoted ? end + 1 : end;
}

function copy(start: usize, end: usize): void {
  // Room for what is put between the elements, too.
  if (to + (end - start) + 8 > SCRATCH + SCRATCH_BYTES) stopOdd();
  memory.copy(to, start, end - start);
  to += end - start;
}

/* @inline */ function put(byte: u32): void {
  store<u8>(to++, byte);
}
