import { byteAt } from './bytes.ts';
import { stopOdd } from './failure.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { doubleAt, integerAt, integerType } from './jsonNumbers.ts';
import {
  after,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  endAt,
  firstOf,
  nextOf,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  space,
} from './jsonSpace.ts';
import { likelyStringId, stringId } from './jsonStrings.ts';
import { leadEnd, NOTHING, readValue, value, valueType } from './jsonValues.ts';
import { trueAt } from './jsonWords.ts';
import { childAt, childOf, leadLength, learnLead, setExpectedText, shapeOf, typeOf } from './shapes.ts';
import { addValue, BOOLEAN, DOUBLE, INTEGER, STRING } from './values.ts';

/**
 * Reads the list of attributes at `p` and returns its shape; its values are those that were added. `root` is where its
 * guesses begin. An attribute that stands there as it is expected to is taken in one go, any other member by member:
 *
 *     {"key":"http.method","value":{"stringValue":"GET"}},{"key":"http.route", …
 *     └ lead, compared ────────────────────────────┘└ text, compared
 */
export function attributesAt(p: usize, root: u32): u32 {
  let node = root;
  let element = firstOf(p, OPEN_BRACKET, CLOSE_BRACKET);
  while (element !== 0) {
    const child = childAt(node, element);
    node = child !== 0 && isValueTaken(child, element) ? child : attribute(element, node);
    element = load<u16>(after) === COMMA_BRACE ? after + 1 : nextOf(after, CLOSE_BRACKET);
  }
  return shapeOf(node);
}

/** `,{` and `}}` */
const COMMA_BRACE: u32 = 0x7b2c;
const TWO_BRACES: u32 = 0x7d7d;

/** Takes the value behind the node's lead, which stands at `p`. False, and nothing added, where it is of another form. */
/* @inline */ function isValueTaken(node: u32, p: usize): bool {
  const type = typeOf(node);
  const start = p + leadLength(node);
  let id: u32;
  switch (type) {
    case STRING:
      id = likelyStringId(node, start);
      break;
    case INTEGER:
      id = integerAt(start);
      if (integerType !== INTEGER) return false;
      break;
    case BOOLEAN:
      id = u32(trueAt(start));
      break;
    case DOUBLE:
      id = doubleAt(start);
      break;
    default:
      return false;
  }
  if (load<u16>(after) === TWO_BRACES) endAt(after + 2);
  else if (!isClosed(after)) return false;
  addValue(type, id);
  return true;
}

/** Whether two braces end value and attribute at `p`, with white space around. */
function isClosed(p: usize): bool {
  const first = space(p);
  if (byteAt(first) !== CLOSE_BRACE) return false;
  const second = space(first + 1);
  if (byteAt(second) !== CLOSE_BRACE) return false;
  endAt(second + 1);
  return true;
}

/** Reads the attribute at `p`, whatever it is and in any order, and returns the node that it leads to from `node`. */
function attribute(p: usize, node: u32): u32 {
  let key: u32 = 0;
  let hasKey = false;
  let hasValue = false;
  let lead: usize = 0;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    if ((v = valueOf(member, 'key')) !== 0) {
      if (hasKey) stopOdd();
      hasKey = true;
      key = stringId(v);
    } else if ((v = valueOf(member, 'value')) !== 0) {
      if (hasValue) stopOdd();
      hasValue = true;
      readValue(v);
      lead = hasKey ? leadEnd : 0;
    } else {
      endAt(skipMember(member));
      lead = 0;
    }
    member = nextOf(after, CLOSE_BRACE);
  }
  if (!hasValue || valueType === NOTHING) return node;
  const child = childOf(node, key, valueType);
  addValue(valueType, value);
  if (lead !== 0) learnLead(child, p, lead);
  if (valueType === STRING) setExpectedText(child, value);
  return child;
}
