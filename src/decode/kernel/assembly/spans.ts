import { stopFull } from './failure.ts';
import {
  EVENT_NAME,
  EVENT_OFFSET,
  EVENT_SHAPE,
  EVENT_SPAN,
  EVENT_TIME,
  EVENTS,
  LINK_OFFSET,
  LINK_SHAPE,
  LINK_SPAN,
  LINK_SPAN_ID,
  LINK_TRACE_ID,
  LINKS,
  MESSAGE_SPAN,
  MESSAGE_TEXT,
  MESSAGES,
  SPAN_END,
  SPAN_FLAGS,
  SPAN_ID,
  SPAN_KIND,
  SPAN_MARKS,
  SPAN_NAME,
  SPAN_OFFSET,
  SPAN_PARENT_ID,
  SPAN_RESOURCE,
  SPAN_SCOPE,
  SPAN_SHAPE,
  SPAN_START,
  SPAN_STATUS,
  SPAN_TRACE,
  SPAN_TRACE_STATE,
  SPANS,
} from './layout.ts';

/**
 * The columns of spans, events and links. A reader writes each column of a span when it comes by its value and calls
 * `endSpan` once the span is whole; until then it is not counted, and what was written is overwritten by the next.
 */

export let spanCount: u32 = 0;
export let eventCount: u32 = 0;
export let linkCount: u32 = 0;
export let messageCount: u32 = 0;
/** Spans whose end was set to their start. */
export let negativeDurations: u32 = 0;

export function rollBackSpans(spans: u32, events: u32, links: u32, messages: u32, negatives: u32): void {
  spanCount = spans;
  eventCount = events;
  linkCount = links;
  messageCount = messages;
  negativeDurations = negatives;
}

/** The number of the span that begins. */
/* @inline */ export function beginSpan(): u32 {
  if (spanCount === SPANS) stopFull();
  return spanCount;
}

/** Ids as `idWords` gives them; a parent of 0 is none. The trace and the span have an id that is not 0. */
/* @inline */ export function setSpanIds(trace: u32, id: u64, parentId: u64): void {
  store<u32>(SPAN_TRACE + (spanCount << 2), trace);
  store<u64>(SPAN_ID + (spanCount << 3), id);
  store<u64>(SPAN_PARENT_ID + (spanCount << 3), parentId);
}

/** As store/spanBatch.ts has it. */
const ENDS_BEFORE_START: u32 = 2;

/** In nanoseconds since 1970. */
/* @inline */ export function setSpanTimes(start: u64, end: u64): void {
  let last = end;
  let marks: u32 = 0;
  if (end < start) {
    last = start;
    marks = ENDS_BEFORE_START;
    negativeDurations++;
  }
  store<u8>(SPAN_MARKS + spanCount, marks);
  store<u64>(SPAN_START + (spanCount << 3), rotl(start, 32));
  store<u64>(SPAN_END + (spanCount << 3), rotl(last, 32));
}

/** OTLP's numbers, all within their ranges; strings by their numbers. */
/* @inline */ export function setSpanFields(kind: u32, status: u32, name: u32, traceState: u32, flags: u32): void {
  store<u8>(SPAN_KIND + spanCount, kind);
  store<u8>(SPAN_STATUS + spanCount, status);
  store<u32>(SPAN_NAME + (spanCount << 2), name);
  store<u32>(SPAN_TRACE_STATE + (spanCount << 2), traceState);
  store<u16>(SPAN_FLAGS + (spanCount << 1), flags);
}

/* @inline */ export function setSpanOwners(resource: u32, scope: u32): void {
  store<u32>(SPAN_RESOURCE + (spanCount << 2), resource);
  store<u32>(SPAN_SCOPE + (spanCount << 2), scope);
}

/* @inline */ export function setSpanAttributes(shape: u32, offset: u32): void {
  store<u32>(SPAN_SHAPE + (spanCount << 2), shape);
  store<u32>(SPAN_OFFSET + (spanCount << 2), offset);
}

/* @inline */ export function endSpan(): void {
  spanCount++;
}

/** Of the span that has begun. */
export function addMessage(text: u32): void {
  if (messageCount === MESSAGES) stopFull();
  store<u32>(MESSAGE_SPAN + (messageCount << 2), spanCount);
  store<u32>(MESSAGE_TEXT + (messageCount << 2), text);
  messageCount++;
}

/** Of the span that has begun. Time in nanoseconds since 1970. */
export function addEvent(time: u64, name: u32, shape: u32, offset: u32): void {
  if (eventCount === EVENTS) stopFull();
  const at = eventCount << 2;
  store<u32>(EVENT_SPAN + at, spanCount);
  store<u64>(EVENT_TIME + (eventCount << 3), rotl(time, 32));
  store<u32>(EVENT_NAME + at, name);
  store<u32>(EVENT_SHAPE + at, shape);
  store<u32>(EVENT_OFFSET + at, offset);
  eventCount++;
}

/** Of the span that has begun. Ids as `idWords` gives them. */
export function addLink(traceFirst: u64, traceSecond: u64, spanId: u64, shape: u32, offset: u32): void {
  if (linkCount === LINKS) stopFull();
  const at = linkCount << 2;
  store<u32>(LINK_SPAN + at, spanCount);
  store<u64>(LINK_TRACE_ID + (linkCount << 4), traceFirst);
  store<u64>(LINK_TRACE_ID + (linkCount << 4), traceSecond, 8);
  store<u64>(LINK_SPAN_ID + (linkCount << 3), spanId);
  store<u32>(LINK_SHAPE + at, shape);
  store<u32>(LINK_OFFSET + at, offset);
  linkCount++;
}

/**
 * Eight bytes of an id, which came most significant first, as two words that do:
 *
 *     5b 8e ff f7 98 03 81 03   →   in memory  f7 ff 8e 5b | 03 81 03 98
 */
/* @inline */ export function idWords(bytes: u64): u64 {
  return rotl(bswap<u64>(bytes), 32);
}
