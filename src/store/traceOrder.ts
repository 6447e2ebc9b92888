import { sortRows } from '../base/sortRows.ts';

/**
 * Trace indexes in ascending order of their 128-bit ids (four words each, most significant first).
 *
 *     ids       70  10  75  40        from 10 to 75, into as many buckets as there are ids
 *     buckets   10 | 40 |   | 70 75   each in order by itself: ids are random, so there are few in one
 *
 * The first word in which ids differ chooses the bucket: in those of 64 bits, written as 128, the upper two are zero.
 */
export function traceOrder(ids: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  const { word, least, most } = spread(ids, count);
  const scale = count / (most - least + 1);
  const next = new Uint32Array(count + 1);
  for (let at = word; at < count * 4; at += 4) next[Math.floor((ids[at] - least) * scale) + 1]++;
  for (let bucket = 0; bucket < count; bucket++) next[bucket + 1] += next[bucket];
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[next[Math.floor((ids[i * 4 + word] - least) * scale)]++] = i;
  // By now each bucket has moved on to where the one behind it began.
  for (let bucket = 0, from = 0; bucket < count; from = next[bucket++]) {
    if (next[bucket] - from > 1) sortRows(order, from, next[bucket], (a, b) => compareIds(ids, a, b));
  }
  return order;
}

/** The first word of ids that is not the same in all of them, and between which numbers it is. */
function spread(ids: Uint32Array, count: number) {
  let word = -1;
  let least = 0;
  let most = 0;
  while (least === most && word < 3) {
    word++;
    least = most = ids[word];
    for (let at = word; at < count * 4; at += 4) {
      if (ids[at] < least) least = ids[at];
      if (ids[at] > most) most = ids[at];
    }
  }
  return { word, least, most };
}

function compareIds(ids: Uint32Array, a: number, b: number): number {
  return (
    ids[a * 4] - ids[b * 4] ||
    ids[a * 4 + 1] - ids[b * 4 + 1] ||
    ids[a * 4 + 2] - ids[b * 4 + 2] ||
    ids[a * 4 + 3] - ids[b * 4 + 3]
  );
}
