import { stopOdd } from './failure.ts';
import { attributesAt } from './jsonAttributes.ts';
import { readTraceId, spanIdAt, traceFirst, traceSecond } from './jsonIds.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { timeAt } from './jsonNumbers.ts';
import { after, CLOSE_BRACE, CLOSE_BRACKET, endAt, firstOf, nextOf, OPEN_BRACE, OPEN_BRACKET } from './jsonSpace.ts';
import { stringId } from './jsonStrings.ts';
import { LINK_ROOT, rootOf } from './shapes.ts';
import { addEvent, addLink } from './spans.ts';
import { valueCount } from './values.ts';

/** Reads the events at `p`, of the span that has begun. */
export function readEvents(p: usize): void {
  let element = firstOf(p, OPEN_BRACKET, CLOSE_BRACKET);
  while (element !== 0) {
    readEvent(element);
    element = nextOf(after, CLOSE_BRACKET);
  }
}

export function readLinks(p: usize): void {
  let element = firstOf(p, OPEN_BRACKET, CLOSE_BRACKET);
  while (element !== 0) {
    readLink(element);
    element = nextOf(after, CLOSE_BRACKET);
  }
}

// Members that were seen: one that comes twice is odd.
const TIME: u32 = 1;
const NAME: u32 = 2;
const ATTRIBUTES: u32 = 4;
const TRACE_ID: u32 = 8;
const SPAN_ID: u32 = 16;

function readEvent(p: usize): void {
  let time: u64 = 0;
  let name: u32 = 0;
  let shape: u32 = 0;
  let seen: u32 = 0;
  const offset = valueCount;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    let is: u32 = 0;
    if ((v = valueOf(member, 'timeUnixNano')) !== 0) {
      is = TIME;
      time = timeAt(v);
    } else if ((v = valueOf(member, 'name')) !== 0) {
      is = NAME;
      name = stringId(v);
    } else if ((v = valueOf(member, 'attributes')) !== 0) {
      is = ATTRIBUTES;
      shape = attributesAt(v, rootOf(name));
    } else endAt(skipMember(member));
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    member = nextOf(after, CLOSE_BRACE);
  }
  addEvent(time, name, shape, offset);
}

function readLink(p: usize): void {
  let first: u64 = 0;
  let second: u64 = 0;
  let spanId: u64 = 0;
  let shape: u32 = 0;
  let seen: u32 = 0;
  const offset = valueCount;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    let is: u32 = 0;
    if ((v = valueOf(member, 'traceId')) !== 0) {
      is = TRACE_ID;
      readTraceId(v);
      first = traceFirst;
      second = traceSecond;
    } else if ((v = valueOf(member, 'spanId')) !== 0) {
      is = SPAN_ID;
      spanId = spanIdAt(v);
    } else if ((v = valueOf(member, 'attributes')) !== 0) {
      is = ATTRIBUTES;
      shape = attributesAt(v, LINK_ROOT);
    } else endAt(skipMember(member));
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    member = nextOf(after, CLOSE_BRACE);
  }
  addLink(first, second, spanId, shape, offset);
}
