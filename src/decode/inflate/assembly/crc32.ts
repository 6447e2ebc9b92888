import { CRC_REST, CRC_SUMS, CRC_TABLES } from './layout.ts';

const POLYNOMIAL: u32 = 0xedb88320;
const BLOCK: usize = 16;
/** The last blocks, which tables add up. */
const REST: usize = 300 * BLOCK;
/** Less than this is the tables' alone. */
const FEW: usize = 4 * REST;

/**
 * CRC-32 (RFC 1952, 8), most of it without a look into a table, after Chorba (Russell, arXiv 2412.16398, 2024). The
 * checksum is what is left of the bits, as coefficients of a polynomial, after division by G = x³² + x²⁶ + … + 1, and
 *
 *     x³⁰⁰ + x¹⁵⁵ + x¹¹⁷ + x⁸⁹ + 1   is a multiple of G,
 *
 * so nothing is left of it. Nor is of its 128th power, which has 128 times the exponents, as coefficients are bits. So a
 * block of 128 bits may be wiped out where it stands, when it is added (as exclusive or) 145, 183, 211 and 300 blocks
 * further on. What stands in a block when its turn comes is thus
 *
 *     sum[i]  =  block[i] ^ sum[i − 145] ^ sum[i − 183] ^ sum[i − 211] ^ sum[i − 300]
 *
 * and in the end only the last 300 are not zero.
 */
export function crc32(register: u32, start: usize, end: usize): u32 {
  if (end - start < FEW) return crcByTables(register, start, end);
  const blocks = (end - start) & ~(BLOCK - 1);
  const done = blocks - REST;
  // The register is added to the first bytes.
  v128.store(CRC_SUMS, v128.xor(v128.load(start), i32x4(register, 0, 0, 0)));
  for (let i = BLOCK; i < done; i += BLOCK) v128.store(CRC_SUMS + i, summed(start, i));
  memory.fill(CRC_SUMS + done, 0, REST);
  for (let i = done; i < blocks; i += BLOCK) v128.store(CRC_REST + i - done, summed(start, i));
  return crcByTables(crcByTables(0, CRC_REST, CRC_REST + REST), start + blocks, end);
}

/** Before the first sum stand 300 zeros. */
/* @inline */ function summed(start: usize, i: usize): v128 {
  const p = CRC_SUMS + i;
  const near = v128.xor(v128.load(p - 145 * BLOCK), v128.load(p - 183 * BLOCK));
  const far = v128.xor(v128.load(p - 211 * BLOCK), v128.load(p - 300 * BLOCK));
  return v128.xor(v128.load(start + i), v128.xor(near, far));
}

/**
 * At 1024 · n + 4 · byte stands what a byte makes of the register when n more bytes of zero have followed it: so sixteen
 * bytes are sixteen looks that do not wait for one another.
 */
export function makeCrcTables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let register = byte;
    for (let bit = 0; bit < 8; bit++) register = (register & 1 ? POLYNOMIAL : 0) ^ (register >> 1);
    store<u32>(CRC_TABLES + (byte << 2), register);
  }
  for (let i: usize = 256; i < 16 * 256; i++) {
    const before = load<u32>(CRC_TABLES + ((i - 256) << 2));
    store<u32>(CRC_TABLES + (i << 2), look(0, before & 255) ^ (before >> 8));
  }
}

function crcByTables(register: u32, start: usize, end: usize): u32 {
  let p = start;
  for (; p + 16 <= end; p += 16) {
    register =
      lookFour(12, register ^ load<u32>(p)) ^
      lookFour(8, load<u32>(p + 4)) ^
      lookFour(4, load<u32>(p + 8)) ^
      lookFour(0, load<u32>(p + 12));
  }
  for (; p < end; p++) register = look(0, (register ^ load<u8>(p)) & 255) ^ (register >> 8);
  return register;
}

/* @inline */ function look(zeros: usize, byte: u32): u32 {
  return load<u32>(CRC_TABLES + (zeros << 10) + (usize(byte) << 2));
}

/* @inline */ function lookFour(zeros: usize, word: u32): u32 {
  return (
    look(zeros + 3, word & 255) ^
    look(zeros + 2, (word >> 8) & 255) ^
    look(zeros + 1, (word >> 16) & 255) ^
    look(zeros, word >> 24)
  );
}
