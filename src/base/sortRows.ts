/** Up to here an insertion sort wins; lists that are sorted here are short, and nearly in order. */
const SMALL = 48;

/** Sorts in place by `compare`, which must be a total order. */
export function sortRows(rows: Uint32Array, compare: (a: number, b: number) => number): void {
  if (rows.length > SMALL) {
    rows.sort(compare);
    return;
  }
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    let j = i - 1;
    while (j >= 0 && compare(rows[j], row) > 0) {
      rows[j + 1] = rows[j];
      j--;
    }
    rows[j + 1] = row;
  }
}
