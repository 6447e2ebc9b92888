import { copyBytes, equalBytes } from './bytes.ts';
import { stopFull } from './failure.ts';
import { STRING_BYTES, STRING_HASHES, STRING_OFFSETS, STRING_POOL, STRING_TABLE, STRINGS } from './layout.ts';

/**
 * The batch's strings, interned by their bytes as in base/strings.ts, with the same hashes, so that the dataset need
 * not hash them again. String 0 is the empty one.
 *
 * The table is only as large as it has to be, so that what is looked up in it is near: a slot is 4 of 64 bytes that are
 * fetched at once.
 */

export let stringCount: u32 = 0;
/** No byte of any string is 0x80 or above. */
export let areStringsAscii: bool = true;

const FEWEST_SLOTS: u32 = 1 << 12;
/** The lower bits of a slot are an id + 1, the others are the hash's: most strings are told apart without a look at them. */
const ID_BITS: u32 = (STRINGS << 1) - 1;
/** Slots of the table; a power of two, at least twice the strings. */
let slots: u32 = FEWEST_SLOTS;

export function resetStrings(): void {
  memory.fill(STRING_TABLE, 0, slots << 2);
  // A batch is much like the one before it.
  slots = max(FEWEST_SLOTS, slots >> u32(stringCount << 2 < slots));
  stringCount = 0;
  areStringsAscii = true;
  intern(STRING_POOL, 0);
}

/** Takes out the strings from number `count` on. Newest first: so no other's chain of slots is torn. */
export function rollBackStrings(count: u32): void {
  while (stringCount > count) {
    const entry = slotEntry(--stringCount);
    let slot = load<u32>(STRING_HASHES + (stringCount << 2)) & (slots - 1);
    while (load<u32>(slotAddress(slot)) !== entry) slot = (slot + 1) & (slots - 1);
    store<u32>(slotAddress(slot), 0);
  }
}

/** The number of the string at `start`. Up to 15 bytes behind it are read too. */
export function intern(start: usize, length: u32): u32 {
  const hash = hashOf(start, length);
  let slot = hash & (slots - 1);
  while (true) {
    const entry = load<u32>(slotAddress(slot));
    if (entry === 0) return add(start, length, hash, slot);
    if (((entry ^ hash) & ~ID_BITS) === 0) {
      const id = (entry & ID_BITS) - 1;
      if (lengthOf(id) === length && equalBytes(start, textOf(id), length)) return id;
    }
    slot = (slot + 1) & (slots - 1);
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
  store<u32>(slotAddress(slot), slotEntry(id));
  stringCount = id + 1;
  if (stringCount << 1 > slots) enlargeTable();
  return id;
}

/** In the order of the numbers, as if the table had been so large from the beginning: see `rollBackStrings`. */
function enlargeTable(): void {
  slots <<= 1;
  memory.fill(STRING_TABLE, 0, slots << 2);
  for (let id: u32 = 0; id < stringCount; id++) {
    let slot = load<u32>(STRING_HASHES + (id << 2)) & (slots - 1);
    while (load<u32>(slotAddress(slot)) !== 0) slot = (slot + 1) & (slots - 1);
    store<u32>(slotAddress(slot), slotEntry(id));
  }
}

/* @inline */ function slotEntry(id: u32): u32 {
  return (load<u32>(STRING_HASHES + (id << 2)) & ~ID_BITS) | (id + 1);
}

/* @inline */ function slotAddress(slot: u32): usize {
  return STRING_TABLE + (slot << 2);
}

/** As `hashBytes` of base/hashBytes.ts: words of four bytes; what is left is the last word once more, or all of a shorter string. */
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
