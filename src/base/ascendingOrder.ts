import { sortRows } from './sortRows.ts';

const BITS = 11;
const BUCKETS = 1 << BITS;
const TWO_32 = 4294967296;
/** Below this a comparison sort is faster than clearing the buckets. */
const SMALL = 256;

/**
 * The indexes of `values` in ascending order of value, equal values in ascending order of index.
 * Values are whole numbers from 0 up to 2⁵³ (durations in nanoseconds).
 *
 *     values  30 10 20 10   →   order  1 3 2 0
 *
 * A radix sort, eleven bits a pass, as many passes as the largest value has digits: linear, and stable by nature.
 */
export function ascendingOrder(values: Float64Array): Uint32Array<ArrayBuffer> {
  const count = values.length;
  let order = new Uint32Array(count);
  let largest = 0;
  let isSorted = true;
  for (let i = 0; i < count; i++) {
    order[i] = i;
    if (values[i] > largest) largest = values[i];
    if (i > 0 && values[i] < values[i - 1]) isSorted = false;
  }
  if (isSorted) return order;
  if (count < SMALL) {
    sortRows(order, 0, count, (a, b) => values[a] - values[b] || a - b);
    return order;
  }
  let next = new Uint32Array(count);
  const digits = new Uint32Array(count);
  for (let unit = 1; unit <= largest; unit *= BUCKETS) {
    for (let i = 0; i < count; i++) digits[i] = digitAt(values[i], unit);
    if (!scatter(digits, order, next)) continue;
    [order, next] = [next, order];
  }
  return order;
}

function digitAt(value: number, unit: number): number {
  return value < TWO_32 && unit < TWO_32 ? ((value >>> 0) / unit) & (BUCKETS - 1) : Math.floor(value / unit) % BUCKETS;
}

/** One pass: `order` into `next` by digit. False, and nothing written, where all digits are equal. */
function scatter(digits: Uint32Array, order: Uint32Array, next: Uint32Array): boolean {
  const place = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < digits.length; i++) place[digits[i] + 1]++;
  if (place[digits[0] + 1] === digits.length) return false;
  for (let bucket = 0; bucket < BUCKETS; bucket++) place[bucket + 1] += place[bucket];
  for (let i = 0; i < order.length; i++) next[place[digits[order[i]]]++] = order[i];
  return true;
}
