import { fail } from './failure.ts';
import { COUNTS, NEXT, SYMBOLS } from './layout.ts';

/**
 * Finite state entropy (RFC 8878, 4.1). A table has for each state the symbol that it stands for, and how to come to the
 * next one: so many bits, added to a base. Here the symbol is what it means, a number with extra bits of its own:
 *
 *     bits  0…15   base of the next state
 *          16…23   bits that are added to it
 *          24…31   extra bits that are added to the value
 *          32…63   the value
 */

/** The accuracy of the table whose counts were read. */
export let log: u32 = 0;

/* @inline */ export function setLog(accuracy: u32): void {
  log = accuracy;
}

let symbolCount: u32 = 0;

/** What a table's symbols mean. */
export const enum Meaning {
  literalLength,
  offset,
  matchLength,
  weight,
}

/** From 16 on (RFC 8878, 3.1.1.3.2.1.1). */
const LITERAL_LENGTH_BASES = memory.data<u32>([
  16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536,
]);
const LITERAL_LENGTH_BITS = memory.data<u8>([1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
/** From 32 on. */
const MATCH_LENGTH_BASES = memory.data<u32>([
  35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539,
]);
const MATCH_LENGTH_BITS = memory.data<u8>([1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

/** RFC 8878, 3.1.1.3.2.2; −1 for less than one. */
const LITERAL_LENGTH_COUNTS = memory.data<i8>([
  4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
]);
const MATCH_LENGTH_COUNTS = memory.data<i8>([
  1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
]);
const OFFSET_COUNTS = memory.data<i8>([
  1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1,
]);

/** How many symbols an alphabet has. */
function alphabetOf(meaning: Meaning): u32 {
  if (meaning === Meaning.literalLength) return 36;
  if (meaning === Meaning.matchLength) return 53;
  return meaning === Meaning.offset ? 32 : 13;
}

/** Makes the table that frames need not describe. */
export function makePredefined(table: usize, meaning: Meaning): void {
  if (meaning === Meaning.literalLength) takeCounts(LITERAL_LENGTH_COUNTS, 36, 6);
  else if (meaning === Meaning.matchLength) takeCounts(MATCH_LENGTH_COUNTS, 53, 6);
  else takeCounts(OFFSET_COUNTS, 29, 5);
  makeTable(table, meaning);
}

function takeCounts(counts: usize, symbols: u32, accuracy: u32): void {
  for (let i: u32 = 0; i < symbols; i++) store<i16>(COUNTS + (i << 1), load<i8>(counts + i));
  symbolCount = symbols;
  log = accuracy;
}

/** A table of one state, for a symbol that stands everywhere. */
export function makeSingle(table: usize, meaning: Meaning, symbol: u32): void {
  if (symbol >= alphabetOf(meaning)) fail();
  log = 0;
  store<u64>(table, meantBy(meaning, symbol));
}

/** Reads a table's description (RFC 8878, 4.1.1) and makes it. Returns the address behind it. */
export function readTable(table: usize, meaning: Meaning, mostLog: u32, from: usize, end: usize): usize {
  const behind = readCounts(from, end, mostLog, alphabetOf(meaning));
  makeTable(table, meaning);
  return behind;
}

/** A count has as many bits as the states that are left need, or one fewer where the highest values would be too many. */
function readCounts(from: usize, end: usize, mostLog: u32, alphabet: u32): usize {
  log = (load<u8>(from) & 15) + 5;
  if (log > mostLog) fail();
  let bit: u32 = 4;
  let width = log + 1;
  /** One more than the states that are left. */
  let left: i32 = (1 << log) + 1;
  let threshold: i32 = 1 << log;
  let symbol: u32 = 0;
  while (left > 1) {
    if (symbol >= alphabet) fail();
    const few = 2 * threshold - 1 - left;
    const bits = i32(bitsAt(from, bit));
    let count = bits & (threshold - 1);
    bit += width - 1;
    if (count >= few) {
      bit++;
      count = bits & (2 * threshold - 1);
      if (count >= threshold) count -= few;
    }
    count--;
    left -= count < 0 ? 1 : count;
    if (left < 1) fail();
    store<i16>(COUNTS + (symbol << 1), count);
    symbol++;
    if (count === 0) {
      // Zeros that follow one are counted, two bits at a time.
      let more: u32 = 3;
      while (more === 3) {
        more = bitsAt(from, bit) & 3;
        bit += 2;
        if (symbol + more > alphabet) fail();
        for (let i: u32 = 0; i < more; i++) store<i16>(COUNTS + ((symbol + i) << 1), 0);
        symbol += more;
      }
    }
    while (left < threshold) {
      width--;
      threshold >>= 1;
    }
  }
  symbolCount = symbol;
  const behind = from + ((bit + 7) >> 3);
  if (behind > end) fail();
  return behind;
}

/** At least 25 bits, of which the lowest comes first. */
/* @inline */ function bitsAt(from: usize, bit: u32): u32 {
  return load<u32>(from + (bit >> 3)) >> (bit & 7);
}

function makeTable(table: usize, meaning: Meaning): void {
  spread();
  const size: u32 = 1 << log;
  for (let state: u32 = 0; state < size; state++) {
    const symbol = u32(load<u8>(SYMBOLS + state));
    const next = u32(load<u16>(NEXT + (symbol << 1)));
    store<u16>(NEXT + (symbol << 1), next + 1);
    const bits = log - (31 - clz(next));
    const base = (next << bits) - size;
    store<u64>(table + (state << 3), meantBy(meaning, symbol) | u64(bits << 16) | u64(base));
  }
}

/** Gives states to symbols: those of less than one at the end, the others over all of them. */
function spread(): void {
  const mask: u32 = (1 << log) - 1;
  let last = mask;
  for (let symbol: u32 = 0; symbol < symbolCount; symbol++) {
    const count = i32(load<i16>(COUNTS + (symbol << 1)));
    store<u16>(NEXT + (symbol << 1), count < 0 ? 1 : count);
    if (count < 0) store<u8>(SYMBOLS + last--, symbol);
  }
  const step = ((1 << log) >> 1) + ((1 << log) >> 3) + 3;
  let state: u32 = 0;
  for (let symbol: u32 = 0; symbol < symbolCount; symbol++) {
    const count = i32(load<i16>(COUNTS + (symbol << 1)));
    for (let i = 0; i < count; i++) {
      store<u8>(SYMBOLS + state, symbol);
      do {
        state = (state + step) & mask;
      } while (state > last);
    }
  }
}

/** The value and its extra bits. */
function meantBy(meaning: Meaning, symbol: u32): u64 {
  if (meaning === Meaning.weight) return entry(symbol, 0);
  if (meaning === Meaning.offset) return entry(1 << symbol, symbol);
  if (meaning === Meaning.literalLength) {
    if (symbol < 16) return entry(symbol, 0);
    return entry(load<u32>(LITERAL_LENGTH_BASES + ((symbol - 16) << 2)), load<u8>(LITERAL_LENGTH_BITS + symbol - 16));
  }
  if (symbol < 32) return entry(symbol + 3, 0);
  return entry(load<u32>(MATCH_LENGTH_BASES + ((symbol - 32) << 2)), load<u8>(MATCH_LENGTH_BITS + symbol - 32));
}

/* @inline */ function entry(value: u32, extra: u32): u64 {
  return (u64(value) << 32) | u64(extra << 24);
}
