import { picked } from './picked.ts';
import type { RawDataset, RawSpanItems } from './rawSpans.ts';
import type { SpanEvents, SpanLinks } from './spanTable.ts';

const NONE = -1;
const TWO_32 = 4294967296;

/** The items of each table row, in the order in which they came; those of merged duplicates are left out. */
function itemOrder(
  items: RawSpanItems,
  rows: Uint32Array,
  rawCount: number,
): { first: Uint32Array; order: Uint32Array } {
  const rowOf = new Int32Array(rawCount).fill(NONE);
  for (let i = 0; i < rows.length; i++) rowOf[rows[i]] = i;
  const first = new Uint32Array(rows.length + 1);
  for (let i = 0; i < items.count; i++) {
    const row = rowOf[items.span[i]];
    if (row !== NONE) first[row + 1]++;
  }
  for (let row = 0; row < rows.length; row++) first[row + 1] += first[row];
  const next = first.slice(0, rows.length);
  const order = new Uint32Array(first[rows.length]);
  for (let i = 0; i < items.count; i++) {
    const row = rowOf[items.span[i]];
    if (row !== NONE) order[next[row]++] = i;
  }
  return { first, order };
}

export function orderedEvents(
  raw: RawDataset,
  rows: Uint32Array,
  trace: Uint32Array,
  origin: BigUint64Array,
): SpanEvents {
  const { events } = raw;
  const { first, order } = itemOrder(events, rows, raw.spans.count);
  const time = new Float64Array(order.length);
  for (let row = 0; row < rows.length; row++) {
    if (first[row] === first[row + 1]) continue;
    const zero = origin[trace[row]];
    const high = Number(zero >> 32n);
    const low = Number(zero & 0xffffffffn);
    for (let i = first[row]; i < first[row + 1]; i++) {
      time[i] = (events.wide[order[i] * 2] - high) * TWO_32 + (events.wide[order[i] * 2 + 1] - low);
    }
  }
  return {
    first,
    time,
    name: picked(events.narrow, order),
    shape: picked(events.shape, order),
    offset: picked(events.offset, order),
  };
}

export function orderedLinks(raw: RawDataset, rows: Uint32Array): SpanLinks {
  const { links } = raw;
  const { first, order } = itemOrder(links, rows, raw.spans.count);
  return {
    first,
    traceId: picked(links.wide, order, 4),
    spanId: picked(links.narrow, order, 2),
    shape: picked(links.shape, order),
    offset: picked(links.offset, order),
  };
}

export function orderedMessages(messages: ReadonlyMap<number, number>, rows: Uint32Array): ReadonlyMap<number, number> {
  if (messages.size === 0) return messages;
  const ordered = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const message = messages.get(rows[i]);
    if (message !== undefined) ordered.set(i, message);
  }
  return ordered;
}
