import { byteAt } from './bytes.ts';
import { stopOdd } from './failure.ts';
import { listShape, readAttributes } from './jsonAttributes.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { behind, CLOSE_BRACE, nextAfter, OPEN_BRACE } from './jsonSpace.ts';
import { readString, stringId } from './jsonStrings.ts';
import { keepMemo, memoLength, memoSlot, RESOURCE, SCOPE } from './memo.ts';
import { openResource, openScope, setResource, setScope } from './owners.ts';
import { RESOURCE_ROOT, SCOPE_ROOT } from './shapes.ts';
import { valueCount } from './values.ts';

/** The slot of the resource read last, and of the scope. */
export let resourceSlot: u32 = 0;
export let scopeSlot: u32 = 0;

/** Reads the resource at `start`. `open` is the slot that its spans have already, or 0. */
export function readResource(start: usize, open: u32): usize {
  const known = open === 0 ? memoSlot(start, RESOURCE) : 0;
  if (known !== 0) {
    resourceSlot = known;
    return start + memoLength;
  }
  resourceSlot = open === 0 ? openResource() : open;
  const offset = valueCount;
  let shape: u32 = 0;
  let hasAttributes = false;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    const v = valueOf(p, 'attributes');
    let end: usize;
    if (v !== 0) {
      if (hasAttributes) stopOdd();
      hasAttributes = true;
      end = readAttributes(v, RESOURCE_ROOT);
      shape = listShape;
    } else {
      if (valueOf(p, 'name') !== 0 || valueOf(p, 'version') !== 0) stopOdd();
      end = skipMember(p);
    }
    p = nextAfter(end, CLOSE_BRACE);
  }
  setResource(resourceSlot, shape, offset);
  if (open === 0) keepMemo(start, p + 1, RESOURCE, resourceSlot);
  return p + 1;
}

/** The same for the scope at `start`. */
export function readScope(start: usize, open: u32): usize {
  const known = open === 0 ? memoSlot(start, SCOPE) : 0;
  if (known !== 0) {
    scopeSlot = known;
    return start + memoLength;
  }
  scopeSlot = open === 0 ? openScope() : open;
  const offset = valueCount;
  let shape: u32 = 0;
  let name: u32 = 0;
  let version: u32 = 0;
  let seen: u32 = 0;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    let is: u32 = 0;
    if ((v = valueOf(p, 'name')) !== 0) {
      is = 1;
      end = readString(v);
      name = stringId;
    } else if ((v = valueOf(p, 'version')) !== 0) {
      is = 2;
      end = readString(v);
      version = stringId;
    } else if ((v = valueOf(p, 'attributes')) !== 0) {
      is = 4;
      end = readAttributes(v, SCOPE_ROOT);
      shape = listShape;
    } else end = skipMember(p);
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    p = nextAfter(end, CLOSE_BRACE);
  }
  setScope(scopeSlot, shape, offset, name, version);
  if (open === 0) keepMemo(start, p + 1, SCOPE, scopeSlot);
  return p + 1;
}
