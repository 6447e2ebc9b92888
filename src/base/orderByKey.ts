import { ascendingOrder } from './ascendingOrder.ts';
import { sortRows } from './sortRows.ts';

/**
 * The indexes of `keys` (whole numbers from 0) in ascending order of key; `compare` orders those with equal keys, and
 * must be a total order.
 *
 *     keys  7 3 7 1   compare by index, the higher one first   →   order  3 1 2 0
 */
export function orderByKey(keys: Float64Array, compare: (a: number, b: number) => number): Uint32Array<ArrayBuffer> {
  const order = ascendingOrder(keys);
  for (let from = 0, to = 0; from < order.length; from = to) {
    const key = keys[order[from]];
    do to++;
    while (to < order.length && keys[order[to]] === key);
    if (to - from > 1) sortRows(order, from, to, compare);
  }
  return order;
}

/** The top 53 of 64 bits, as a key. */
export function keyOf(high: number, low: number): number {
  return high * 0x200000 + (low >>> 11);
}
