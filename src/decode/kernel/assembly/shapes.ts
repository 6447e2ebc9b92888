import { copyBytes, equalBytes } from './bytes.ts';
import { stopFull } from './failure.ts';
import {
  LEAD_BYTES,
  LEADS,
  NAMED_ROOTS,
  NODE_BYTES_LOG2,
  NODES,
  ROOTS,
  SHAPE_KEY,
  SHAPE_PARENT,
  SHAPE_TYPE,
  SHAPE_UP,
  SHAPES,
} from './layout.ts';
import { lengthOf, textOf } from './strings.ts';

/**
 * Shapes of attribute lists (store/attributes.ts) and, in the same trie, what is expected next: after a list's first
 * attributes comes nearly always what came last time, in the same bytes and often with the same value.
 *
 *     root of "GET /cart" ─▶ 1 http.method:string ─▶ 2 http.route:string ─▶ 3 http.status_code:integer
 *                              lead {"key":"http.method","value":{"stringValue":"   text GET
 *
 * A node is a shape or a *root*, where a list begins. There is a root for each name of what has lists, because spans
 * of one name have the same keys; each of them is the empty list, so one list may have several numbers in a batch, and
 * the dataset, which has one root, gives them one. A *lead* is what stands before a node's value, a *text* its last
 * value. All of it is guesswork that is compared with the bytes, and forgotten with the batch.
 */

export const RESOURCE_ROOT: u32 = SHAPES + NAMED_ROOTS;
export const SCOPE_ROOT: u32 = RESOURCE_ROOT + 1;
export const LINK_ROOT: u32 = RESOURCE_ROOT + 2;

/** Shape 0 is the empty list. */
export let shapeCount: u32 = 1;

// A node's record, by offsets.
const EXPECTED: usize = 0;
const FIRST_CHILD: usize = 4;
const SIBLING: usize = 8;
const LEAD: usize = 12;
const LEAD_LENGTH: usize = 16;
const TEXT: usize = 20;
const TEXT_START: usize = 24;
const TEXT_LENGTH: usize = 28;

/** A longer lead is mostly white space, and not worth it. */
const LONGEST_LEAD: u32 = 1000;
/** Children whose leads are tried before the attribute is read the long way. */
const TRIES: u32 = 4;

let leadBytes: u32 = 0;

export function resetShapes(): void {
  memory.fill(record(0), 0, shapeCount << NODE_BYTES_LOG2);
  memory.fill(record(SHAPES), 0, ROOTS << NODE_BYTES_LOG2);
  shapeCount = 1;
  leadBytes = 0;
}

/** Takes out the shapes from number `count` on, newest first, and forgets texts that are no longer among `strings`. */
export function rollBackShapes(count: u32, strings: u32): void {
  while (shapeCount > count) {
    const node = --shapeCount;
    const parent = record(load<u32>(SHAPE_PARENT + (node << 2)));
    store<u32>(parent, load<u32>(record(node), SIBLING), FIRST_CHILD);
    if (load<u32>(parent, EXPECTED) === node) store<u32>(parent, 0, EXPECTED);
  }
  forgetTexts(1, shapeCount, strings);
  forgetTexts(SHAPES, SHAPES + ROOTS, strings);
}

function forgetTexts(start: u32, end: u32, strings: u32): void {
  for (let node = start; node < end; node++) {
    if (expectedText(node) >= strings) setExpectedText(node, 0);
  }
}

/** Where the lists of what has this name begin. Names that share a root only spoil each other's guesses. */
/* @inline */ export function rootOf(name: u32): u32 {
  return SHAPES + (name & (NAMED_ROOTS - 1));
}

/* @inline */ export function shapeOf(node: u32): u32 {
  return node < SHAPES ? node : 0;
}

/* @inline */ export function typeOf(shape: u32): u32 {
  return load<u8>(SHAPE_TYPE + shape);
}

/** The child whose lead stands at `p`; 0 where there is none. `leadLength` then says how long it is. */
/* @inline */ export function childAt(node: u32, p: usize): u32 {
  const expected = load<u32>(record(node), EXPECTED);
  return expected !== 0 && isLeadAt(expected, p) ? expected : otherChildAt(node, expected, p);
}

/* @inline */ export function leadLength(node: u32): u32 {
  return load<u32>(record(node), LEAD_LENGTH);
}

/** The id of the node's last text. */
/* @inline */ export function expectedText(node: u32): u32 {
  return load<u32>(record(node), TEXT);
}

/* @inline */ export function expectedTextLength(node: u32): u32 {
  return load<u32>(record(node), TEXT_LENGTH);
}

/* @inline */ export function isExpectedTextAt(node: u32, p: usize): bool {
  return equalBytes(p, load<u32>(record(node), TEXT_START), load<u32>(record(node), TEXT_LENGTH));
}

/* @inline */ export function setExpectedText(node: u32, id: u32): void {
  store<u32>(record(node), id, TEXT);
  store<u32>(record(node), textOf(id), TEXT_START);
  store<u32>(record(node), lengthOf(id), TEXT_LENGTH);
}

/** The child for this key and type, which is expected from now on. */
export function childOf(node: u32, key: u32, type: u32): u32 {
  let child = load<u32>(record(node), FIRST_CHILD);
  while (child !== 0 && !isAttribute(child, key, type)) child = load<u32>(record(child), SIBLING);
  if (child === 0) child = addChild(node, key, type);
  store<u32>(record(node), child, EXPECTED);
  return child;
}

/** What stands in `[start, end)` leads to the node's value. The first lead of a node stays. */
export function learnLead(node: u32, start: usize, end: usize): void {
  const length = <u32>(end - start);
  if (leadLength(node) !== 0 || length > LONGEST_LEAD || leadBytes + length > LEAD_BYTES) return;
  store<u32>(record(node), LEADS + leadBytes, LEAD);
  store<u32>(record(node), length, LEAD_LENGTH);
  copyBytes(LEADS + leadBytes, start, length);
  leadBytes += length;
}

function otherChildAt(node: u32, expected: u32, p: usize): u32 {
  let child = load<u32>(record(node), FIRST_CHILD);
  for (let tries: u32 = 0; child !== 0 && tries < TRIES; tries++) {
    if (child !== expected && isLeadAt(child, p)) {
      store<u32>(record(node), child, EXPECTED);
      return child;
    }
    child = load<u32>(record(child), SIBLING);
  }
  return 0;
}

/* @inline */ function isLeadAt(node: u32, p: usize): bool {
  const length = leadLength(node);
  return length !== 0 && equalBytes(p, load<u32>(record(node), LEAD), length);
}

/* @inline */ function isAttribute(shape: u32, key: u32, type: u32): bool {
  return load<u32>(SHAPE_KEY + (shape << 2)) === key && typeOf(shape) === type;
}

function addChild(node: u32, key: u32, type: u32): u32 {
  const child = shapeCount;
  if (child === SHAPES) stopFull();
  store<u32>(SHAPE_KEY + (child << 2), key);
  store<u8>(SHAPE_TYPE + child, type);
  store<u32>(SHAPE_UP + (child << 2), shapeOf(node));
  store<u32>(SHAPE_PARENT + (child << 2), node);
  memory.fill(record(child), 0, 1 << NODE_BYTES_LOG2);
  store<u32>(record(child), load<u32>(record(node), FIRST_CHILD), SIBLING);
  store<u32>(record(node), child, FIRST_CHILD);
  setExpectedText(child, 0);
  shapeCount = child + 1;
  return child;
}

/* @inline */ function record(node: u32): usize {
  return NODES + (node << NODE_BYTES_LOG2);
}
