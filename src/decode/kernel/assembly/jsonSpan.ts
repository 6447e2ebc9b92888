import { byteAt } from './bytes.ts';
import { stopAt, stopOdd } from './failure.ts';
import { listShape, readAttributes } from './jsonAttributes.ts';
import { isEmptyAt, SPAN_ID_LENGTH, spanIdAt, TRACE_ID_LENGTH, traceIdAt, traceIdRest } from './jsonIds.ts';
import { readEvents, readLinks } from './jsonItems.ts';
import { keyedValue, skipMember, valueOf } from './jsonKeys.ts';
import { enumValue, flags, readEnum, readFlags, readTime, time } from './jsonNumbers.ts';
import { behind, CLOSE_BRACE, nextAfter, OPEN_BRACE, QUOTE } from './jsonSpace.ts';
import { readLikelyString, readString, stringId } from './jsonStrings.ts';
import { rootOf } from './shapes.ts';
import {
  beginSpan,
  endSpan,
  setSpanAttributes,
  setSpanFields,
  setSpanIds,
  setSpanOwners,
  setSpanStatus,
  setSpanTimes,
} from './spans.ts';
import { traceIndex } from './traces.ts';
import { valueCount } from './values.ts';

// Members that were seen: one that comes twice is odd.
const TRACE_ID: u32 = 1;
const SPAN_ID: u32 = 1 << 1;
const PARENT_ID: u32 = 1 << 2;
const TRACE_STATE: u32 = 1 << 3;
const FLAGS: u32 = 1 << 4;
const NAME: u32 = 1 << 5;
const KIND: u32 = 1 << 6;
const START: u32 = 1 << 7;
const END: u32 = 1 << 8;
const ATTRIBUTES: u32 = 1 << 9;
const EVENTS: u32 = 1 << 10;
const LINKS: u32 = 1 << 11;
const STATUS: u32 = 1 << 12;

const KINDS: u32 = 6;
const STATUS_CODES: u32 = 3;

/** The first four letters of keys, as one number: which key it may be is decided by one comparison each. */
const TRAC: u32 = 0x63617274;
const SPAN: u32 = 0x6e617073;
const PARE: u32 = 0x65726170;
const FLAG: u32 = 0x67616c66;
const NAME_: u32 = 0x656d616e;
const KIND_: u32 = 0x646e696b;
const STAR: u32 = 0x72617473;
const ENDT: u32 = 0x54646e65;
const ATTR: u32 = 0x72747461;
const EVEN: u32 = 0x6e657665;
const LINK: u32 = 0x6b6e696c;
const STAT: u32 = 0x74617473;

/** Reads the span at `p`, of this resource and scope, its members in any order. */
export function readSpan(p: usize, resource: u32, scope: u32): usize {
  beginSpan();
  statusCode = 0;
  statusMessage = 0;
  let seen: u32 = 0;
  let first: u64 = 0;
  let second: u64 = 0;
  let id: u64 = 0;
  let parentId: u64 = 0;
  let traceState: u32 = 0;
  let spanFlags: u32 = 0;
  let name: u32 = 0;
  let kind: u32 = 0;
  let startTime: u64 = 0;
  let endTime: u64 = 0;
  let shape: u32 = 0;
  let offset: u32 = 0;

  let member = behind(p, OPEN_BRACE);
  while (byteAt(member) !== CLOSE_BRACE) {
    let is: u32 = 0;
    let v: usize = 0;
    let end: usize = 0;
    switch (load<u32>(member, 1)) {
      case TRAC:
        if ((v = keyedValue(member, 'traceId')) !== 0) {
          is = TRACE_ID;
          first = traceIdAt(v);
          second = traceIdRest;
          end = v + TRACE_ID_LENGTH;
        } else if ((v = valueOf(member, 'traceState')) !== 0) {
          is = TRACE_STATE;
          end = readString(v);
          traceState = stringId;
        }
        break;
      case SPAN:
        if ((v = keyedValue(member, 'spanId')) === 0) break;
        is = SPAN_ID;
        id = spanIdAt(v);
        end = v + SPAN_ID_LENGTH;
        break;
      case PARE:
        if ((v = keyedValue(member, 'parentSpanId')) === 0) break;
        is = PARENT_ID;
        if (isEmptyAt(v)) end = v + 2;
        else {
          parentId = spanIdAt(v);
          end = v + SPAN_ID_LENGTH;
        }
        break;
      case FLAG:
        if ((v = keyedValue(member, 'flags')) === 0) break;
        is = FLAGS;
        end = readFlags(v);
        spanFlags = flags;
        break;
      case NAME_:
        if ((v = keyedValue(member, 'name')) === 0) break;
        is = NAME;
        end = readName(v);
        name = stringId;
        break;
      case KIND_:
        if ((v = keyedValue(member, 'kind')) === 0) break;
        is = KIND;
        end = readEnum(v, KINDS);
        kind = enumValue;
        break;
      case STAR:
        if ((v = keyedValue(member, 'startTimeUnixNano')) === 0) break;
        is = START;
        end = readTime(v);
        startTime = time;
        break;
      case ENDT:
        if ((v = keyedValue(member, 'endTimeUnixNano')) === 0) break;
        is = END;
        end = readTime(v);
        endTime = time;
        break;
      case ATTR:
        if ((v = keyedValue(member, 'attributes')) === 0) break;
        is = ATTRIBUTES;
        offset = valueCount;
        end = readAttributes(v, rootOf(name));
        shape = listShape;
        break;
      case EVEN:
        if ((v = valueOf(member, 'events')) === 0) break;
        is = EVENTS;
        end = readEvents(v);
        break;
      case LINK:
        if ((v = valueOf(member, 'links')) === 0) break;
        is = LINKS;
        end = readLinks(v);
        break;
      case STAT:
        if ((v = keyedValue(member, 'status')) === 0) break;
        is = STATUS;
        end = readStatus(v);
        break;
    }
    if (end === 0) end = skipMember(member);
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    member = load<u16>(end) === COMMA_QUOTE ? end + 1 : nextAfter(end, CLOSE_BRACE);
  }

  // The TypeScript decoder says which spans are left out, and why.
  if ((first | second) === 0 || id === 0) stopOdd();
  setSpanIds(traceIndex(first, second), id, parentId);
  setSpanTimes(startTime, endTime);
  setSpanFields(kind, name, traceState, spanFlags);
  setSpanStatus(statusCode, statusMessage);
  setSpanOwners(resource, scope);
  setSpanAttributes(shape, offset);
  endSpan();
  return member + 1;
}

/** `,"` */
const COMMA_QUOTE: u32 = 0x222c;

/** The name of the span before. */
let lastName: u32 = 0;

/** What a span is called depends on what the one before it is called: its text is kept with the root of that name. */
/* @inline */ function readName(p: usize): usize {
  if (byteAt(p) !== QUOTE) stopAt(p);
  const end = readLikelyString(p + 1, rootOf(lastName));
  lastName = stringId;
  return end;
}

/** Those of the span that is read. */
let statusCode: u32 = 0;
let statusMessage: u32 = 0;

function readStatus(start: usize): usize {
  let hasCode = false;
  let hasMessage = false;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    if ((v = valueOf(p, 'code')) !== 0) {
      if (hasCode) stopOdd();
      hasCode = true;
      end = readEnum(v, STATUS_CODES);
      statusCode = enumValue;
    } else if ((v = valueOf(p, 'message')) !== 0) {
      if (hasMessage) stopOdd();
      hasMessage = true;
      end = readString(v);
      statusMessage = stringId;
    } else end = skipMember(p);
    p = nextAfter(end, CLOSE_BRACE);
  }
  return p + 1;
}
