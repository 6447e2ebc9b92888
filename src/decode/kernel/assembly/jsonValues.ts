import { stopAt } from './failure.ts';
import { arrayTextAt } from './jsonArrays.ts';
import { valueOf } from './jsonKeys.ts';
import { doubleAt, integerAt, integerType } from './jsonNumbers.ts';
import { after, CLOSE_BRACE, firstOf, nextOf, OPEN_BRACE } from './jsonSpace.ts';
import { hasEscapes, stringId } from './jsonStrings.ts';
import { trueAt } from './jsonWords.ts';
import { BOOLEAN, DOUBLE, JSON, STRING } from './values.ts';

/** The AnyValue read last. */
export let valueType: u32 = 0;
export let value: u32 = 0;
/** Where those of its type begin to differ: what stands before is its lead. 0 where it has none. */
export let leadEnd: usize = 0;

/** Nothing in it: such an attribute is left out. */
export const NOTHING: u32 = 0;

/** Reads the AnyValue at `p`: `{"stringValue":"GET"}`. One with several members, and what is seldom seen, is odd. */
export function readValue(p: usize): void {
  valueType = NOTHING;
  leadEnd = 0;
  const member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  if (member === 0) return;
  readMember(member);
  if (nextOf(after, CLOSE_BRACE) !== 0) stopAt(after);
}

function readMember(p: usize): void {
  let v: usize;
  if ((v = valueOf(p, 'stringValue')) !== 0) {
    set(STRING, stringId(v));
    if (!hasEscapes) leadEnd = v + 1;
  } else if ((v = valueOf(p, 'intValue')) !== 0) {
    const integer = integerAt(v);
    set(integerType, integer);
    leadEnd = v;
  } else if ((v = valueOf(p, 'boolValue')) !== 0) {
    set(BOOLEAN, u32(trueAt(v)));
    leadEnd = v;
  } else if ((v = valueOf(p, 'doubleValue')) !== 0) {
    set(DOUBLE, doubleAt(v));
    leadEnd = v;
  } else if ((v = valueOf(p, 'arrayValue')) !== 0) {
    set(JSON, arrayTextAt(v));
  } else stopAt(p);
}

function set(type: u32, id: u32): void {
  valueType = type;
  value = id;
}
