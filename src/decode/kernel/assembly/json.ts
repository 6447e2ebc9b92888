import { take } from './batch.ts';
import { byteAt } from './bytes.ts';
import { beginInput, stopOdd } from './failure.ts';
import { skipMember, valueOf } from './jsonKeys.ts';
import { resourceAt, scopeAt } from './jsonOwners.ts';
import {
  after,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  endAt,
  firstOf,
  nextOf,
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
  readResourceSpans(pos);
  takeLines(after);
}

/**
 * Takes the span at `pos`, an element of a list, and those behind it; ends behind the last before what is no other span.
 * They belong to resource 0 and scope 0.
 */
export function jsonSpans(pos: usize, end: usize): void {
  beginInput(end);
  take(pos);
  let p = pos;
  while (byteAt(p) === OPEN_BRACE) {
    readSpan(p, 0, 0);
    takeLines(after);
    const comma = space(after);
    if (byteAt(comma) !== COMMA) return;
    p = space(comma + 1);
  }
  if (p === pos) stopOdd();
}

function readResourceSpans(p: usize): void {
  let resource: u32 = 0;
  let hasResource = false;
  let hasSpans = false;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    if ((v = valueOf(member, 'resource')) !== 0) {
      if (hasResource) stopOdd();
      hasResource = true;
      resource = resourceAt(v, resource);
    } else if ((v = valueOf(member, 'scopeSpans')) !== 0) {
      if (hasSpans) stopOdd();
      hasSpans = true;
      // Its attributes may come behind its spans.
      if (resource === 0) resource = openResource();
      readScopes(v, resource);
    } else endAt(skipMember(member));
    member = nextOf(after, CLOSE_BRACE);
  }
}

function readScopes(p: usize, resource: u32): void {
  let element = firstOf(p, OPEN_BRACKET, CLOSE_BRACKET);
  while (element !== 0) {
    readScopeSpans(element, resource);
    element = nextOf(after, CLOSE_BRACKET);
  }
}

function readScopeSpans(p: usize, resource: u32): void {
  let scope: u32 = 0;
  let hasScope = false;
  let hasSpans = false;
  let member = firstOf(p, OPEN_BRACE, CLOSE_BRACE);
  while (member !== 0) {
    let v: usize;
    if ((v = valueOf(member, 'scope')) !== 0) {
      if (hasScope) stopOdd();
      hasScope = true;
      scope = scopeAt(v, scope);
    } else if ((v = valueOf(member, 'spans')) !== 0) {
      if (hasSpans) stopOdd();
      hasSpans = true;
      if (scope === 0) scope = openScope();
      readSpans(v, resource, scope);
    } else endAt(skipMember(member));
    member = nextOf(after, CLOSE_BRACE);
  }
}

function readSpans(p: usize, resource: u32, scope: u32): void {
  let element = firstOf(p, OPEN_BRACKET, CLOSE_BRACKET);
  while (element !== 0) {
    readSpan(element, resource, scope);
    element = nextOf(after, CLOSE_BRACKET);
  }
}
