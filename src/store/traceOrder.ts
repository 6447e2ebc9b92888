import { keyOf, orderByKey } from '../base/orderByKey.ts';

/** Trace indexes in ascending order of their 128-bit ids (four words each, most significant first). */
export function traceOrder(ids: Uint32Array, count: number): Uint32Array {
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = keyOf(ids[i * 4], ids[i * 4 + 1]);
  return orderByKey(
    keys,
    (a, b) => ids[a * 4 + 1] - ids[b * 4 + 1] || ids[a * 4 + 2] - ids[b * 4 + 2] || ids[a * 4 + 3] - ids[b * 4 + 3],
  );
}
