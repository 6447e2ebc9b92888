import { stopOdd } from './failure.ts';
import { keepMemo, memoLength, memoSlot, RESOURCE, SCOPE } from './memo.ts';
import { openResource, openScope, setResource, setScope } from './owners.ts';
import { readAttribute } from './protobufAttributes.ts';
import { BYTES, lengthAt, lengthSize, skip, tagAt } from './protobufWire.ts';
import { RESOURCE_ROOT, SCOPE_ROOT, shapeOf } from './shapes.ts';
import { intern } from './strings.ts';
import { valueCount } from './values.ts';

/** Resource (resource.proto): what comes as often as spans do has the same bytes nearly every time. */
const RESOURCE_ATTRIBUTES: u32 = 0x0a;
const RESOURCE_DROPPED: u32 = 0x10;
/** InstrumentationScope (common.proto). */
const SCOPE_NAME: u32 = 0x0a;
const SCOPE_VERSION: u32 = 0x12;
const SCOPE_ATTRIBUTES: u32 = 0x1a;
const SCOPE_DROPPED: u32 = 0x20;

/** The slot of the resource that takes all of `[p, end)`. */
export function readResource(p: usize, end: usize): u32 {
  const known = memoSlot(p, RESOURCE);
  if (known !== 0 && memoLength === <u32>(end - p)) return known;
  const begin = p;
  const offset = valueCount;
  let node: u32 = RESOURCE_ROOT;
  while (p < end) {
    const tag = tagAt(p++);
    if (tag === RESOURCE_ATTRIBUTES) {
      const length = lengthAt(p, end);
      p += lengthSize(length);
      node = readAttribute(p, p + length, node);
      p += length;
    } else if (tag === RESOURCE_DROPPED) p = skip(tag, p, end);
    else stopOdd();
  }
  if (p !== end) stopOdd();
  const slot = openResource();
  setResource(slot, shapeOf(node), offset);
  keepMemo(begin, end, RESOURCE, slot);
  return slot;
}

/** The slot of the scope that takes all of `[p, end)`. */
export function readScope(p: usize, end: usize): u32 {
  const known = memoSlot(p, SCOPE);
  if (known !== 0 && memoLength === <u32>(end - p)) return known;
  const begin = p;
  const offset = valueCount;
  let name: u32 = 0;
  let version: u32 = 0;
  let node: u32 = SCOPE_ROOT;
  while (p < end) {
    const tag = tagAt(p++);
    if ((tag & 7) !== BYTES) {
      if (tag !== SCOPE_DROPPED) stopOdd();
      p = skip(tag, p, end);
      continue;
    }
    const length = lengthAt(p, end);
    p += lengthSize(length);
    if (tag === SCOPE_NAME) name = intern(p, length);
    else if (tag === SCOPE_VERSION) version = intern(p, length);
    else if (tag === SCOPE_ATTRIBUTES) node = readAttribute(p, p + length, node);
    else stopOdd();
    p += length;
  }
  if (p !== end) stopOdd();
  const slot = openScope();
  setScope(slot, shapeOf(node), offset, name, version);
  keepMemo(begin, end, SCOPE, slot);
  return slot;
}
