import { byteAt } from './bytes.ts';
import { stopAt, stopOdd } from './failure.ts';
import { attributesAt } from './jsonAttributes.ts';
import { parentIdAt, readTraceId, spanIdAt, traceFirst, traceSecond } from './jsonIds.ts';
import { readEvents, readLinks } from './jsonItems.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { enumAt, flagsAt, timeAt } from './jsonNumbers.ts';
import { after, CLOSE_BRACE, endAt, firstOf, nextOf, OPEN_BRACE, QUOTE } from './jsonSpace.ts';
import { likelyStringId, stringId } from './jsonStrings.ts';
import { rootOf } from './shapes.ts';
import {
  addMessage,
  beginSpan,
  endSpan,
  setSpanAttributes,
  setSpanFields,
  setSpanIds,
  setSpanOwners,
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
export function readSpan(p: usize, resource: u32, scope: u32): void {
  beginSpan();
  let seen: u32 = 0;
  let first: u64 = 0;
  let second: u64 = 0;
  let id: u64 = 0;
  let parentId: u64 = 0;
  let traceState: u32 = 0;
  let flags: u32 = 0;
  let name: u32 = 0;
  let kind: u32 = 0;
  let start: u64 = 0;
  let end: u64 = 0;
  let shape: u32 = 0;
  let offset: u32 = 0;
  let status: u32 = 0;

  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let is: u32 = 0;
    let v: usize = 0;
    switch (load<u32>(member, 1)) {
      case TRAC:
        if ((v = valueOf(member, 'traceId')) !== 0) {
          is = TRACE_ID;
          readTraceId(v);
          first = traceFirst;
          second = traceSecond;
        } else if ((v = valueOf(member, 'traceState')) !== 0) {
          is = TRACE_STATE;
          traceState = stringId(v);
        }
        break;
      case SPAN:
        if ((v = valueOf(member, 'spanId')) === 0) break;
        is = SPAN_ID;
        id = spanIdAt(v);
        break;
      case PARE:
        if ((v = valueOf(member, 'parentSpanId')) === 0) break;
        is = PARENT_ID;
        parentId = parentIdAt(v);
        break;
      case FLAG:
        if ((v = valueOf(member, 'flags')) === 0) break;
        is = FLAGS;
        flags = flagsAt(v);
        break;
      case NAME_:
        if ((v = valueOf(member, 'name')) === 0) break;
        is = NAME;
        name = nameAt(v);
        break;
      case KIND_:
        if ((v = valueOf(member, 'kind')) === 0) break;
        is = KIND;
        kind = enumAt(v, KINDS);
        break;
      case STAR:
        if ((v = valueOf(member, 'startTimeUnixNano')) === 0) break;
        is = START;
        start = timeAt(v);
        break;
      case ENDT:
        if ((v = valueOf(member, 'endTimeUnixNano')) === 0) break;
        is = END;
        end = timeAt(v);
        break;
      case ATTR:
        if ((v = valueOf(member, 'attributes')) === 0) break;
        is = ATTRIBUTES;
        offset = valueCount;
        shape = attributesAt(v, rootOf(name));
        break;
      case EVEN:
        if ((v = valueOf(member, 'events')) === 0) break;
        is = EVENTS;
        readEvents(v);
        break;
      case LINK:
        if ((v = valueOf(member, 'links')) === 0) break;
        is = LINKS;
        readLinks(v);
        break;
      case STAT:
        if ((v = valueOf(member, 'status')) === 0) break;
        is = STATUS;
        status = statusAt(v);
        break;
    }
    if (v === 0) endAt(skipMember(member));
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    member = load<u16>(after) === COMMA_QUOTE ? after + 1 : nextOf(after, CLOSE_BRACE);
  }

  // The TypeScript decoder says which spans are left out, and why.
  if ((first | second) === 0 || id === 0) stopOdd();
  setSpanIds(traceIndex(first, second), id, parentId);
  setSpanTimes(start, end);
  setSpanFields(kind, status, name, traceState, flags);
  setSpanOwners(resource, scope);
  setSpanAttributes(shape, offset);
  endSpan();
}

/** The name of the span before. */
let lastName: u32 = 0;

/** What a span is called depends on what the one before it is called: its text is kept with the root of that name. */
/* @inline */ function nameAt(p: usize): u32 {
  if (byteAt(p) !== QUOTE) stopAt(p);
  lastName = likelyStringId(rootOf(lastName), p + 1);
  return lastName;
}

/** `,"` */
const COMMA_QUOTE: u32 = 0x222c;

/** The code; the message is added to the span that has begun. */
function statusAt(p: usize): u32 {
  let code: u32 = 0;
  let hasCode = false;
  let hasMessage = false;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    if ((v = valueOf(member, 'code')) !== 0) {
      if (hasCode) stopOdd();
      hasCode = true;
      code = enumAt(v, STATUS_CODES);
    } else if ((v = valueOf(member, 'message')) !== 0) {
      if (hasMessage) stopOdd();
      hasMessage = true;
      const message = stringId(v);
      if (message !== 0) addMessage(message);
    } else endAt(skipMember(member));
    member = nextOf(after, CLOSE_BRACE);
  }
  return code;
}
