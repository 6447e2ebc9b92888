import { take } from './batch.ts';
import { byteAt } from './bytes.ts';
import { beginInput, stopOdd } from './failure.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { readResource, readScope, resourceSlot, scopeSlot } from './jsonOwners.ts';
import {
  behind,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  nextAfter,
  OPEN_BRACE,
  OPEN_BRACKET,
  space,
  takeLines,
} from './jsonSpace.ts';
import { readSpan } from './jsonSpan.ts';
import { openResource, openScope } from './owners.ts';

/**
 * Takes the element of a `resourceSpans` list at `pos`, which must end before `end`:
 *
 *     {"resource":{…},"scopeSpans":[{"scope":{…},"spans":[{…},{…}]}]}
 */
export function jsonResourceSpans(pos: usize, end: usize): void {
  beginInput(end);
  take(pos);
  takeLines(readResourceSpans(pos));
}

/**
 * Takes the span at `pos`, an element of a list, and those behind it; ends behind the last before what is no other span.
 * They belong to resource 0 and scope 0.
 */
export function jsonSpans(pos: usize, end: usize): void {
  beginInput(end);
  take(pos);
  if (byteAt(pos) !== OPEN_BRACE) stopOdd();
  let p = pos;
  while (byteAt(p) === OPEN_BRACE) {
    const spanEnd = readSpan(p, 0, 0);
    takeLines(spanEnd);
    const comma = space(spanEnd);
    if (byteAt(comma) !== COMMA) return;
    p = space(comma + 1);
  }
}

function readResourceSpans(start: usize): usize {
  let resource: u32 = 0;
  let hasResource = false;
  let hasSpans = false;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    if ((v = valueOf(p, 'resource')) !== 0) {
      if (hasResource) stopOdd();
      hasResource = true;
      end = readResource(v, resource);
      resource = resourceSlot;
    } else if ((v = valueOf(p, 'scopeSpans')) !== 0) {
      if (hasSpans) stopOdd();
      hasSpans = true;
      // Its attributes may come behind its spans.
      if (resource === 0) resource = openResource();
      end = readScopes(v, resource);
    } else end = skipMember(p);
    p = nextAfter(end, CLOSE_BRACE);
  }
  return p + 1;
}

function readScopes(start: usize, resource: u32): usize {
  let p = behind(start, OPEN_BRACKET);
  while (byteAt(p) !== CLOSE_BRACKET) p = nextAfter(readScopeSpans(p, resource), CLOSE_BRACKET);
  return p + 1;
}

function readScopeSpans(start: usize, resource: u32): usize {
  let scope: u32 = 0;
  let hasScope = false;
  let hasSpans = false;
  let p = behind(start, OPEN_BRACE);
  while (byteAt(p) !== CLOSE_BRACE) {
    let v: usize;
    let end: usize;
    if ((v = valueOf(p, 'scope')) !== 0) {
      if (hasScope) stopOdd();
      hasScope = true;
      end = readScope(v, scope);
      scope = scopeSlot;
    } else if ((v = valueOf(p, 'spans')) !== 0) {
      if (hasSpans) stopOdd();
      hasSpans = true;
      if (scope === 0) scope = openScope();
      end = readSpans(v, resource, scope);
    } else end = skipMember(p);
    p = nextAfter(end, CLOSE_BRACE);
  }
  return p + 1;
}

function readSpans(start: usize, resource: u32, scope: u32): usize {
  let p = behind(start, OPEN_BRACKET);
  while (byteAt(p) !== CLOSE_BRACKET) p = nextAfter(readSpan(p, resource, scope), CLOSE_BRACKET);
  return p + 1;
}
