/**
 * The input as bits, the lowest of a byte first (RFC 1951, 3.1.1). `held` has the next bits, of which `count & 63` are
 * certainly good; those above are zero or what `at` comes to next anyway, so that filling up needs no mask:
 *
 *     input   … │ at ▸ b7 b8 b9 …          held   b6 b5 b4 b3 b2 b1 b0   (b0 is next)
 */
export let at: usize = 0;
export let held: u64 = 0;
export let count: u32 = 0;

/* @inline */ export function setBits(position: usize, bits: u64, known: u32): void {
  at = position;
  held = bits;
  count = known;
}

/** So that 56 bits are held. Up to eight bytes behind `at` are read. */
/* @inline */ export function fill(): void {
  held |= load<u64>(at) << u64(count);
  at += 7 - ((count >> 3) & 7);
  count |= 56;
}

/** The next bits, which are held. */
/* @inline */ export function take(bits: u32): u32 {
  const value = u32(held) & ((1 << bits) - 1);
  held >>= u64(bits);
  count -= bits;
  return value;
}

/** Behind the byte of which the last bit was taken. */
/* @inline */ export function position(): usize {
  return at - ((count & 63) >> 3);
}

/** Lets go of the rest of a byte. */
export function toByte(): void {
  setBits(position(), 0, 0);
}
