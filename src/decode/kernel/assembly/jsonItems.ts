import { byteAt } from './bytes.ts';
import { stopOdd } from './failure.ts';
import { listShape, readAttributes } from './jsonAttributes.ts';
import { SPAN_ID_LENGTH, spanIdAt, TRACE_ID_LENGTH, traceIdAt, traceIdRest } from './jsonIds.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { readTime, time } from './jsonNumbers.ts';
import { behind, CLOSE_BRACE, CLOSE_BRACKET, nextAfter, OPEN_BRACE, OPEN_BRACKET } from './jsonSpace.ts';
import { readString, stringId } from './jsonStrings.ts';
import { LINK_ROOT, rootOf } from './shapes.ts';
import { addEvent, addLink } from './spans.ts';
import { valueCount } from './values.ts';

/** Reads the events at `start`, of the span that has begun. */
export function readEvents(start: usize): usize {
  let p = behind(start, OPEN_BRACKET);
  while (byteAt(p) !== CLOSE_BRACKET) p = nextAfter(readEvent(p), CLOSE_BRACKET);
  return p + 1;
}

export function readLinks(start: usize): usize {
  let p = behind(start, OPEN_BRACKET);
  while (byteAt(p) !== CLOSE_BRACKET) p = nextAfter(readLink(p), CLOSE_BRACKET);
  return p + 1;
}

// Members that were seen: one that comes twice is odd.
const TIME: u32 = 1;
const NAME: u32 = 2;
const ATTRIBUTES: u32 = 4;
const TRACE_ID: u32 = 8;
const SPAN_ID: u32 = 16;

function readEvent(start: usize): usize {
  let at: u64 = 0;
  let name: u32 = 0;
  let shape: u32 = 0;
  let seen: u32 = 0;
  const offset = valueCount;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    let is: u32 = 0;
    if ((v = valueOf(p, 'timeUnixNano')) !== 0) {
      is = TIME;
      end = readTime(v);
      at = time;
    } else if ((v = valueOf(p, 'name')) !== 0) {
      is = NAME;
      end = readString(v);
      name = stringId;
    } else if ((v = valueOf(p, 'attributes')) !== 0) {
      is = ATTRIBUTES;
      end = readAttributes(v, rootOf(name));
      shape = listShape;
    } else end = skipMember(p);
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    p = nextAfter(end, CLOSE_BRACE);
  }
  addEvent(at, name, shape, offset);
  return p + 1;
}

function readLink(start: usize): usize {
  let first: u64 = 0;
  let second: u64 = 0;
  let spanId: u64 = 0;
  let shape: u32 = 0;
  let seen: u32 = 0;
  const offset = valueCount;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    let is: u32 = 0;
    if ((v = valueOf(p, 'traceId')) !== 0) {
      is = TRACE_ID;
      first = traceIdAt(v);
      second = traceIdRest;
      end = v + TRACE_ID_LENGTH;
    } else if ((v = valueOf(p, 'spanId')) !== 0) {
      is = SPAN_ID;
      spanId = spanIdAt(v);
      end = v + SPAN_ID_LENGTH;
    } else if ((v = valueOf(p, 'attributes')) !== 0) {
      is = ATTRIBUTES;
      end = readAttributes(v, LINK_ROOT);
      shape = listShape;
    } else end = skipMember(p);
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    p = nextAfter(end, CLOSE_BRACE);
  }
  addLink(first, second, spanId, shape, offset);
  return p + 1;
}
