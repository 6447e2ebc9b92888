import { sortRows } from '../base/sortRows.ts';

/** Whole numbers are exact up to 2⁵³: 32 bits of an id and, of up to two million traces, the index. */
const INDEX_BITS = 21;

/**
 * Trace indexes in ascending order of their 128-bit ids (four words each, most significant first).
 *
 *     ids              70.3 10.2 75.0 10.1
 *     word and index   70 0   10 1   75 2   10 3     as one number each, which the engine sorts by itself
 *     sorted           10 1   10 3   70 0   75 2
 *     order            3 1 0 2                       what has the same word is compared in full: random ids hardly ever
 *
 * The word is the first in which ids differ: in those of 64 bits, written as 128, the upper two are zero.
 */
export function traceOrder(ids: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  const word = firstOfDifference(ids, count);
  const lost = Math.max(0, 32 - Math.clz32(count) - INDEX_BITS);
  const unit = 2 ** (INDEX_BITS + lost);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = (ids[i * 4 + word] >>> lost) * unit + i;
  keys.sort();
  const order = new Uint32Array(count);
  let from = 0;
  let last = 0;
  for (let i = 0; i < count; i++) {
    const top = Math.floor(keys[i] / unit);
    order[i] = keys[i] - top * unit;
    if (top === last) continue;
    if (i - from > 1) sortByIds(ids, order, from, i);
    from = i;
    last = top;
  }
  sortByIds(ids, order, from, count);
  return order;
}

function firstOfDifference(ids: Uint32Array, count: number): number {
  for (let word = 0; word < 3; word++) {
    for (let i = 1; i < count; i++) if (ids[i * 4 + word] !== ids[word]) return word;
  }
  return 3;
}

function sortByIds(ids: Uint32Array, order: Uint32Array, from: number, to: number): void {
  sortRows(
    order,
    from,
    to,
    (a, b) =>
      ids[a * 4] - ids[b * 4] ||
      ids[a * 4 + 1] - ids[b * 4 + 1] ||
      ids[a * 4 + 2] - ids[b * 4 + 2] ||
      ids[a * 4 + 3] - ids[b * 4 + 3],
  );
}
