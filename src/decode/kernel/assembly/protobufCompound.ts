import { stopOdd } from './failure.ts';
import { SCRATCH, SCRATCH_BYTES } from './layout.ts';
import { lengthAt, lengthSize, numberIn, tagAt } from './protobufWire.ts';
import { intern } from './strings.ts';
import { LARGEST_INTEGER } from './values.ts';

/**
 * Values that are arrays, maps or bytes, as the one text that anyValueText.ts gives them, put together in `SCRATCH`:
 *
 *     2a 0a  0a 03 0a 01 "a"  0a 02 18 07  …      →      ["a",7,…]
 *
 * What takes more than copying (letters beyond ASCII, fractions, numbers that a double cannot hold) is odd.
 */
const STRING_VALUE: u32 = 0x0a;
const BOOLEAN_VALUE: u32 = 0x10;
const INTEGER_VALUE: u32 = 0x18;
export const ARRAY_VALUE: u32 = 0x2a;
export const MAP_VALUE: u32 = 0x32;
export const BYTES_VALUE: u32 = 0x3a;
/** Of both ArrayValue and KeyValueList. */
const VALUES: u32 = 0x0a;
const KEY: u32 = 0x0a;
const VALUE: u32 = 0x12;

/** Arrays and maps in one another; `KERNEL_DEPTH` of ../kernelFeed.ts knows it too. */
const DEPTH: u32 = 8;

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;
const COMMA: u32 = 0x2c;
const COLON: u32 = 0x3a;

/** The letters of base64. */
const BASE64 = memory.data<u8>([
  65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 97, 98, 99,
  100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 48,
  49, 50, 51, 52, 53, 54, 55, 56, 57, 43, 47,
]);

/** Where the next byte of the text goes. */
let to: usize = 0;

/** The string of the array, map or bytes (by the member's tag) in `[p, end)`. */
export function compoundText(tag: u32, p: usize, end: usize): u32 {
  to = SCRATCH;
  writeCompound(tag, p, end, 1);
  return intern(SCRATCH, <u32>(to - SCRATCH));
}

function writeCompound(tag: u32, p: usize, end: usize, depth: u32): void {
  if (depth > DEPTH) stopOdd();
  if (tag === BYTES_VALUE) return writeBytes(p, end);
  const isArray = tag === ARRAY_VALUE;
  if (!isArray && tag !== MAP_VALUE) stopOdd();
  write(isArray ? 0x5b : 0x7b);
  const start = p;
  while (p < end) {
    if (p !== start) write(COMMA);
    if (tagAt(p) !== VALUES) stopOdd();
    const length = lengthAt(p + 1, end);
    p += 1 + lengthSize(length) + length;
    if (isArray) writeValue(p - length, p, depth);
    else writeEntry(p - length, p, depth);
  }
  write(isArray ? 0x5d : 0x7d);
}

function writeEntry(p: usize, end: usize, depth: u32): void {
  if (tagAt(p) !== KEY) stopOdd();
  const keyLength = lengthAt(p + 1, end);
  const keyEnd = p + 1 + lengthSize(keyLength) + keyLength;
  if (keyEnd === end || tagAt(keyEnd) !== VALUE) stopOdd();
  const length = lengthAt(keyEnd + 1, end);
  const value = keyEnd + 1 + lengthSize(length);
  if (value + length !== end) stopOdd();
  writeText(keyEnd - keyLength, keyEnd);
  write(COLON);
  writeValue(value, end, depth);
}

function writeValue(p: usize, end: usize, depth: u32): void {
  if (p === end) return writeWord(0x6c6c756e, 4);
  const tag = tagAt(p);
  if (tag === INTEGER_VALUE) return writeInteger(numberIn(p + 1, end));
  if (tag === BOOLEAN_VALUE) {
    if (numberIn(p + 1, end) !== 0) return writeWord(0x65757274, 4);
    writeWord(0x736c6166, 4);
    return write(0x65);
  }
  const length = lengthAt(p + 1, end);
  const start = p + 1 + lengthSize(length);
  if (start + length !== end) stopOdd();
  if (tag === STRING_VALUE) writeText(start, end);
  else writeCompound(tag, start, end, depth + 1);
}

/** In quotes, as `JSON.stringify` writes it. */
function writeText(p: usize, end: usize): void {
  write(QUOTE);
  for (; p < end; p++) {
    const byte = <u32>load<u8>(p);
    if (byte >= 0x80) stopOdd();
    if (byte < 0x20) writeControl(byte);
    else {
      if (byte === QUOTE || byte === BACKSLASH) write(BACKSLASH);
      write(byte);
    }
  }
  write(QUOTE);
}

function writeControl(byte: u32): void {
  write(BACKSLASH);
  switch (byte) {
    case 0x08:
      return write(0x62);
    case 0x09:
      return write(0x74);
    case 0x0a:
      return write(0x6e);
    case 0x0c:
      return write(0x66);
    case 0x0d:
      return write(0x72);
    default:
      writeWord(0x30303075, 4);
      to -= 1;
      write(0x30 + (byte >> 4));
      write((byte & 15) < 10 ? 0x30 + (byte & 15) : 0x57 + (byte & 15));
  }
}

function writeInteger(number: i64): void {
  if (number > LARGEST_INTEGER || number < -LARGEST_INTEGER) stopOdd();
  if (number < 0) write(0x2d);
  let left = number < 0 ? -number : number;
  let size = 1;
  for (let power: i64 = 10; power <= left; power *= 10) size++;
  reserve(size);
  for (let digit = to + size; digit > to; left /= 10) store<u8>(--digit, 0x30 + (left % 10));
  to += size;
}

function writeBytes(p: usize, end: usize): void {
  write(QUOTE);
  for (; p < end; p += 3) {
    const left = end - p;
    const second = left > 1 ? <u32>load<u8>(p, 1) : 0;
    const third = left > 2 ? <u32>load<u8>(p, 2) : 0;
    const bits = ((<u32>load<u8>(p)) << 16) | (second << 8) | third;
    write(load<u8>(BASE64 + (bits >> 18)));
    write(load<u8>(BASE64 + ((bits >> 12) & 63)));
    write(left > 1 ? load<u8>(BASE64 + ((bits >> 6) & 63)) : 0x3d);
    write(left > 2 ? load<u8>(BASE64 + (bits & 63)) : 0x3d);
  }
  write(QUOTE);
}

function write(byte: u32): void {
  reserve(1);
  store<u8>(to++, byte);
}

/** The first `size` bytes of a word. */
function writeWord(word: u32, size: usize): void {
  reserve(4);
  store<u32>(to, word);
  to += size;
}

function reserve(size: usize): void {
  if (to + size > SCRATCH + SCRATCH_BYTES) stopOdd();
}
