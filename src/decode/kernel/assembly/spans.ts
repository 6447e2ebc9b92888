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
  SPAN_ROW_LOG2,
  SPAN_ROWS,
  SPAN_TRACE,
  SPANS,
} from './layout.ts';

/**
 * Spans, events and links. A reader fills a span's row and calls `endSpan` once the span is whole; until then it is not
 * counted, and what was written is overwritten by the next.
 */

// A row, by offsets: what it is given is all of it. Ids and times are two words each, the high one first.
export const ID: usize = 0;
export const PARENT_ID: usize = 8;
export const START: usize = 16;
export const END: usize = 24;
export const NAME: usize = 32;
export const TRACE_STATE: usize = 36;
export const RESOURCE: usize = 40;
export const SCOPE: usize = 44;
export const SHAPE: usize = 48;
export const OFFSET: usize = 52;
/** Kind and status, marks, flags: `factsOf` of store/factsWord.ts. */
export const FACTS: usize = 56;
const KIND_AND_STATUS: usize = 56;
export const MARKS: usize = 57;
const FLAGS: usize = 58;
export const STATUS_MESSAGE: usize = 60;

export let spanCount: u32 = 0;
export let eventCount: u32 = 0;
export let linkCount: u32 = 0;
/** Spans whose end was set to their start. */
export let negativeDurations: u32 = 0;

export function rollBackSpans(spans: u32, events: u32, links: u32, negatives: u32): void {
  spanCount = spans;
  eventCount = events;
  linkCount = links;
  negativeDurations = negatives;
}

/** The number of the span that begins. */
/* @inline */ export function beginSpan(): u32 {
  if (spanCount === SPANS) stopFull();
  return spanCount;
}

/* @inline */ function row(): usize {
  return SPAN_ROWS + (spanCount << SPAN_ROW_LOG2);
}

/** Ids as `idWords` gives them; a parent of 0 is none. The trace and the span have an id that is not 0. */
/* @inline */ export function setSpanIds(trace: u32, id: u64, parentId: u64): void {
  store<u32>(SPAN_TRACE + (spanCount << 2), trace);
  store<u64>(row(), id, ID);
  store<u64>(row(), parentId, PARENT_ID);
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
  store<u8>(row(), marks, MARKS);
  store<u64>(row(), rotl(start, 32), START);
  store<u64>(row(), rotl(last, 32), END);
}

/** OTLP's numbers, all within their ranges; strings by their numbers. */
/* @inline */ export function setSpanFields(kind: u32, name: u32, traceState: u32, flags: u32): void {
  store<u8>(row(), kind, KIND_AND_STATUS);
  store<u32>(row(), name, NAME);
  store<u32>(row(), traceState, TRACE_STATE);
  store<u16>(row(), flags, FLAGS);
}

/** After the fields. OTLP's number, and the string. */
/* @inline */ export function setSpanStatus(status: u32, message: u32): void {
  store<u8>(row(), load<u8>(row(), KIND_AND_STATUS) | (status << 4), KIND_AND_STATUS);
  store<u32>(row(), message, STATUS_MESSAGE);
}

/* @inline */ export function setSpanOwners(resource: u32, scope: u32): void {
  store<u32>(row(), resource, RESOURCE);
  store<u32>(row(), scope, SCOPE);
}

/* @inline */ export function setSpanAttributes(shape: u32, offset: u32): void {
  store<u32>(row(), shape, SHAPE);
  store<u32>(row(), offset, OFFSET);
}

/* @inline */ export function endSpan(): void {
  spanCount++;
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
