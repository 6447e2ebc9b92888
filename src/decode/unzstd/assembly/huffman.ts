import { fail } from './failure.ts';
import { Meaning, log, readTable } from './fse.ts';
import { HUFFMAN, HUFFMAN_LOG, RANKS, WEIGHT_LOG, WEIGHT_STATES, WEIGHTS } from './layout.ts';

/** The longest code; 0 where the frame had none yet. */
let longest: u32 = 0;

export function forgetCode(): void {
  longest = 0;
}

/** Reads how a code is described (RFC 8878, 4.2.1), and makes its table. Returns the address behind it. */
export function readCode(from: usize, end: usize): usize {
  if (from >= end) fail();
  const first = u32(load<u8>(from));
  let behind = from + 1;
  let symbols: u32;
  if (first < 128) {
    behind += first;
    if (behind > end) fail();
    symbols = readWeights(from + 1, behind);
  } else {
    symbols = first - 127;
    behind += (symbols + 1) >> 1;
    if (behind > end) fail();
    for (let i: u32 = 0; i < symbols; i++) {
      const two = load<u8>(from + 1 + (i >> 1));
      store<u8>(WEIGHTS + i, (i & 1) === 0 ? two >> 4 : two & 15);
    }
  }
  makeCode(symbols);
  return behind;
}

/** Two states take turns, until there are no more bits (RFC 8878, 4.2.1.2). Returns the number of weights. */
function readWeights(from: usize, end: usize): u32 {
  const start = readTable(WEIGHT_STATES, Meaning.weight, WEIGHT_LOG, from, end);
  if (start >= end) fail();
  const lastByte = u32(load<u8>(end - 1));
  if (lastByte === 0) fail();
  /** Bits that are left. */
  let left = i32((end - start) << 3) - i32(clz(lastByte) - 23);
  let first = bitsBelow(start, left, log);
  left -= log;
  let second = bitsBelow(start, left, log);
  left -= log;
  if (left < 0) fail();
  let count: u32 = 0;
  while (left >= 0) {
    if (count > 253) fail();
    const state = load<u64>(WEIGHT_STATES + (first << 3));
    store<u8>(WEIGHTS + count++, u8(state >> 32));
    const bits = u32(state >> 16) & 255;
    const next = (u32(state) & 0xffff) + bitsBelow(start, left, bits);
    left -= bits;
    first = second;
    second = next;
  }
  // The state whose turn it is needs no more bits.
  store<u8>(WEIGHTS + count, u8(load<u64>(WEIGHT_STATES + (first << 3)) >> 32));
  return count + 1;
}

/** `bits` bits, 25 at most, that end `left` bits behind `start`. */
/* @inline */ function bitsBelow(start: usize, left: i32, bits: u32): u32 {
  const bit = left - bits;
  // Before the input is room to read.
  return bit < 0 ? 0 : (load<u32>(start + (bit >> 3)) >> (bit & 7)) & ((1 << bits) - 1);
}

/** The last symbol's weight is what is missing to a power of two. A symbol of weight w has 2^(w − 1) places. */
function makeCode(symbols: u32): void {
  memory.fill(RANKS, 0, 64);
  let total: u32 = 0;
  for (let i: u32 = 0; i < symbols; i++) {
    const weight = u32(load<u8>(WEIGHTS + i));
    if (weight > HUFFMAN_LOG) fail();
    countRank(weight);
    total += (1 << weight) >> 1;
  }
  if (total === 0) fail();
  longest = 32 - clz(total);
  const missing = (1 << longest) - total;
  if (longest > HUFFMAN_LOG || (missing & (missing - 1)) !== 0) fail();
  const last = 32 - clz(missing);
  store<u8>(WEIGHTS + symbols, last);
  countRank(last);
  const shortest = load<u32>(RANKS + 4);
  if (shortest < 2 || (shortest & 1) !== 0) fail();
  let place: u32 = 0;
  for (let weight: u32 = 1; weight <= longest; weight++) {
    const count = load<u32>(RANKS + (weight << 2));
    store<u32>(RANKS + (weight << 2), place);
    place += count << (weight - 1);
  }
  for (let symbol: u32 = 0; symbol <= symbols; symbol++) {
    const weight = u32(load<u8>(WEIGHTS + symbol));
    if (weight === 0) continue;
    const at = load<u32>(RANKS + (weight << 2));
    const end = at + (1 << (weight - 1));
    store<u32>(RANKS + (weight << 2), end);
    const entry = symbol | ((longest + 1 - weight) << 8);
    for (let i = at; i < end; i++) store<u16>(HUFFMAN + (i << 1), entry);
  }
}

/* @inline */ function countRank(weight: u32): void {
  const rank = RANKS + (weight << 2);
  store<u32>(rank, load<u32>(rank) + 1);
}

/** Four streams, whose sizes stand before them but for the last's. */
export function decodeFour(from: usize, end: usize, to: usize, size: u32): void {
  if (end - from < 10 || size < 6) fail();
  const part = (size + 3) >> 2;
  const second = from + 6 + load<u16>(from);
  const third = second + load<u16>(from + 2);
  const fourth = third + load<u16>(from + 4);
  if (fourth >= end || part * 3 > size) fail();
  decodeOne(from + 6, second, to, part);
  decodeOne(second, third, to + part, part);
  decodeOne(third, fourth, to + 2 * part, part);
  decodeOne(fourth, end, to + 3 * part, size - 3 * part);
}

/**
 * A stream is read from its end, where a bit of one stands before the first (RFC 8878, 4.2.2). Of 64 bits at hand up to
 * seven are used, so five codes fit. It must come out even.
 */
export function decodeOne(from: usize, end: usize, to: usize, size: u32): void {
  if (longest === 0 || end <= from) fail();
  const lastByte = u32(load<u8>(end - 1));
  if (lastByte === 0) fail();
  const unused: u64 = 64 - longest;
  let at = end - 8;
  let used: u64 = clz(lastByte) - 23;
  let out = to;
  const outEnd = to + size;
  while (out < outEnd) {
    at -= usize(used >> 3);
    used &= 7;
    const bits = load<u64>(at);
    for (let i = 0; i < 5; i++) {
      const code = u32(load<u16>(HUFFMAN + (usize((bits << used) >> unused) << 1)));
      store<u8>(out, code);
      used += u64(code >> 8);
      out++;
      if (out === outEnd) break;
    }
  }
  if (i32(at - from) * 8 + 64 !== i32(used)) fail();
}
