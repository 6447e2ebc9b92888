import { stopOdd } from './failure.ts';
import { attributesAt } from './jsonAttributes.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { after, CLOSE_BRACE, endAt, firstOf, nextOf, OPEN_BRACE } from './jsonSpace.ts';
import { stringId } from './jsonStrings.ts';
import { keepMemo, memoLength, memoSlot, RESOURCE, SCOPE } from './memo.ts';
import { openResource, openScope, setResource, setScope } from './owners.ts';
import { RESOURCE_ROOT, SCOPE_ROOT } from './shapes.ts';
import { valueCount } from './values.ts';

/** The slot of the resource at `p`. `open` is one that its spans have already, or 0. */
export function resourceAt(p: usize, open: u32): u32 {
  const known = open === 0 ? memoSlot(p, RESOURCE) : 0;
  if (known !== 0) {
    endAt(p + memoLength);
    return known;
  }
  const slot = open === 0 ? openResource() : open;
  const offset = valueCount;
  let shape: u32 = 0;
  let hasAttributes = false;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    const v = valueOf(member, 'attributes');
    if (v !== 0) {
      if (hasAttributes) stopOdd();
      hasAttributes = true;
      shape = attributesAt(v, RESOURCE_ROOT);
    } else {
      if (valueOf(member, 'name') !== 0 || valueOf(member, 'version') !== 0) stopOdd();
      endAt(skipMember(member));
    }
    member = nextOf(after, CLOSE_BRACE);
  }
  setResource(slot, shape, offset);
  if (open === 0) keepMemo(p, after, RESOURCE, slot);
  return slot;
}

/** The same for the scope at `p`. */
export function scopeAt(p: usize, open: u32): u32 {
  const known = open === 0 ? memoSlot(p, SCOPE) : 0;
  if (known !== 0) {
    endAt(p + memoLength);
    return known;
  }
  const slot = open === 0 ? openScope() : open;
  const offset = valueCount;
  let shape: u32 = 0;
  let name: u32 = 0;
  let version: u32 = 0;
  let seen: u32 = 0;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    let is: u32 = 0;
    if ((v = valueOf(member, 'name')) !== 0) {
      is = 1;
      name = stringId(v);
    } else if ((v = valueOf(member, 'version')) !== 0) {
      is = 2;
      version = stringId(v);
    } else if ((v = valueOf(member, 'attributes')) !== 0) {
      is = 4;
      shape = attributesAt(v, SCOPE_ROOT);
    } else endAt(skipMember(member));
    if ((seen & is) !== 0) stopOdd();
    seen |= is;
    member = nextOf(after, CLOSE_BRACE);
  }
  setScope(slot, shape, offset, name, version);
  if (open === 0) keepMemo(p, after, SCOPE, slot);
  return slot;
}
