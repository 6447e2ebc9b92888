import { take } from './batch.ts';
import { beginInput, stopOdd, stopRanOut } from './failure.ts';
import { openResource, openScope } from './owners.ts';
import { readResource, readScope } from './protobufOwners.ts';
import { beginSpans, readSpan } from './protobufSpan.ts';
import { lengthAt, lengthSize, tagAt } from './protobufWire.ts';

/**
 * OTLP protobuf (trace.proto), the two ways in:
 *
 *     ResourceSpans    0a ─ resource ─┤  12 ─ ScopeSpans ────────────────────────────┤  12 …  1a ─ schema URL ─┤
 *       ScopeSpans                          0a ─ scope ─┤  12 ─ span ─┤ 12 ─ span ─┤
 *
 * protobufResourceSpans takes all of that; protobufSpans takes the spans of a ScopeSpans that is not here as a whole.
 */
const RESOURCE: u32 = 0x0a;
const SCOPE_SPANS: u32 = 0x12;
const SCHEMA_URL: u32 = 0x1a;
/** Where spans were before there were scopes: field 1000, of the same form. */
const LIBRARY_SPANS_FIRST: u32 = 0xc2;
const LIBRARY_SPANS_SECOND: u32 = 0x3e;

const SCOPE: u32 = 0x0a;
const SPAN: u32 = 0x12;

/** A length has at most so many bytes here. */
const LONGEST_LENGTH: usize = 3;

export function protobufResourceSpans(pos: usize, end: usize): void {
  beginInput(end);
  take(pos);
  beginSpans();
  let resource: u32 = 0;
  let p = pos;
  while (p < end) {
    const tag = tagAt(p++);
    if (tag === LIBRARY_SPANS_FIRST && load<u8>(p++) !== LIBRARY_SPANS_SECOND) stopOdd();
    const length = lengthAt(p, end);
    p += lengthSize(length);
    switch (tag) {
      case RESOURCE:
        // Once, and before the spans: else it has to be known what was there before.
        if (resource !== 0) stopOdd();
        resource = readResource(p, p + length);
        break;
      case SCOPE_SPANS:
      case LIBRARY_SPANS_FIRST:
        if (resource === 0) resource = openResource();
        readScopeSpans(p, p + length, resource);
        break;
      case SCHEMA_URL:
        break;
      default:
        stopOdd();
    }
    p += length;
  }
  // Nothing in it: then it may be something else.
  if (p !== end || resource === 0) stopOdd();
  take(end);
}

function readScopeSpans(pos: usize, end: usize, resource: u32): void {
  let scope: u32 = 0;
  let p = pos;
  while (p < end) {
    const tag = tagAt(p++);
    const length = lengthAt(p, end);
    p += lengthSize(length);
    switch (tag) {
      case SPAN:
        if (scope === 0) scope = openScope();
        readSpan(p, p + length, resource, scope);
        break;
      case SCOPE:
        if (scope !== 0) stopOdd();
        scope = readScope(p, p + length);
        break;
      case SCHEMA_URL:
        break;
      default:
        stopOdd();
    }
    p += length;
  }
  if (p !== end) stopOdd();
}

export function protobufSpans(pos: usize, end: usize): void {
  beginInput(end);
  take(pos);
  beginSpans();
  let p = pos;
  while (p < end) {
    if (tagAt(p) !== SPAN) stopOdd();
    if (p + 1 + LONGEST_LENGTH > end) stopRanOut();
    const length = lengthAt(p + 1, usize.MAX_VALUE);
    p += 1 + lengthSize(length);
    if (p + length > end) stopRanOut();
    readSpan(p, p + length, 0, 0);
    p += length;
    take(p);
  }
}
