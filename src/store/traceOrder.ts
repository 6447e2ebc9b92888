import { keyOf } from '../base/orderByKey.ts';
import { sortRows } from '../base/sortRows.ts';

/**
 * Trace indexes in ascending order of their 128-bit ids (four words each, most significant first).
 *
 *     ids       70  10  75  40        from 10 to 75, into as many buckets as there are ids
 *     buckets   10 | 40 |   | 70 75   each in order by itself: ids are random, so there are few in one
 *
 * Where all ids have the same upper half (those of 64 bits have zero), the lower half chooses the bucket.
 */
export function traceOrder(ids: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  const { buckets, first } = bucketsOf(ids, count);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[first[buckets[i]]++] = i;
  // Each bucket's first place has moved on to where the next one begins.
  for (let bucket = 0, from = 0; from < count; from = first[bucket++]) {
    if (first[bucket] - from > 1) sortRows(order, from, first[bucket], (a, b) => compareIds(ids, a, b));
  }
  return order;
}

function bucketsOf(ids: Uint32Array, count: number): { readonly buckets: Uint32Array; readonly first: Uint32Array } {
  const { key, least, most } = keysOf(ids, count, haveOneHalf(ids, count) ? 2 : 0);
  const buckets = new Uint32Array(count);
  const first = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    buckets[i] = Math.min(count - 1, Math.floor((key[i] - least) * (count / (most - least + 1))));
    first[buckets[i] + 1]++;
  }
  for (let bucket = 0; bucket < count; bucket++) first[bucket + 1] += first[bucket];
  return { buckets, first };
}

function haveOneHalf(ids: Uint32Array, count: number): boolean {
  for (let i = 1; i < count; i++) if (ids[i * 4] !== ids[0] || ids[i * 4 + 1] !== ids[1]) return false;
  return true;
}

/** The top 53 bits of each id from word `at` on. */
function keysOf(ids: Uint32Array, count: number, at: number) {
  const key = new Float64Array(count);
  let least = Infinity;
  let most = 0;
  for (let i = 0; i < count; i++) {
    key[i] = keyOf(ids[i * 4 + at], ids[i * 4 + at + 1]);
    if (key[i] < least) least = key[i];
    if (key[i] > most) most = key[i];
  }
  return { key, least, most };
}

function compareIds(ids: Uint32Array, a: number, b: number): number {
  return (
    ids[a * 4] - ids[b * 4] ||
    ids[a * 4 + 1] - ids[b * 4 + 1] ||
    ids[a * 4 + 2] - ids[b * 4 + 2] ||
    ids[a * 4 + 3] - ids[b * 4 + 3]
  );
}
