import type { StringTable } from '../base/strings.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import {
  EVENT_WORDS,
  LINK_WORDS,
  openSlot,
  reserveItems,
  reserveSpans,
  type RawSpanItems,
  type RawSpans,
  type Slots,
} from './rawSpans.ts';
import type { BatchStrings, SpanBatch } from './spanBatch.ts';
import type { TraceIndex } from './traceIndex.ts';

/** The dataset's number of each of a batch's numbers. */
export interface BatchNumbers {
  readonly strings: Uint32Array;
  readonly shapes: Uint32Array;
  readonly traces: Uint32Array;
  readonly resources: Uint32Array;
  readonly scopes: Uint32Array;
  /** Added to offsets into the values. */
  readonly firstValue: number;
}

export function internAll(strings: StringTable, batch: BatchStrings): Uint32Array {
  const { count, offsets, hashes, bytes } = batch;
  const ids = new Uint32Array(count);
  for (let i = 1; i < count; i++) ids[i] = strings.internHashed(bytes, offsets[i], offsets[i + 1], hashes[i]);
  return ids;
}

export function traceNumbers(traces: TraceIndex, { traceCount, traceId }: SpanBatch['spans']): Uint32Array {
  const numbers = new Uint32Array(traceCount);
  for (let trace = 0, at = 0; trace < traceCount; trace++, at += 4) {
    numbers[trace] = traces.indexOf(traceId[at], traceId[at + 1], traceId[at + 2], traceId[at + 3]);
  }
  return numbers;
}

/** The first `count` of a batch's spans go behind those in `to`. */
export function appendSpans(to: RawSpans, from: SpanBatch['spans'], count: number, numbers: BatchNumbers): void {
  const first = to.count;
  reserveSpans(to, first + count);
  for (const name of ['spanId', 'parentId', 'start', 'end'] as const) {
    to[name].set(from[name].subarray(0, count * 2), first * 2);
  }
  to.kind.set(from.kind.subarray(0, count), first);
  to.status.set(from.status.subarray(0, count), first);
  to.marks.set(from.marks.subarray(0, count), first);
  to.spanFlags.set(from.spanFlags.subarray(0, count), first);
  renumber(to.trace, first, from.trace, count, numbers.traces);
  renumber(to.name, first, from.name, count, numbers.strings);
  renumber(to.traceState, first, from.traceState, count, numbers.strings);
  renumber(to.resource, first, from.resource, count, numbers.resources);
  renumber(to.scope, first, from.scope, count, numbers.scopes);
  appendLists(to, first, from, count, numbers);
  to.count = first + count;
}

/** The events of a batch's first `spanCount` spans. */
export function appendEvents(
  to: RawSpanItems,
  from: SpanBatch['events'],
  firstSpan: number,
  spanCount: number,
  numbers: BatchNumbers,
): void {
  const count = itemsOf(from, spanCount);
  reserveItems(to, to.count + count, EVENT_WORDS);
  renumber(to.narrow, to.count, from.narrow, count, numbers.strings);
  to.wide.set(from.wide.subarray(0, count * 2), to.count * 2);
  appendItems(to, from, firstSpan, count, numbers);
}

/** The links of a batch's first `spanCount` spans. */
export function appendLinks(
  to: RawSpanItems,
  from: SpanBatch['links'],
  firstSpan: number,
  spanCount: number,
  numbers: BatchNumbers,
): void {
  const count = itemsOf(from, spanCount);
  reserveItems(to, to.count + count, LINK_WORDS);
  to.narrow.set(from.narrow.subarray(0, count * 2), to.count * 2);
  to.wide.set(from.wide.subarray(0, count * 4), to.count * 4);
  appendItems(to, from, firstSpan, count, numbers);
}

/** Resources or scopes: slot 0, the empty one, is there already. Returns the slots here, `zero` for the batch's slot 0. */
export function appendSlots(
  to: Slots,
  from: SpanBatch['resources'] & Partial<Slots>,
  zero: number,
  numbers: Pick<BatchNumbers, 'strings' | 'shapes' | 'firstValue'>,
): Uint32Array {
  const slots = new Uint32Array(from.count);
  slots[0] = zero;
  for (let i = 1; i < from.count; i++) {
    const slot = openSlot(to);
    slots[i] = slot;
    to.shape[slot] = numbers.shapes[from.shape[i]];
    to.offset[slot] = from.shape[i] === EMPTY_SHAPE ? 0 : from.offset[i] + numbers.firstValue;
    if (from.name) to.name[slot] = numbers.strings[from.name[i]];
    if (from.version) to.version[slot] = numbers.strings[from.version[i]];
  }
  return slots;
}

/** Items come in the order of their spans. */
function itemsOf(items: SpanBatch['events'], spanCount: number): number {
  let { count } = items;
  while (count > 0 && items.span[count - 1] >= spanCount) count--;
  return count;
}

function appendItems(
  to: RawSpanItems,
  from: SpanBatch['events'],
  firstSpan: number,
  count: number,
  numbers: BatchNumbers,
): void {
  for (let i = 0; i < count; i++) to.span[to.count + i] = from.span[i] + firstSpan;
  appendLists(to, to.count, from, count, numbers);
  to.count += count;
}

function appendLists(to: Lists, at: number, from: Readonly<Lists>, count: number, numbers: BatchNumbers): void {
  renumber(to.shape, at, from.shape, count, numbers.shapes);
  const { firstValue } = numbers;
  for (let i = 0; i < count; i++) {
    to.offset[at + i] = from.shape[i] === EMPTY_SHAPE ? 0 : from.offset[i] + firstValue;
  }
}

function renumber(to: Uint32Array, at: number, from: Uint32Array, count: number, numbers: Uint32Array): void {
  for (let i = 0; i < count; i++) to[at + i] = numbers[from[i]];
}

interface Lists {
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
}
