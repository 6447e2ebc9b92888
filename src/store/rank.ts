import { sortRows } from '../base/sortRows.ts';
import type { RawDataset } from './rawSpans.ts';

/** Builder rows of one trace in the order that breaks every tie (design: analysis, section 1). */
export function sortByRank(rows: Uint32Array, raw: RawDataset): void {
  const { spanId, resource, parentId, marks, status, traceState } = raw.spans;
  const { strings } = raw.attributes;
  const { service } = raw.resources;
  sortRows(
    rows,
    0,
    rows.length,
    (a, b) =>
      spanId[a * 2] - spanId[b * 2] ||
      spanId[a * 2 + 1] - spanId[b * 2 + 1] ||
      compareContent(raw, a, b) ||
      strings.compare(service[resource[a]], service[resource[b]]) ||
      // These are one span, and the first of them stays: it must be the same one in any order of the input.
      parentId[a * 2] - parentId[b * 2] ||
      parentId[a * 2 + 1] - parentId[b * 2 + 1] ||
      marks[a] - marks[b] ||
      status[a] - status[b] ||
      strings.compare(traceState[a], traceState[b]) ||
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
