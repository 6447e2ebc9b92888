import { HASH_REST } from './layout.ts';

/** XXH64 with seed 0, of which a frame has the lower half as its checksum (RFC 8878, 3.1.1; the primes: xxHash's specification). */
const PRIME1: u64 = 0x9e3779b185ebca87;
const PRIME2: u64 = 0xc2b2ae3d27d4eb4f;
const PRIME3: u64 = 0x165667b19e3779f9;
const PRIME4: u64 = 0x85ebca77c2b2ae63;
const PRIME5: u64 = 0x27d4eb2f165667c5;

let lane1: u64 = 0;
let lane2: u64 = 0;
let lane3: u64 = 0;
let lane4: u64 = 0;
let length: u64 = 0;

export function beginHash(): void {
  lane1 = PRIME1 + PRIME2;
  lane2 = PRIME2;
  lane3 = 0;
  lane4 = 0 - PRIME1;
  length = 0;
}

/** Adds bytes; what does not fill 32 waits for more. */
export function addToHash(start: usize, end: usize): void {
  const waiting = usize(length & 31);
  length += u64(end - start);
  let p = start;
  if (waiting > 0) {
    const missing: usize = 32 - waiting;
    if (end - start < missing) return memory.copy(HASH_REST + waiting, start, end - start);
    memory.copy(HASH_REST + waiting, start, missing);
    takeStripes(HASH_REST, HASH_REST + 32);
    p += missing;
  }
  p = takeStripes(p, end);
  memory.copy(HASH_REST, p, end - p);
}

/** As many as are whole; returns the address behind them. */
function takeStripes(start: usize, end: usize): usize {
  let a = lane1;
  let b = lane2;
  let c = lane3;
  let d = lane4;
  let p = start;
  for (; p + 32 <= end; p += 32) {
    a = round(a, load<u64>(p));
    b = round(b, load<u64>(p + 8));
    c = round(c, load<u64>(p + 16));
    d = round(d, load<u64>(p + 24));
  }
  lane1 = a;
  lane2 = b;
  lane3 = c;
  lane4 = d;
  return p;
}

/* @inline */ function round(lane: u64, word: u64): u64 {
  return rotl(lane + word * PRIME2, 31) * PRIME1;
}

/* @inline */ function merged(hash: u64, lane: u64): u64 {
  return (hash ^ round(0, lane)) * PRIME1 + PRIME4;
}

/** The lower half, of all that was added. */
export function hashOfAll(): u32 {
  let hash = PRIME5;
  if (length >= 32) {
    hash = rotl(lane1, 1) + rotl(lane2, 7) + rotl(lane3, 12) + rotl(lane4, 18);
    hash = merged(merged(merged(merged(hash, lane1), lane2), lane3), lane4);
  }
  hash += length;
  let p = HASH_REST;
  const end = HASH_REST + usize(length & 31);
  for (; p + 8 <= end; p += 8) hash = rotl(hash ^ round(0, load<u64>(p)), 27) * PRIME1 + PRIME4;
  if (p + 4 <= end) {
    hash = rotl(hash ^ (u64(load<u32>(p)) * PRIME1), 23) * PRIME2 + PRIME3;
    p += 4;
  }
  for (; p < end; p++) hash = rotl(hash ^ (u64(load<u8>(p)) * PRIME5), 11) * PRIME1;
  hash = (hash ^ (hash >> 33)) * PRIME2;
  hash = (hash ^ (hash >> 29)) * PRIME3;
  return u32(hash ^ (hash >> 32));
}
