import { byteAt } from './bytes.ts';
import { stopOdd } from './failure.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { double, integer, integerType, readDouble, readInteger } from './jsonNumbers.ts';
import { behind, CLOSE_BRACE, CLOSE_BRACKET, nextAfter, OPEN_BRACE, OPEN_BRACKET, space } from './jsonSpace.ts';
import { readLikelyString, readString, stringId } from './jsonStrings.ts';
import { leadEnd, NOTHING, readValue, value, valueType } from './jsonValues.ts';
import { isTrue, readBoolean } from './jsonWords.ts';
import { childAt, childOf, leadLength, learnLead, setExpectedText, shapeOf, typeOf } from './shapes.ts';
import { addValue, BOOLEAN, DOUBLE, INTEGER, STRING } from './values.ts';

/** The shape of the list read last; its values are those that were added. */
export let listShape: u32 = 0;

/**
 * Reads the list of attributes at `p`. `root` is where its guesses begin. An attribute that stands there as it is
 * expected to is taken in one go, any other member by member:
 *
 *     {"key":"http.method","value":{"stringValue":"GET"}},{"key":"http.route", …
 *     └ lead, compared ────────────────────────────┘└ text, compared
 */
export function readAttributes(start: usize, root: u32): usize {
  let node = root;
  let p = behind(start, OPEN_BRACKET);
  while (byteAt(p) !== CLOSE_BRACKET) {
    const child = childAt(node, p);
    let end: usize = child === 0 ? 0 : takeExpected(p + leadLength(child), typeOf(child), child);
    if (end !== 0) node = child;
    else {
      end = readAttribute(p, node);
      node = nodeAfter;
    }
    p = load<u16>(end) === COMMA_BRACE ? end + 1 : nextAfter(end, CLOSE_BRACKET);
  }
  listShape = shapeOf(node);
  return p + 1;
}

/** `,{` and `}}` */
const COMMA_BRACE: u32 = 0x7b2c;
const TWO_BRACES: u32 = 0x7d7d;

/** Takes the value behind the node's lead, and the attribute's end. 0, and nothing added, where it is of another form. */
/* @inline */ function takeExpected(p: usize, type: u32, node: u32): usize {
  let end: usize;
  let id: u32;
  if (type === STRING) {
    end = readLikelyString(p, node);
    id = stringId;
  } else if (type === INTEGER) {
    end = readInteger(p);
    if (integerType !== INTEGER) return 0;
    id = integer;
  } else if (type === BOOLEAN) {
    end = readBoolean(p);
    id = u32(isTrue);
  } else if (type === DOUBLE) {
    end = readDouble(p);
    id = double;
  } else return 0;
  end = load<u16>(end) === TWO_BRACES ? end + 2 : behindTwoBraces(end);
  if (end !== 0) addValue(type, id);
  return end;
}

/** Behind the two braces that end value and attribute, with white space around; 0 where another byte stands. */
function behindTwoBraces(p: usize): usize {
  const first = space(p);
  if (byteAt(first) !== CLOSE_BRACE) return 0;
  const second = space(first + 1);
  return byteAt(second) === CLOSE_BRACE ? second + 1 : 0;
}

/** The node that the attribute read last leads to. */
let nodeAfter: u32 = 0;

/** Reads the attribute at `start`, whatever it is and in any order, behind those that lead to `node`. */
function readAttribute(start: usize, node: u32): usize {
  let key: u32 = 0;
  let hasKey = false;
  let hasValue = false;
  let lead: usize = 0;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    if ((v = valueOf(p, 'key')) !== 0) {
      if (hasKey) stopOdd();
      hasKey = true;
      end = readString(v);
      key = stringId;
    } else if ((v = valueOf(p, 'value')) !== 0) {
      if (hasValue) stopOdd();
      hasValue = true;
      end = readValue(v);
      lead = hasKey ? leadEnd : 0;
    } else {
      end = skipMember(p);
      lead = 0;
    }
    p = nextAfter(end, CLOSE_BRACE);
  }
  nodeAfter = node;
  if (hasValue && valueType !== NOTHING) {
    nodeAfter = childOf(node, key, valueType);
    addValue(valueType, value);
    if (lead !== 0) learnLead(nodeAfter, start, lead);
    if (valueType === STRING) setExpectedText(nodeAfter, value);
  }
  return p + 1;
}
