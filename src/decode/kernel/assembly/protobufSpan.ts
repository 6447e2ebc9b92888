import { stopOdd } from './failure.ts';
import { readAttribute } from './protobufAttributes.ts';
import { readEvent, readLink } from './protobufItems.ts';
import { FIXED32, lengthAt, lengthSize, skip, smallNumberAt, tagAt, VARINT } from './protobufWire.ts';
import { rootOf, shapeOf } from './shapes.ts';
import {
  beginSpan,
  endSpan,
  idWords,
  setSpanAttributes,
  setSpanFields,
  setSpanIds,
  setSpanOwners,
  setSpanStatus,
  setSpanTimes,
} from './spans.ts';
import { intern, lengthOf, textOf } from './strings.ts';
import { equalBytes } from './bytes.ts';
import { traceIndex } from './traces.ts';
import { valueCount } from './values.ts';

/** Span (trace.proto). */
const TRACE_ID: u32 = 0x0a;
const SPAN_ID: u32 = 0x12;
const TRACE_STATE: u32 = 0x1a;
const PARENT_SPAN_ID: u32 = 0x22;
const NAME: u32 = 0x2a;
const KIND: u32 = 0x30;
const START: u32 = 0x39;
const END: u32 = 0x41;
const ATTRIBUTES: u32 = 0x4a;
const DROPPED_ATTRIBUTES: u32 = 0x50;
const EVENTS: u32 = 0x5a;
const DROPPED_EVENTS: u32 = 0x60;
const LINKS: u32 = 0x6a;
const DROPPED_LINKS: u32 = 0x70;
const STATUS: u32 = 0x7a;
/** Field 16 is the first whose tag takes two bytes. */
const FLAGS_FIRST: u32 = 0x80 | ((16 << 3) & 0x7f) | FIXED32;
const FLAGS_SECOND: u32 = 16 >> 4;
/** Status. */
const STATUS_MESSAGE: u32 = 0x12;
const STATUS_CODE: u32 = 0x18;

/** OTLP's numbers; what is above them counts as 0, unset. */
const LAST_KIND: u32 = 5;
const LAST_STATUS: u32 = 2;

const TRACE_ID_BYTES: u32 = 16;
const SPAN_ID_BYTES: u32 = 8;

/** The name of the span before: many in a row have the same. */
let lastName: u32 = 0;

/** Of the status read last. */
let statusCode: u32 = 0;
let statusMessage: u32 = 0;

export function beginSpans(): void {
  lastName = 0;
}

/** Adds the span that takes all of `[p, end)`. */
export function readSpan(p: usize, end: usize, resource: u32, scope: u32): void {
  let traceFirst: u64 = 0;
  let traceSecond: u64 = 0;
  let id: u64 = 0;
  let parentId: u64 = 0;
  let start: u64 = 0;
  let last: u64 = 0;
  let name: u32 = 0;
  let kind: u32 = 0;
  let traceState: u32 = 0;
  let flags: u32 = 0;
  let node: u32 = 0;
  let hasItems = false;
  const offset = valueCount;
  statusCode = 0;
  statusMessage = 0;
  beginSpan();
  while (p < end) {
    const tag = tagAt(p++);
    if (tag === START || tag === END) {
      if (tag === START) start = load<u64>(p);
      else last = load<u64>(p);
      p += 8;
      continue;
    }
    if ((tag & 7) === VARINT) {
      if (tag === KIND) kind = smallNumberAt(p);
      else if (tag !== DROPPED_ATTRIBUTES && tag !== DROPPED_EVENTS && tag !== DROPPED_LINKS) stopOdd();
      p = skip(tag, p, end);
      continue;
    }
    if (tag === FLAGS_FIRST) {
      if (load<u8>(p) !== FLAGS_SECOND) stopOdd();
      flags = load<u32>(p, 1) & 0xffff;
      p += 5;
      continue;
    }
    const length = lengthAt(p, end);
    p += lengthSize(length);
    switch (tag) {
      case ATTRIBUTES:
        // In the value column a list is in one piece.
        if (hasItems) stopOdd();
        node = readAttribute(p, p + length, node === 0 ? rootOf(name) : node);
        break;
      case TRACE_ID:
        if (length !== TRACE_ID_BYTES) stopOdd();
        traceFirst = idWords(load<u64>(p));
        traceSecond = idWords(load<u64>(p, 8));
        break;
      case SPAN_ID:
        if (length !== SPAN_ID_BYTES) stopOdd();
        id = idWords(load<u64>(p));
        break;
      case PARENT_SPAN_ID:
        if (length !== 0 && length !== SPAN_ID_BYTES) stopOdd();
        parentId = length === 0 ? 0 : idWords(load<u64>(p));
        break;
      case NAME:
        name = likelyName(p, length);
        break;
      case EVENTS:
        hasItems = true;
        readEvent(p, p + length);
        break;
      case LINKS:
        hasItems = true;
        readLink(p, p + length);
        break;
      case STATUS:
        readStatus(p, p + length);
        break;
      case TRACE_STATE:
        traceState = intern(p, length);
        break;
      default:
        stopOdd();
    }
    p += length;
  }
  // The TypeScript decoder says which spans are left out, and which kinds there are none of.
  if (p !== end || id === 0 || (traceFirst | traceSecond) === 0 || kind > LAST_KIND) stopOdd();
  setSpanIds(traceIndex(traceFirst, traceSecond), id, parentId);
  setSpanTimes(start, last);
  setSpanFields(kind, name, traceState, flags);
  setSpanStatus(statusCode, statusMessage);
  setSpanOwners(resource, scope);
  setSpanAttributes(shapeOf(node), offset);
  endSpan();
}

/* @inline */ function likelyName(p: usize, length: u32): u32 {
  if (lengthOf(lastName) !== length || !equalBytes(p, textOf(lastName), length)) lastName = intern(p, length);
  return lastName;
}

function readStatus(p: usize, end: usize): void {
  while (p < end) {
    const tag = tagAt(p++);
    if (tag === STATUS_CODE) {
      statusCode = smallNumberAt(p++);
      if (statusCode > LAST_STATUS) stopOdd();
    } else if (tag === STATUS_MESSAGE) {
      const length = lengthAt(p, end);
      p += lengthSize(length);
      statusMessage = intern(p, length);
      p += length;
    } else stopOdd();
  }
  if (p !== end) stopOdd();
}
