/** Up to here an insertion sort wins; lists that are sorted here are short, and nearly in order. */
const SMALL = 48;

/** Sorts `rows[from, to)` in place by `compare`, which must be a total order. */
export function sortRows(rows: Uint32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  if (to - from > SMALL) {
    rows.subarray(from, to).sort(compare);
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const row = rows[i];
    let j = i - 1;
    while (j >= from && compare(rows[j], row) > 0) {
      rows[j + 1] = rows[j];
      j--;
    }
    rows[j + 1] = row;
  }
}
