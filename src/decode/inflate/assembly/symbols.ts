import { at, count, held, setBits } from './bits.ts';
import { END, LINK, LITERAL, SPECIAL } from './codes.ts';
import { DISTANCE_ROOT_BITS, DISTANCES, LITERALS, OUTPUT, ROOT_BITS } from './layout.ts';

const LITERAL_PLACES: u32 = (1 << ROOT_BITS) - 1;
const DISTANCE_PLACES: u32 = (1 << DISTANCE_ROOT_BITS) - 1;

export const enum Block {
  goesOn,
  ended,
  damaged,
}

/** Where the next byte goes. */
export let to: usize = OUTPUT;

/* @inline */ export function setTo(address: usize): void {
  to = address;
}

/**
 * Symbols of a block, until it ends, the input comes to `inputEnd` or the output to `outputEnd`. Reads up to 16 bytes
 * behind the one and writes up to 277 behind the other.
 *
 * Filled up, 56 bits are held: three literals of at most eleven bits, or a length and a distance with all that is extra
 * (15 + 5 + 15 + 13 = 48).
 */
export function copySymbols(inputEnd: usize, outputEnd: usize): Block {
  // Variables of a module are in memory, those of a function in registers.
  let from = at;
  let bits = held;
  let known = count;
  let out = to;
  let result = Block.goesOn;
  while (from < inputEnd && out < outputEnd) {
    bits |= load<u64>(from) << u64(known);
    from += 7 - ((known >> 3) & 7);
    known |= 56;
    let entry = load<u32>(LITERALS + ((usize(bits) & LITERAL_PLACES) << 2));
    if (entry & LITERAL) {
      bits >>= u64(entry);
      known -= entry & 63;
      store<u8>(out, entry >> 16);
      out++;
      entry = load<u32>(LITERALS + ((usize(bits) & LITERAL_PLACES) << 2));
      if (entry & LITERAL) {
        bits >>= u64(entry);
        known -= entry & 63;
        store<u8>(out, entry >> 16);
        out++;
        entry = load<u32>(LITERALS + ((usize(bits) & LITERAL_PLACES) << 2));
        if (entry & LITERAL) {
          bits >>= u64(entry);
          known -= entry & 63;
          store<u8>(out, entry >> 16);
          out++;
          continue;
        }
      }
      bits |= load<u64>(from) << u64(known);
      from += 7 - ((known >> 3) & 7);
      known |= 56;
    }
    if (entry & SPECIAL) {
      if (entry & LINK) {
        bits >>= u64(entry);
        known -= entry & 63;
        entry = load<u32>(LITERALS + (((entry >> 16) + (u32(bits) & ((1 << ((entry >> 8) & 15)) - 1))) << 2));
      }
      if (entry & LITERAL) {
        bits >>= u64(entry);
        known -= entry & 63;
        store<u8>(out, entry >> 16);
        out++;
        continue;
      }
      if (entry & SPECIAL) {
        bits >>= u64(entry);
        known -= entry & 63;
        result = entry & END ? Block.ended : Block.damaged;
        break;
      }
    }
    let length = ((entry >> 16) & 511) + extra(bits, entry);
    bits >>= u64(entry);
    known -= entry & 63;
    entry = load<u32>(DISTANCES + ((usize(bits) & DISTANCE_PLACES) << 2));
    if (entry & SPECIAL) {
      if (entry & LINK) {
        bits >>= u64(entry);
        known -= entry & 63;
        entry = load<u32>(DISTANCES + (((entry >> 16) + (u32(bits) & ((1 << ((entry >> 8) & 15)) - 1))) << 2));
      }
      if (entry & SPECIAL) {
        result = Block.damaged;
        break;
      }
    }
    const distance = (entry >> 16) + extra(bits, entry);
    bits >>= u64(entry);
    known -= entry & 63;
    if (distance > u32(out - OUTPUT)) {
      result = Block.damaged;
      break;
    }
    copyBack(out, distance, length);
    out += length;
  }
  setBits(from, bits, known);
  to = out;
  return result;
}

/** The bits behind the code that belong to the symbol. */
/* @inline */ function extra(bits: u64, entry: u32): u32 {
  return (u32(bits) & ((1 << (entry & 63)) - 1)) >> ((entry >> 8) & 15);
}

/**
 * `length` bytes that stand `distance` back, of which some may be among those that this writes. Up to 15 more are
 * written, which the next ones overwrite.
 */
/* @inline */ function copyBack(out: usize, distance: u32, length: u32): void {
  const end = out + length;
  let from = out - distance;
  if (distance >= 16) {
    do {
      v128.store(out, v128.load(from));
      out += 16;
      from += 16;
    } while (out < end);
    return;
  }
  if (distance === 1) {
    const same = i8x16.splat(load<u8>(from));
    do {
      v128.store(out, same);
      out += 16;
    } while (out < end);
    return;
  }
  do {
    store<u8>(out, load<u8>(from));
    out++;
    from++;
  } while (out < end);
}
