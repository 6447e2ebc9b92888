import { copyBytes, equalBytes } from './bytes.ts';
import {
  MEMO_BYTES,
  MEMO_CHAIN_COUNT,
  MEMO_CHAINS,
  MEMO_POOL,
  MEMO_RECORD_BYTES_LOG2,
  MEMO_RECORDS,
  MEMOS,
} from './layout.ts';

/**
 * Resources and scopes come again and again in the same bytes: those of each are kept with its slot, and where the same
 * bytes stand again there is nothing to read.
 *
 *     chain of a hash of 32 bytes ─▶ {"attributes":[{"key":"service.name", … }]}  slot 3 ─▶ …
 *
 * How long the object at a place is need not be known: a whole object that is the beginning of the bytes there is all
 * of the object there. So it is the chain that is chosen by bytes at a fixed place, where they begin to differ; an
 * object that ends before them is just not found again when other bytes follow it.
 */

/** What a kept text is of. */
export const RESOURCE: u32 = 0;
export const SCOPE: u32 = 1;

// A record, by offsets.
const NEXT: usize = 0;
const START: usize = 4;
const LENGTH: usize = 8;
/** Twice the slot, and what it is of. */
const OWNER: usize = 12;

/** Behind `{"attributes":[{"key":"service.name","value":{"stringValue":"`. */
const TELLING: usize = 56;
const TRIES: u32 = 16;

let memoCount: u32 = 0;
let memoBytes: u32 = 0;

export function resetMemos(): void {
  memory.fill(MEMO_CHAINS, 0, MEMO_CHAIN_COUNT << 2);
  memoCount = 0;
  memoBytes = 0;
}

/** Takes out those of slots that are gone, newest first. */
export function rollBackMemos(resources: u32, scopes: u32): void {
  while (memoCount > 0) {
    const memo = record(memoCount - 1);
    const owner = load<u32>(memo, OWNER);
    if (owner >> 1 < ((owner & 1) === RESOURCE ? resources : scopes)) return;
    const chain = chainOf(load<u32>(memo, START), owner & 1);
    store<u32>(chain, load<u32>(memo, NEXT));
    memoBytes = load<u32>(memo, START) - <u32>MEMO_POOL;
    memoCount--;
  }
}

/** Set by `memoSlot`. */
export let memoLength: u32 = 0;

/** The slot of what stands at `p`, where it was kept; else 0. */
export function memoSlot(p: usize, kind: u32): u32 {
  let memo = load<u32>(chainOf(p, kind));
  for (let tries: u32 = 0; memo !== 0 && tries < TRIES; tries++) {
    const entry = record(memo - 1);
    const length = load<u32>(entry, LENGTH);
    if ((load<u32>(entry, OWNER) & 1) === kind && equalBytes(p, load<u32>(entry, START), length)) {
      memoLength = length;
      return load<u32>(entry, OWNER) >> 1;
    }
    memo = load<u32>(entry, NEXT);
  }
  return 0;
}

/** Keeps what stands in `[start, end)`, as far as there is room. */
export function keepMemo(start: usize, end: usize, kind: u32, slot: u32): void {
  const length = <u32>(end - start);
  // What follows is kept too where the chain is chosen by it.
  const kept = max(length, <u32>TELLING + 32);
  if (memoCount === MEMOS || memoBytes + kept > MEMO_BYTES) return;
  const entry = record(memoCount++);
  const chain = chainOf(start, kind);
  store<u32>(entry, load<u32>(chain), NEXT);
  store<u32>(entry, MEMO_POOL + memoBytes, START);
  store<u32>(entry, length, LENGTH);
  store<u32>(entry, (slot << 1) | kind, OWNER);
  store<u32>(chain, memoCount);
  copyBytes(MEMO_POOL + memoBytes, start, kept);
  memoBytes += kept;
}

/* @inline */ function record(memo: u32): usize {
  return MEMO_RECORDS + (memo << MEMO_RECORD_BYTES_LOG2);
}

/** Resources are told by what stands behind the first key, scopes by what stands in the first value. */
/* @inline */ function chainOf(p: usize, kind: u32): usize {
  const q = kind === RESOURCE ? p + TELLING : p;
  const mixed =
    (load<u64>(q) ^ rotl(load<u64>(q, 8), 13) ^ rotl(load<u64>(q, 16), 29) ^ rotl(load<u64>(q, 24), 47)) *
    0x9e3779b97f4a7c15;
  return MEMO_CHAINS + ((<usize>(mixed >> 54)) << 2);
}
