import { byteAt } from './bytes.ts';
import { stopAt } from './failure.ts';
import { QUOTE } from './jsonSpace.ts';

/** Bytes of ids, with their quotes. */
export const TRACE_ID_LENGTH: usize = 34;
export const SPAN_ID_LENGTH: usize = 18;

/** The second half of the trace id read last. */
export let traceIdRest: u64 = 0;

/** The first half of the trace id at `p`: 32 hex digits in quotes. Every other form of ids is odd. */
/* @inline */ export function traceIdAt(p: usize): u64 {
  if (byteAt(p) !== QUOTE || byteAt(p + 33) !== QUOTE) stopAt(p);
  traceIdRest = hexWords(p + 17);
  return hexWords(p + 1);
}

/** The span id at `p`: 16 hex digits in quotes. */
/* @inline */ export function spanIdAt(p: usize): u64 {
  if (byteAt(p) !== QUOTE || byteAt(p + 17) !== QUOTE) stopAt(p);
  return hexWords(p + 1);
}

/** An empty string for an id. */
/* @inline */ export function isEmptyAt(p: usize): bool {
  return load<u16>(p) === 0x2222;
}

/**
 * Eight bytes from 16 hex digits of any case, all at once, as two words with the most significant byte of each last:
 *
 *     letters       5  b  8  e  f  f  f  7  9  8  0  3  8  1  0  3
 *     of 4 bits     05 0b 08 0e 0f 0f 0f 07 09 08 00 03 08 01 00 03
 *     pairs         5b __ 8e __ ff __ f7 __ 98 __ 03 __ 81 __ 03 __
 *     shuffled      f7 ff 8e 5b 03 81 03 98
 */
/* @inline */ function hexWords(p: usize): u64 {
  const letters = v128.load(p);
  const digits = i8x16.sub(letters, i8x16.splat(0x30));
  const small = i8x16.sub(v128.or(letters, i8x16.splat(0x20)), i8x16.splat(0x61));
  const isDigit = i8x16.lt_u(digits, i8x16.splat(10));
  const isSmall = i8x16.lt_u(small, i8x16.splat(6));
  if (!i8x16.all_true(v128.or(isDigit, isSmall))) stopAt(p);
  const bits = v128.bitselect(digits, i8x16.add(small, i8x16.splat(10)), isDigit);
  const pairs = v128.or(i16x8.shl(bits, 4), i16x8.shr_u(bits, 8));
  return i64x2.extract_lane(i8x16.shuffle(pairs, pairs, 6, 4, 2, 0, 14, 12, 10, 8, 6, 4, 2, 0, 14, 12, 10, 8), 0);
}
