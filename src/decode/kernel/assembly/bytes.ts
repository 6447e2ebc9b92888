/* @inline */ export function byteAt(address: usize): u32 {
  return load<u8>(address);
}

/**
 * Whether two runs of `length` bytes are the same, 16 at a time. Up to 15 bytes behind both are read too.
 *
 *     a   G E T   / c a r t " , …      a bit for each of 16 pairs that agree: 0001111111101001
 *     b   G E T   / c a r t s ? …      those below `length` must all be set
 */
/* @inline */ export function equalBytes(a: usize, b: usize, length: u32): bool {
  let i: u32 = 0;
  for (; i + 16 <= length; i += 16) {
    if (agreeing(a + i, b + i) !== 0xffff) return false;
  }
  const rest = length - i;
  return rest === 0 || (~agreeing(a + i, b + i) & ((1 << rest) - 1)) === 0;
}

/* @inline */ function agreeing(a: usize, b: usize): u32 {
  return i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b)));
}

/** Copies 16 bytes at a time, so up to 15 behind `length` are read and overwritten too. True where one is 0x80 or above. */
export function copyBytes(to: usize, from: usize, length: u32): bool {
  let high: u32 = 0;
  let i: u32 = 0;
  for (; i + 16 <= length; i += 16) {
    const block = v128.load(from + i);
    v128.store(to + i, block);
    high |= i8x16.bitmask(block);
  }
  if (i < length) {
    const block = v128.load(from + i);
    v128.store(to + i, block);
    high |= i8x16.bitmask(block) & ((1 << (length - i)) - 1);
  }
  return high !== 0;
}

/** Line feeds among the bytes. */
export function countLines(start: usize, end: usize): u32 {
  const newline = i8x16.splat(0x0a);
  let count: u32 = 0;
  let p = start;
  for (; p + 16 <= end; p += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(p), newline)));
  for (; p < end; p++) count += u32(load<u8>(p) === 0x0a);
  return count;
}
