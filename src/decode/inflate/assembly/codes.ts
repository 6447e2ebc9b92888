import { COUNTS, LENGTHS, PLACES, SORTED } from './layout.ts';

/**
 * Tables of Huffman codes (RFC 1951, 3.2.2): the next bits, as many as a root has, are the place of what they begin with.
 * A longer code's place leads on to a table of its own for the bits behind the root's.
 *
 *     bits  0…5   how many to let go of: the code's (of those behind the root's), and the extra ones behind it
 *           8…11  how many of them are the code's; in a LINK, how many bits the next table has
 *          16…30  a literal, a base to which the extra bits are added, or the place of the next table
 *
 * With the flags below. So one look says everything, and one shift lets go of all bits of a length.
 */
export const LITERAL: u32 = 1 << 31;
/** Neither a literal nor a length or distance: one of the three below. */
export const SPECIAL: u32 = 1 << 15;
export const LINK: u32 = 1 << 14;
export const END: u32 = 1 << 13;
/** No symbol that means something has these bits. */
const NOTHING: u32 = SPECIAL;

const LONGEST: u32 = 15;

export const enum Alphabet {
  literals,
  distances,
  codeLengths,
}

/** Lengths 257 to 285 and distances 0 to 29 (RFC 1951, 3.2.5). The last length has no extra bits. */
function symbolEntry(alphabet: Alphabet, symbol: u32): u32 {
  if (alphabet === Alphabet.codeLengths) return symbol << 16;
  if (alphabet === Alphabet.distances) {
    if (symbol > 29) return NOTHING;
    if (symbol < 4) return (symbol + 1) << 16;
    const extra = (symbol >> 1) - 1;
    return ((((2 | (symbol & 1)) << extra) + 1) << 16) | extra;
  }
  if (symbol < 256) return LITERAL | (symbol << 16);
  if (symbol === 256) return SPECIAL | END;
  if (symbol < 265) return (symbol - 257 + 3) << 16;
  if (symbol > 285) return NOTHING;
  if (symbol === 285) return 258 << 16;
  const extra = ((symbol - 261) >> 2) & 7;
  return ((((4 | ((symbol - 261) & 3)) << extra) + 3) << 16) | extra;
}

/**
 * Makes the table of the lengths at LENGTHS. False where they are no code: too many, or too few, which zlib takes for one
 * of a single bit, of distances and literals alone, and for none at all, of distances. Bits without a code are NOTHING.
 */
export function makeTable(table: usize, alphabet: Alphabet, lengths: usize, symbols: u32, rootBits: u32): bool {
  memory.fill(COUNTS, 0, 64);
  for (let i: u32 = 0; i < symbols; i++) {
    const counted = COUNTS + (usize(load<u8>(lengths + i)) << 2);
    store<u32>(counted, load<u32>(counted) + 1);
  }
  let most = LONGEST;
  while (most > 0 && countOf(most) === 0) most--;
  let free: i32 = 1;
  let place: u32 = 0;
  for (let length: u32 = 1; length <= LONGEST; length++) {
    store<u32>(PLACES, place, 0);
    store<u32>(PLACES + (length << 2), place);
    place += countOf(length);
    free = (free << 1) - countOf(length);
    if (free < 0) return false;
  }
  if (free > 0 && (alphabet === Alphabet.codeLengths || most > 1)) return false;
  const roots: u32 = 1 << rootBits;
  // A code of one bit or none leaves room.
  if (free > 0) for (let i: u32 = 0; i < roots; i++) store<u32>(table + (i << 2), NOTHING);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = u32(load<u8>(lengths + symbol));
    if (length === 0) continue;
    const next = PLACES + (length << 2);
    store<u16>(SORTED + (load<u32>(next) << 1), symbol);
    store<u32>(next, load<u32>(next) + 1);
  }
  fillTable(table, alphabet, rootBits, most);
  return true;
}

/* @inline */ function countOf(length: u32): u32 {
  return load<u32>(COUNTS + (length << 2));
}

function fillTable(table: usize, alphabet: Alphabet, rootBits: u32, most: u32): void {
  const roots: u32 = 1 << rootBits;
  /** The code, its first bit lowest, as it comes. */
  let code: u32 = 0;
  let sorted = SORTED;
  let end = roots;
  /** The table that is being filled, for codes that begin with `begin`. */
  let begin: u32 = u32.MAX_VALUE;
  let first: u32 = 0;
  let bits: u32 = 0;
  for (let length: u32 = 1; length <= most; length++) {
    for (let left = countOf(length); left > 0; left--) {
      const entry = symbolEntry(alphabet, load<u16>(sorted));
      sorted += 2;
      if (length <= rootBits) {
        fillPlaces(table, code, roots, length, withCode(entry, length));
      } else {
        if ((code & (roots - 1)) !== begin) {
          begin = code & (roots - 1);
          bits = subtableBits(length, left, rootBits, most);
          first = end;
          end += 1 << bits;
          store<u32>(table + (begin << 2), SPECIAL | LINK | (first << 16) | (bits << 8) | rootBits);
        }
        const rest = length - rootBits;
        fillPlaces(table + (first << 2), code >> rootBits, 1 << bits, rest, withCode(entry, rest));
      }
      code = nextCode(code, length);
    }
  }
}

/* @inline */ function withCode(entry: u32, length: u32): u32 {
  return (entry + length) | (length << 8);
}

/** As many as the codes from here on that begin alike have at most; `left` of this length are to come. */
function subtableBits(length: u32, left: u32, rootBits: u32, most: u32): u32 {
  let bits = length - rootBits;
  let free: i32 = (1 << bits) - left;
  while (free > 0 && bits + rootBits < most) {
    bits++;
    free = (free << 1) - countOf(bits + rootBits);
  }
  return bits;
}

/* @inline */ function fillPlaces(table: usize, code: u32, size: u32, length: u32, entry: u32): void {
  for (let place = code; place < size; place += 1 << length) store<u32>(table + (place << 2), entry);
}

/** The next code of canonical order, its bits the other way round: counts up from the highest of `length` bits. */
/* @inline */ function nextCode(code: u32, length: u32): u32 {
  let bit: u32 = 1 << (length - 1);
  while ((code & bit) !== 0) bit >>= 1;
  return bit === 0 ? 0 : (code & (bit - 1)) | bit;
}
