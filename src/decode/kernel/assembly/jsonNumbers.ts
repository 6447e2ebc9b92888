import { byteAt } from './bytes.ts';
import { decimal } from './decimal.ts';
import { stopAt, stopOdd } from './failure.ts';
import { CLOSE_BRACE, COMMA, QUOTE } from './jsonSpace.ts';
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

/** The time read last. */
export let time: u64 = 0;

/** Reads nanoseconds since 1970, in quotes or not; from 2001 to 2286 they have 19 digits. */
/* @inline */ export function readTime(p: usize): usize {
  const first = load<u64>(p, 1);
  const second = load<u64>(p, 9);
  const third = load<u32>(p, 17);
  if (byteAt(p) !== QUOTE || !are8Digits(first) || !are8Digits(second) || !are3DigitsAndQuote(third))
    return readOtherTime(p);
  time = valueOf8(first) * 100_000_000_000 + valueOf8(second) * 1000 + valueOf3(third);
  return p + 21;
}

function readOtherTime(p: usize): usize {
  const isQuoted = byteAt(p) === QUOTE;
  const start = isQuoted ? p + 1 : p;
  const end = readDigits(start);
  if (end === start || end - start > SAFE_DIGITS) stopAt(p);
  time = digits;
  return endNumber(end, isQuoted);
}

/** Whether the eight letters in a word, all of them, are '0' … '9': their upper halves are 3, and still are when 6 is added. */
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

/** `123"` */
/* @inline */ function are3DigitsAndQuote(word: u32): bool {
  const upper = word & 0xfff0f0f0;
  const upperOf6More = (word + 0x00060606) & 0x00f0f0f0;
  return upper === 0x22303030 && upperOf6More === 0x00303030;
}

/* @inline */ function valueOf3(word: u32): u32 {
  return (word & 0xf) * 100 + ((word >> 8) & 0xf) * 10 + ((word >> 16) & 0xf);
}

/** The enum value read last. */
export let enumValue: u32 = 0;

/** Reads one digit below `limit`: an enum by its number. */
/* @inline */ export function readEnum(p: usize, limit: u32): usize {
  enumValue = byteAt(p) - 0x30;
  if (enumValue >= limit) stopAt(p);
  return endNumber(p + 1, false);
}

/** The flags read last. */
export let flags: u32 = 0;

/** Reads a whole number, of which the lowest 16 bits count. */
/* @inline */ export function readFlags(p: usize): usize {
  const end = readDigits(p);
  if (end === p || end - p > 15) stopAt(p);
  flags = <u32>digits & 0xffff;
  return endNumber(end, false);
}

/** The whole number read last, as INTEGER or, beyond ±LARGEST_INTEGER, as JSON; and its value in the form of its type. */
export let integerType: u32 = 0;
export let integer: u32 = 0;

/** Reads a whole number, in quotes or not. */
/* @inline */ export function readInteger(p: usize): usize {
  const start = p + 1;
  const end = readDigits(start);
  // In quotes and below 10⁹, as nearly all are.
  if (byteAt(p) !== QUOTE || byteAt(end) !== QUOTE || end - start - 1 > 8) return readOtherInteger(p);
  integerType = INTEGER;
  integer = <u32>digits;
  return end + 1;
}

function readOtherInteger(p: usize): usize {
  const isQuoted = byteAt(p) === QUOTE;
  const start = isQuoted ? p + 1 : p;
  const isNegative = byteAt(start) === 0x2d;
  const first = start + usize(isNegative);
  const end = readDigits(first);
  if (end === first) stopAt(p);
  if (end - first <= SAFE_DIGITS && digits <= <u64>LARGEST_INTEGER) {
    integerType = INTEGER;
    integer = integerValue(isNegative ? -(<i64>digits) : <i64>digits);
  } else {
    // Its text is that of the number as long as it has no zeros in front.
    if (byteAt(first) === 0x30) stopOdd();
    integerType = JSON;
    integer = intern(start, <u32>(end - start));
  }
  return endNumber(end, isQuoted);
}

/** Where a whole number ends whose text has one form only: no zeros in front, and no minus before zero. */
export function plainIntegerEnd(start: usize): usize {
  const first = start + usize(byteAt(start) === 0x2d);
  const end = readDigits(first);
  if (end === first || (byteAt(first) === 0x30 && (end !== first + 1 || first !== start))) stopAt(start);
  return end;
}

/** The value of the number read last, as an index into the numbers. */
export let double: u32 = 0;

/** Reads a number that is not in quotes. */
export function readDouble(p: usize): usize {
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
  const value = decimal(mantissa, exponent);
  double = doubleValue(isNegative ? -value : value);
  return endNumber(end, false);
}

/** A number ends at `p`: behind the quote that has to be there, if it has one. */
/* @inline */ function endNumber(p: usize, isQuoted: bool): usize {
  const byte = byteAt(p);
  if (isQuoted ? byte !== QUOTE : byte > 0x20 && byte !== COMMA && byte !== CLOSE_BRACE) stopAt(p);
  return p + usize(isQuoted);
}
