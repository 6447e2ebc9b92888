import { stopOdd } from './failure.ts';
import { ARRAY_VALUE, BYTES_VALUE, compoundText, MAP_VALUE } from './protobufCompound.ts';
import { lengthAt, lengthSize, numberIn, tagAt } from './protobufWire.ts';
import {
  childAt,
  childOf,
  expectedText,
  expectedTextLength,
  isExpectedTextAt,
  leadLength,
  learnLead,
  setExpectedText,
  typeOf,
} from './shapes.ts';
import { intern } from './strings.ts';
import {
  addValue,
  BOOLEAN,
  DOUBLE,
  doubleValue,
  INTEGER,
  integerValue,
  JSON,
  LARGEST_INTEGER,
  STRING,
} from './values.ts';

/**
 * KeyValue and AnyValue (common.proto), in the one form that encoders give them:
 *
 *     0a 0b "http.method"  12  05  0a 03 "GET"
 *     ╰────── lead ──────────╯ ╰ length of the value
 *                                  ╰ tag of its one member, and that
 */
const KEY: u32 = 0x0a;
const VALUE: u32 = 0x12;

const STRING_VALUE: u32 = 0x0a;
const BOOLEAN_VALUE: u32 = 0x10;
const INTEGER_VALUE: u32 = 0x18;
const DOUBLE_VALUE: u32 = 0x21;

/** Adds the attribute that takes all of `[p, end)` to the list that has come to `node`; the node that it leads to. */
/* @inline */ export function readAttribute(p: usize, end: usize, node: u32): u32 {
  const child = childAt(node, p);
  return child !== 0 && readExpected(p + leadLength(child), end, child) ? child : readAny(p, end, node);
}

/** `p` is where the length of the value should be. False where the value is of another type than the node's. */
/* @inline */ function readExpected(p: usize, end: usize, node: u32): bool {
  const length = <u32>load<u8>(p);
  const value = p + 1;
  if (value + length !== end || length >= 0x80) return false;
  const tag = tagAt(value);
  switch (typeOf(node)) {
    case STRING: {
      if (tag !== STRING_VALUE || length < 2 || load<u8>(value, 1) !== length - 2) return false;
      addValue(STRING, likelyText(value + 2, length - 2, node));
      return true;
    }
    case INTEGER:
      if (tag !== INTEGER_VALUE) return false;
      addValue(INTEGER, integerIn(value + 1, end));
      return true;
    case BOOLEAN:
      if (tag !== BOOLEAN_VALUE) return false;
      addValue(BOOLEAN, u32(numberIn(value + 1, end) !== 0));
      return true;
    case DOUBLE:
      if (tag !== DOUBLE_VALUE || length !== 9) return false;
      addValue(DOUBLE, doubleValue(load<f64>(value, 1)));
      return true;
    default:
      return false;
  }
}

/* @inline */ function likelyText(p: usize, length: u32, node: u32): u32 {
  if (expectedTextLength(node) === length && isExpectedTextAt(node, p)) return expectedText(node);
  const text = intern(p, length);
  setExpectedText(node, text);
  return text;
}

/** Any key and any value; what leads to it is learnt. */
function readAny(p: usize, end: usize, node: u32): u32 {
  if (tagAt(p) !== KEY) stopOdd();
  const keyLength = lengthAt(p + 1, end);
  const keyStart = p + 1 + lengthSize(keyLength);
  const keyEnd = keyStart + keyLength;
  if (keyEnd === end || tagAt(keyEnd) !== VALUE) stopOdd();
  const length = lengthAt(keyEnd + 1, end);
  const value = keyEnd + 1 + lengthSize(length);
  if (length === 0 || value + length !== end) stopOdd();
  const key = intern(keyStart, keyLength);
  const tag = tagAt(value);
  const type = typeOfTag(tag);
  const child = childOf(node, key, type);
  learnLead(child, p, keyEnd + 1);
  switch (type) {
    case STRING: {
      const start = textStart(value + 1, end);
      addValue(STRING, likelyText(start, <u32>(end - start), child));
      break;
    }
    case INTEGER:
      addValue(INTEGER, integerIn(value + 1, end));
      break;
    case BOOLEAN:
      addValue(BOOLEAN, u32(numberIn(value + 1, end) !== 0));
      break;
    case DOUBLE:
      if (length !== 9) stopOdd();
      addValue(DOUBLE, doubleValue(load<f64>(value, 1)));
      break;
    default:
      addValue(JSON, compoundText(tag, textStart(value + 1, end), end));
  }
  return child;
}

/** Where the bytes begin whose length stands at `p`, and which end at `end`. */
function textStart(p: usize, end: usize): usize {
  const length = lengthAt(p, end);
  const start = p + lengthSize(length);
  if (start + length !== end) stopOdd();
  return start;
}

function typeOfTag(tag: u32): u32 {
  switch (tag) {
    case STRING_VALUE:
      return STRING;
    case BOOLEAN_VALUE:
      return BOOLEAN;
    case INTEGER_VALUE:
      return INTEGER;
    case DOUBLE_VALUE:
      return DOUBLE;
    case ARRAY_VALUE:
    case MAP_VALUE:
    case BYTES_VALUE:
      return JSON;
    default:
      stopOdd();
      return 0;
  }
}

/** The number in `[p, end)` as the value column has it; one that a double cannot hold is odd. */
function integerIn(p: usize, end: usize): u32 {
  const number = numberIn(p, end);
  if (number > LARGEST_INTEGER || number < -LARGEST_INTEGER) stopOdd();
  return integerValue(number);
}
