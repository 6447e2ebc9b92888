import type { RawDataset } from './rawSpans.ts';

/** Below this an insertion sort wins; traces are small, and nearly in order. */
const SMALL = 48;

/** Sorts rows in place by `compare`, which must be a total order. */
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

export function sortByRank(rows: Uint32Array, raw: RawDataset): void {
  const { spanId, resource } = raw.spans;
  const { strings } = raw.attributes;
  const { service } = raw.resources;
  sortRows(
    rows,
    (a, b) =>
      spanId[a * 2] - spanId[b * 2] ||
      spanId[a * 2 + 1] - spanId[b * 2 + 1] ||
      compareContent(raw, a, b) ||
      strings.compare(service[resource[a]], service[resource[b]]) ||
      a - b,
  );
}

/** By span id, kind, start, end and name. */
export function compareContent(raw: RawDataset, a: number, b: number): number {
  const { spanId, kind, start, end, name } = raw.spans;
  return (
    spanId[a * 2] - spanId[b * 2] ||
    spanId[a * 2 + 1] - spanId[b * 2 + 1] ||
    kind[a] - kind[b] ||
    start[a * 2] - start[b * 2] ||
    start[a * 2 + 1] - start[b * 2 + 1] ||
    end[a * 2] - end[b * 2] ||
    end[a * 2 + 1] - end[b * 2 + 1] ||
    raw.attributes.strings.compare(name[a], name[b])
  );
}
