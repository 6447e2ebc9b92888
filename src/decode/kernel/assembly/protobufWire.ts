import { stopOdd } from './failure.ts';

/**
 * The wire format (protobuf.dev, Encoding), as encoders write it:
 *
 *     12 0a …ten bytes…      tag of a message in field 2 · how many bytes it has · the message
 *
 * A reader takes a place and the end of the message that it stands in, and moves on by the size of what it read. What
 * could not be the work of an encoder (a longer varint than needed, a length beyond the message) is odd.
 */

// Wire types. A tag is a field's number, shifted by three, and one of them: below field 16 all in one byte.
export const VARINT: u32 = 0;
const FIXED64: u32 = 1;
export const BYTES: u32 = 2;
export const FIXED32: u32 = 5;

/* @inline */ export function tagAt(p: usize): u32 {
  return load<u8>(p);
}

/** The length at `p`; what it measures begins `lengthSize` behind `p` and ends at `end` at the latest. */
/* @inline */ export function lengthAt(p: usize, end: usize): u32 {
  const first = <u32>load<u8>(p);
  const length = first < 0x80 ? first : longLengthAt(p);
  if (p + lengthSize(length) + length > end) stopOdd();
  return length;
}

/** How many bytes a length takes. */
/* @inline */ export function lengthSize(length: u32): usize {
  return length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
}

/** Two or three bytes: no unit that comes here is longer. */
function longLengthAt(p: usize): u32 {
  const length = (<u32>load<u8>(p) & 0x7f) | ((<u32>load<u8>(p, 1) & 0x7f) << 7);
  if (load<u8>(p, 1) < 0x80) {
    if (length < 0x80) stopOdd();
    return length;
  }
  const third = <u32>load<u8>(p, 2);
  if (third === 0 || third >= 0x80) stopOdd();
  return length | (third << 14);
}

/** A number of one byte. */
/* @inline */ export function smallNumberAt(p: usize): u32 {
  const number = <u32>load<u8>(p);
  if (number >= 0x80) stopOdd();
  return number;
}

/** The 64-bit number that takes all of `[p, end)`. */
/* @inline */ export function numberIn(p: usize, end: usize): i64 {
  const first = <u64>load<u8>(p);
  return p + 1 === end && first < 0x80 ? <i64>first : longNumberIn(p, end);
}

function longNumberIn(p: usize, end: usize): i64 {
  let number: u64 = 0;
  let shift: u64 = 0;
  for (; p < end && shift < 64; shift += 7) {
    const byte = <u64>load<u8>(p++);
    number |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (p !== end) stopOdd();
      return <i64>number;
    }
  }
  stopOdd();
  return 0;
}

/** Behind a field that is passed over, whose tag was just read: one of the wire types above. */
export function skip(tag: u32, p: usize, end: usize): usize {
  switch (tag & 7) {
    case VARINT: {
      const last = p + 9;
      while (p < last && load<u8>(p) >= 0x80) p++;
      if (load<u8>(p) >= 0x80) stopOdd();
      return p + 1;
    }
    case FIXED64:
      return p + 8;
    case FIXED32:
      return p + 4;
    case BYTES: {
      const length = lengthAt(p, end);
      return p + lengthSize(length) + length;
    }
    default:
      stopOdd();
      return end;
  }
}
