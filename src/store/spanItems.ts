import type { RawItems } from './rawItems.ts';
import type { SpansApart } from './spansApart.ts';
import type { SpanEvents, SpanLinks } from './spanTable.ts';

const TWO_32 = 4294967296;

/**
 * The items of each table row, in the order in which they came; those of merged duplicates are left out.
 */
function itemOrder(items: RawItems, apart: SpansApart, rowCount: number): { first: Uint32Array; order: Uint32Array } {
  if (items.count === 0) return { first: new Uint32Array(), order: new Uint32Array() };
  const first = new Uint32Array(rowCount + 1);
  for (let i = 0; i < items.count; i++) {
    const row = apart.placeOf(items.span[i]);
    if (row > 0) first[row - 1]++;
  }
  // First where each row's items end; every item then moves that one back, so that it is where they begin.
  for (let row = 1; row <= rowCount; row++) first[row] += first[row - 1];
  const order = new Uint32Array(first[rowCount]);
  for (let i = items.count - 1; i >= 0; i--) {
    const row = apart.placeOf(items.span[i]);
    if (row > 0) order[--first[row - 1]] = i;
  }
  return { first, order };
}

export function orderedEvents(
  events: RawItems,
  apart: SpansApart,
  rowCount: number,
  traceRows: Uint32Array,
  origin: BigUint64Array,
): SpanEvents {
  const { first, order } = itemOrder(events, apart, rowCount);
  const time = new Float64Array(order.length);
  let trace = -1;
  let high = 0;
  let low = 0;
  for (let i = 0; i < order.length; i++) {
    const item = order[i];
    const row = apart.placeOf(events.span[item]) - 1;
    if (row >= traceRows[trace + 1]) {
      while (row >= traceRows[trace + 1]) trace++;
      high = Number(origin[trace] >> 32n);
      low = Number(origin[trace] & 0xffffffffn);
    }
    time[i] = (events.wide[item * 2] - high) * TWO_32 + (events.wide[item * 2 + 1] - low);
  }
  return {
    first,
    time,
    name: picked(events.narrow, order),
    shape: picked(events.shape, order),
    offset: picked(events.offset, order),
  };
}

export function orderedLinks(links: RawItems, apart: SpansApart, rowCount: number): SpanLinks {
  const { first, order } = itemOrder(links, apart, rowCount);
  return {
    first,
    traceId: picked(links.wide, order, 4),
    spanId: picked(links.narrow, order, 2),
    shape: picked(links.shape, order),
    offset: picked(links.offset, order),
  };
}

/** `width` elements of `column` for each of `indexes`, in their order. */
function picked(column: Uint32Array, indexes: Uint32Array, width = 1): Uint32Array {
  const result = new Uint32Array(indexes.length * width);
  for (let i = 0; i < indexes.length; i++) {
    for (let w = 0; w < width; w++) result[i * width + w] = column[indexes[i] * width + w];
  }
  return result;
}
