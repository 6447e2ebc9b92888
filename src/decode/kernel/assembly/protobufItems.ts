import { stopOdd } from './failure.ts';
import { readAttribute } from './protobufAttributes.ts';
import { lengthAt, lengthSize, skip, tagAt } from './protobufWire.ts';
import { LINK_ROOT, rootOf, shapeOf } from './shapes.ts';
import { addEvent, addLink, idWords } from './spans.ts';
import { intern } from './strings.ts';
import { valueCount } from './values.ts';

/** Span.Event. */
const EVENT_TIME: u32 = 0x09;
const EVENT_NAME: u32 = 0x12;
const EVENT_ATTRIBUTES: u32 = 0x1a;
const EVENT_DROPPED: u32 = 0x20;
/** Span.Link. */
const LINK_TRACE_ID: u32 = 0x0a;
const LINK_SPAN_ID: u32 = 0x12;
const LINK_TRACE_STATE: u32 = 0x1a;
const LINK_ATTRIBUTES: u32 = 0x22;
const LINK_DROPPED: u32 = 0x28;
const LINK_FLAGS: u32 = 0x35;

/** Adds the event that takes all of `[p, end)` to the span that has begun. */
export function readEvent(p: usize, end: usize): void {
  let time: u64 = 0;
  let name: u32 = 0;
  let node: u32 = 0;
  const offset = valueCount;
  while (p < end) {
    const tag = tagAt(p++);
    if (tag === EVENT_TIME) {
      time = load<u64>(p);
      p += 8;
    } else if (tag === EVENT_DROPPED) p = skip(tag, p, end);
    else {
      const length = lengthAt(p, end);
      p += lengthSize(length);
      if (tag === EVENT_NAME) name = intern(p, length);
      else if (tag === EVENT_ATTRIBUTES) node = readAttribute(p, p + length, node === 0 ? rootOf(name) : node);
      else stopOdd();
      p += length;
    }
  }
  if (p !== end) stopOdd();
  addEvent(time, name, shapeOf(node), offset);
}

/** Adds the link that takes all of `[p, end)` to the span that has begun. */
export function readLink(p: usize, end: usize): void {
  let traceFirst: u64 = 0;
  let traceSecond: u64 = 0;
  let spanId: u64 = 0;
  let node: u32 = LINK_ROOT;
  const offset = valueCount;
  while (p < end) {
    const tag = tagAt(p++);
    if (tag === LINK_DROPPED || tag === LINK_FLAGS) {
      p = skip(tag, p, end);
      continue;
    }
    const length = lengthAt(p, end);
    p += lengthSize(length);
    switch (tag) {
      case LINK_TRACE_ID:
        if (length !== 16) stopOdd();
        traceFirst = idWords(load<u64>(p));
        traceSecond = idWords(load<u64>(p, 8));
        break;
      case LINK_SPAN_ID:
        if (length !== 8) stopOdd();
        spanId = idWords(load<u64>(p));
        break;
      case LINK_ATTRIBUTES:
        node = readAttribute(p, p + length, node);
        break;
      case LINK_TRACE_STATE:
        break;
      default:
        stopOdd();
    }
    p += length;
  }
  if (p !== end) stopOdd();
  addLink(traceFirst, traceSecond, spanId, shapeOf(node), offset);
}
