import { byteAt } from './bytes.ts';
import { decimal } from './decimal.ts';
import { stopAt, stopOdd } from './failure.ts';
import { CLOSE_BRACE, COMMA, endAt, QUOTE } from './jsonSpace.ts';
import { intern } from './strings.ts';
import { doubleValue, INTEGER, integerValue, JSON, LARGEST_INTEGER } from './values.ts';

/** So many digits are below 2⁶⁴. */
const SAFE_DIGITS: usize = 19;

/** The digits read last, as a number; wrong where there are more than SAFE_DIGITS. */
let digits: u64 = 0;

/** Reads digits, any number of them, and returns where they end. */
/* @inline */ function readDigits(start: usize): usize {
  let p = start;
  digits = 0;
  for (let digit = byteAt(p) - 0x30; digit <= 9; digit = byteAt(++p) - 0x30) digits = digits * 10 + digit;
  return p;
}

/** Nanoseconds since 1970, in quotes or not; from 2001 to 2286 they have 19 digits. */
/* @inline */ export function timeAt(p: usize): u64 {
  if (byteAt(p) === QUOTE && byteAt(p + 20) === QUOTE && are8Digits(load<u64>(p, 1)) && are8Digits(load<u64>(p, 9))) {
    const rest = readDigits(p + 17);
    if (rest === p + 20) {
      endAt(p + 21);
      return valueOf8(load<u64>(p, 1)) * 100_000_000_000 + valueOf8(load<u64>(p, 9)) * 1000 + digits;
    }
  }
  return otherTimeAt(p);
}

function otherTimeAt(p: usize): u64 {
  const isQuoted = byteAt(p) === QUOTE;
  const start = isQuoted ? p + 1 : p;
  const end = readDigits(start);
  if (end === start || end - start > SAFE_DIGITS) stopAt(p);
  endNumber(end, isQuoted);
  return digits;
}

/** Of the byte behind each of eight digits: eight letters in a word, all of them in '0' … '9'. */
/* @inline */ function are8Digits(word: u64): bool {
  const upper = word & 0xf0f0f0f0f0f0f0f0;
  const upperOf6More = (word + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0;
  return (upper | (upperOf6More >> 4)) === 0x3333333333333333;
}

/** The number of eight digits, the first in the lowest byte: first pairs, then fours, then all are put together. */
/* @inline */ function valueOf8(word: u64): u64 {
  const pairs = ((word & 0x0f0f0f0f0f0f0f0f) * (1 + (10 << 8))) >> 8;
  const fours = ((pairs & 0x00ff00ff00ff00ff) * (1 + (100 << 16))) >> 16;
  return ((fours & 0x0000ffff0000ffff) * (1 + (10_000 << 32))) >> 32;
}

/** One digit below `limit`: an enum by its number. */
/* @inline */ export function enumAt(p: usize, limit: u32): u32 {
  const digit = byteAt(p) - 0x30;
  if (digit >= limit) stopAt(p);
  endNumber(p + 1, false);
  return digit;
}

/** The lowest 16 bits of a whole number. */
/* @inline */ export function flagsAt(p: usize): u32 {
  const end = readDigits(p);
  if (end === p || end - p > 15) stopAt(p);
  endNumber(end, false);
  return <u32>digits & 0xffff;
}

/** What `integerAt` read: INTEGER, or JSON where it is beyond ±LARGEST_INTEGER. */
export let integerType: u32 = 0;

/** The value of the whole number at `p`, in quotes or not, in the form of its type. */
export function integerAt(p: usize): u32 {
  const isQuoted = byteAt(p) === QUOTE;
  const start = isQuoted ? p + 1 : p;
  const isNegative = byteAt(start) === 0x2d;
  const first = start + usize(isNegative);
  const end = readDigits(first);
  if (end === first) stopAt(p);
  endNumber(end, isQuoted);
  const isSmall = end - first <= SAFE_DIGITS && digits <= <u64>LARGEST_INTEGER;
  integerType = isSmall ? INTEGER : JSON;
  if (isSmall) return integerValue(isNegative ? -(<i64>digits) : <i64>digits);
  // Its text is that of the number as long as it has no zeros in front.
  if (byteAt(first) === 0x30) stopOdd();
  return intern(start, <u32>(end - start));
}

/** Where a whole number ends whose text has one form only: no zeros in front, and no minus before zero. */
export function plainIntegerEnd(start: usize): usize {
  const first = start + usize(byteAt(start) === 0x2d);
  const end = readDigits(first);
  if (end === first || (byteAt(first) === 0x30 && (end !== first + 1 || first !== start))) stopAt(start);
  return end;
}

/** The value of the number at `p`, not in quotes. */
export function doubleAt(p: usize): u32 {
  const isNegative = byteAt(p) === 0x2d;
  const first = p + usize(isNegative);
  let end = readDigits(first);
  if (end === first) stopAt(p);
  let mantissa = digits;
  // Zeros in front are none of its digits.
  let count: usize = mantissa === 0 ? 0 : end - first;
  let exponent: i32 = 0;
  if (byteAt(end) === 0x2e) {
    const start = ++end;
    for (let digit = byteAt(end) - 0x30; digit <= 9; digit = byteAt(++end) - 0x30) {
      mantissa = mantissa * 10 + digit;
      if (mantissa !== 0) count++;
    }
    if (end === start) stopAt(p);
    exponent = <i32>(start - end);
  }
  if (count > SAFE_DIGITS) stopOdd();
  if ((byteAt(end) | 0x20) === 0x65) {
    const sign = byteAt(end + 1);
    const start = end + (sign === 0x2b || sign === 0x2d ? 2 : 1);
    end = readDigits(start);
    if (end === start || end - start > 3) stopAt(p);
    exponent += sign === 0x2d ? -(<i32>digits) : <i32>digits;
  }
  endNumber(end, false);
  const value = decimal(mantissa, exponent);
  return doubleValue(isNegative ? -value : value);
}

/** A number ends at `p`. */
/* @inline */ function endNumber(p: usize, isQuoted: bool): void {
  const byte = byteAt(p);
  if (isQuoted) {
    if (byte !== QUOTE) stopAt(p);
    endAt(p + 1);
  } else {
    if (byte !== COMMA && byte !== CLOSE_BRACE && byte > 0x20) stopAt(p);
    endAt(p);
  }
}
