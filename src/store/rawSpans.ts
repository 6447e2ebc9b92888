import { grown } from '../base/growable.ts';
import type { Attributes } from './attributes.ts';

/** Bit of the builder's `marks` column: the parent id cannot be one, so the span is an orphan. */
export const INVALID_PARENT = 1;

/** The builder's columns, in the order in which spans came. link.ts turns them into a SpanTable. */
export interface RawSpans {
  count: number;
  traceCount: number;
  /** Four words a trace. */
  traceId: Uint32Array;
  trace: Uint32Array;
  spanId: Uint32Array;
  parentId: Uint32Array;
  /** High and low word, one after the other. */
  start: Uint32Array;
  end: Uint32Array;
  kind: Uint8Array;
  status: Uint8Array;
  marks: Uint8Array;
  name: Uint32Array;
  traceState: Uint32Array;
  spanFlags: Uint16Array;
  resource: Uint32Array;
  scope: Uint32Array;
  shape: Uint32Array;
  offset: Uint32Array;
  statusMessage: Map<number, number>;
}

export interface RawSpanItems {
  count: number;
  span: Uint32Array;
  /** Events: high and low word of the time. Links: four words of the trace id. */
  wide: Uint32Array;
  /** Events: the name, one word. Links: two words of the span id. */
  narrow: Uint32Array;
  shape: Uint32Array;
  offset: Uint32Array;
}

/** Resources or scopes, filled in after they were opened. Slot 0 is the empty one. Scopes alone have name and version. */
export interface Slots {
  count: number;
  shape: Uint32Array;
  offset: Uint32Array;
  name: Uint32Array;
  version: Uint32Array;
}

/** Everything that decoding left, ready to be linked. */
export interface RawDataset {
  readonly spans: RawSpans;
  readonly events: RawSpanItems;
  readonly links: RawSpanItems;
  readonly attributes: Attributes;
  readonly resources: Slots & { readonly service: Uint32Array };
  readonly scopes: Slots;
  readonly invalidIds: number;
  readonly negativeDurations: number;
}

/** Words an item has in `wide` and in `narrow`. */
export interface ItemWords {
  readonly wide: number;
  readonly narrow: number;
}
export const EVENT_WORDS: ItemWords = { wide: 2, narrow: 1 };
export const LINK_WORDS: ItemWords = { wide: 4, narrow: 2 };

export function openSlot(slots: Slots): number {
  const slot = slots.count++;
  if (slot === slots.shape.length) {
    for (const name of ['shape', 'offset', 'name', 'version'] as const) slots[name] = grown(slots[name], slot + 1);
  }
  return slot;
}

export function emptySlots(): Slots {
  const slots = { count: 0, shape: column(64), offset: column(64), name: column(64), version: column(64) };
  openSlot(slots);
  return slots;
}

export function emptyItems({ wide, narrow }: ItemWords): RawSpanItems {
  const n = 64;
  return {
    count: 0,
    span: column(n),
    wide: column(n * wide),
    narrow: column(n * narrow),
    shape: column(n),
    offset: column(n),
  };
}

/** Makes room for `count` items in all. */
export function reserveItems(items: RawSpanItems, count: number, { wide, narrow }: ItemWords): void {
  if (items.span.length >= count) return;
  items.span = grown(items.span, count);
  items.shape = grown(items.shape, items.span.length);
  items.offset = grown(items.offset, items.span.length);
  items.wide = grown(items.wide, items.span.length * wide);
  items.narrow = grown(items.narrow, items.span.length * narrow);
}

export function emptySpans(n: number): RawSpans {
  return {
    count: 0,
    traceCount: 0,
    traceId: column(256),
    trace: column(n),
    spanId: column(n * 2),
    parentId: column(n * 2),
    start: column(n * 2),
    end: column(n * 2),
    kind: new Uint8Array(n),
    status: new Uint8Array(n),
    marks: new Uint8Array(n),
    name: column(n),
    traceState: column(n),
    spanFlags: new Uint16Array(n),
    resource: column(n),
    scope: column(n),
    shape: column(n),
    offset: column(n),
    statusMessage: new Map(),
  };
}

/** Makes room for `count` spans in all. */
export function reserveSpans(spans: RawSpans, count: number): void {
  if (spans.trace.length >= count) return;
  spans.trace = grown(spans.trace, count);
  const capacity = spans.trace.length;
  for (const name of ['name', 'traceState', 'resource', 'scope', 'shape', 'offset'] as const) {
    spans[name] = grown(spans[name], capacity);
  }
  for (const name of ['spanId', 'parentId', 'start', 'end'] as const) spans[name] = grown(spans[name], capacity * 2);
  spans.kind = grown(spans.kind, capacity);
  spans.status = grown(spans.status, capacity);
  spans.marks = grown(spans.marks, capacity);
  spans.spanFlags = grown(spans.spanFlags, capacity);
}

function column(length: number): Uint32Array {
  return new Uint32Array(length);
}
