import { byteAt } from './bytes.ts';
import { stopAt } from './failure.ts';
import { arrayId, readArray } from './jsonArrays.ts';
import { valueOf } from './jsonKeys.ts';
import { double, integer, integerType, readDouble, readInteger } from './jsonNumbers.ts';
import { behind, CLOSE_BRACE, nextAfter, OPEN_BRACE } from './jsonSpace.ts';
import { hasEscapes, readString, stringId } from './jsonStrings.ts';
import { isTrue, readBoolean } from './jsonWords.ts';
import { BOOLEAN, DOUBLE, JSON, STRING } from './values.ts';

/** The AnyValue read last. */
export let valueType: u32 = 0;
export let value: u32 = 0;
/** Where those of its type begin to differ: what stands before is its lead. 0 where it has none. */
export let leadEnd: usize = 0;

/** A type: there is nothing in the value, so its attribute is left out. */
export const NOTHING: u32 = 0;

/** Reads the AnyValue at `p`: `{"stringValue":"GET"}`. One with several members, and what is seldom seen, is odd. */
export function readValue(p: usize): usize {
  valueType = NOTHING;
  leadEnd = 0;
  const member = behind(p, OPEN_BRACE);
  if (byteAt(member) === CLOSE_BRACE) return member + 1;
  const end = nextAfter(readMember(member), CLOSE_BRACE);
  if (byteAt(end) !== CLOSE_BRACE) stopAt(end);
  return end + 1;
}

function readMember(p: usize): usize {
  let v = valueOf(p, 'stringValue');
  if (v !== 0) {
    const end = readString(v);
    set(STRING, stringId, hasEscapes ? 0 : v + 1);
    return end;
  }
  v = valueOf(p, 'intValue');
  if (v !== 0) {
    const end = readInteger(v);
    set(integerType, integer, v);
    return end;
  }
  v = valueOf(p, 'boolValue');
  if (v !== 0) {
    const end = readBoolean(v);
    set(BOOLEAN, u32(isTrue), v);
    return end;
  }
  v = valueOf(p, 'doubleValue');
  if (v !== 0) {
    const end = readDouble(v);
    set(DOUBLE, double, v);
    return end;
  }
  v = valueOf(p, 'arrayValue');
  if (v === 0) stopAt(p);
  const end = readArray(v);
  set(JSON, arrayId, 0);
  return end;
}

function set(type: u32, id: u32, lead: usize): void {
  valueType = type;
  value = id;
  leadEnd = lead;
}
