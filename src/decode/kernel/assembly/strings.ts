import { copyBytes, equalBytes } from './bytes.ts';
import { stopFull } from './failure.ts';
import {
  STRING_BYTES,
  STRING_HASHES,
  STRING_OFFSETS,
  STRING_POOL,
  STRING_SLOTS,
  STRING_TABLE,
  STRING_TABLE_SLOTS,
  STRINGS,
} from './layout.ts';

/**
 * The batch's strings, interned by their bytes as in base/strings.ts, with the same hashes, so that the dataset need
 * not hash them again. String 0 is the empty one.
 */

export let stringCount: u32 = 0;
/** No byte of any string is 0x80 or above. */
export let areStringsAscii: bool = true;

const MASK: u32 = STRING_TABLE_SLOTS - 1;
/** Below this many, taking strings out of the table one by one is cheaper than clearing it. */
const FEW: u32 = STRINGS >> 4;

export function resetStrings(): void {
  if (stringCount > FEW) memory.fill(STRING_TABLE, 0, STRING_TABLE_SLOTS << 3);
  else rollBackStrings(0);
  stringCount = 0;
  areStringsAscii = true;
  intern(STRING_POOL, 0);
}

/** Takes out the strings from number `count` on. Newest first: so no other's chain of slots is torn. */
export function rollBackStrings(count: u32): void {
  while (stringCount > count) {
    stringCount--;
    store<u64>(slotAddress(load<u32>(STRING_SLOTS + (stringCount << 2))), 0);
  }
}

/** The number of the string at `start`. Up to 15 bytes behind it are read too. */
export function intern(start: usize, length: u32): u32 {
  const hash = hashOf(start, length);
  let slot = hash & MASK;
  while (true) {
    const entry = load<u64>(slotAddress(slot));
    if (entry === 0) return add(start, length, hash, slot);
    if (<u32>(entry >> 32) === hash) {
      const id = <u32>entry - 1;
      if (lengthOf(id) === length && equalBytes(start, textOf(id), length)) return id;
    }
    slot = (slot + 1) & MASK;
  }
}

/* @inline */ export function textOf(id: u32): usize {
  return STRING_POOL + load<u32>(STRING_OFFSETS + (id << 2));
}

/* @inline */ export function lengthOf(id: u32): u32 {
  const record = STRING_OFFSETS + (id << 2);
  return load<u32>(record, 4) - load<u32>(record);
}

function add(start: usize, length: u32, hash: u32, slot: u32): u32 {
  const id = stringCount;
  const offset = id === 0 ? 0 : load<u32>(STRING_OFFSETS + (id << 2));
  if (id === STRINGS || length > STRING_BYTES - offset) stopFull();
  if (copyBytes(STRING_POOL + offset, start, length)) areStringsAscii = false;
  const record = id << 2;
  store<u32>(STRING_OFFSETS + record, offset);
  store<u32>(STRING_OFFSETS + record, offset + length, 4);
  store<u32>(STRING_HASHES + record, hash);
  store<u32>(STRING_SLOTS + record, slot);
  store<u64>(slotAddress(slot), ((<u64>hash) << 32) | (id + 1));
  stringCount = id + 1;
  return id;
}

/* @inline */ function slotAddress(slot: u32): usize {
  return STRING_TABLE + (slot << 3);
}

/** As `hashBytes` of base/strings.ts: words of four bytes; what is left is the last word once more, or all of a shorter string. */
/* @inline */ function hashOf(start: usize, length: u32): u32 {
  let hash = length;
  const end = start + length;
  let p = start;
  for (; p + 4 <= end; p += 4) hash = hashRound(hash, load<u32>(p));
  if (p === end) return hash;
  if (length >= 4) return hashRound(hash, load<u32>(end - 4));
  return hashRound(hash, load<u32>(start) & ((1 << (length << 3)) - 1));
}

/* @inline */ function hashRound(hash: u32, word: u32): u32 {
  const product = (hash ^ word) * 0x9e3779b1;
  return product ^ (product >> 15);
}
