import {
  BY_TRACE,
  FIRST_CHILD,
  ID_TABLE,
  MEMBER_END,
  MEMBER_ID,
  MEMBER_PARENT_ID,
  MEMBER_START,
  NEXT_SIBLING,
  PARENT,
  PLACE,
  POSITION,
  PRE_ORDER,
  SPAN_ROW_LOG2,
  SPAN_ROWS,
  SPAN_TRACE,
  STACK,
  TRACE_END,
  TREE,
} from './layout.ts';
import { END, ID, MARKS, PARENT_ID, spanCount, START } from './spans.ts';
import { traceCount } from './traces.ts';

/**
 * Puts the batch's spans in order: trace by trace, and those of an ordinary trace in pre-order, each with how far before
 * it its parent is. It is what store/traceAssembler.ts does, in the ordinary case and while the rows are in the caches:
 *
 *     came as          b(parent a)  x(other trace)  a(no parent)  c(parent b)
 *     in order         a            b               c             x
 *     parent before    –            1               1             –
 *     in subtree       3            2               1             1
 *
 * Ordinary is a trace of one span without a parent above all others, no id of which comes twice, with a start each. Any
 * other stays in the order in which it came, and so does one that is in other batches too: the assembler has the whole.
 */
export function assembleTraces(): void {
  listByTrace();
  let first: u32 = 0;
  for (let trace: u32 = 0; trace < traceCount; trace++) {
    const end = load<u32>(TRACE_END + (trace << 2));
    if (!assemble(first, end - first)) leave(first, end);
    first = end;
  }
}

/** No member. */
const NONE: u32 = 0xffffffff;
/** Distances and sizes are 16 bits wide. */
const MOST_MEMBERS: u32 = 0xffff;
/** Up to so many members it is quicker to look at all than to hash. */
const FEW_MEMBERS: u32 = 16;
/** Steps to a place among siblings that a member may cost; where they come in no order it would cost more. */
const STEPS_A_MEMBER: u32 = 24;
/** Times of a trace that lie no further apart are exact as doubles. */
const EXACT: u64 = 1 << 53;

/** BY_TRACE: spans by their traces, in the order in which they came; TRACE_END: behind each trace's last one there. */
function listByTrace(): void {
  memory.fill(TRACE_END, 0, traceCount << 2);
  for (let span: u32 = 0; span < spanCount; span++) {
    const at = endOf(span);
    store<u32>(at, load<u32>(at) + 1);
  }
  let before: u32 = 0;
  for (let trace: u32 = 0; trace < traceCount; trace++) {
    const count = load<u32>(TRACE_END + (trace << 2));
    store<u32>(TRACE_END + (trace << 2), before);
    before += count;
  }
  for (let span: u32 = 0; span < spanCount; span++) {
    const at = endOf(span);
    const place = load<u32>(at);
    store<u32>(BY_TRACE + (place << 2), span);
    store<u32>(at, place + 1);
  }
}

/* @inline */ function endOf(span: u32): usize {
  return TRACE_END + (load<u32>(SPAN_TRACE + (span << 2)) << 2);
}

/** As it came, and without a tree. */
function leave(first: u32, end: u32): void {
  memory.fill(TREE + (first << 2), 0, (end - first) << 2);
  for (let place = first; place < end; place++) setPlace(place, place);
}

/** Of the span at `listed` in BY_TRACE. */
/* @inline */ function setPlace(listed: u32, place: u32): void {
  store<u32>(PLACE + (load<u32>(BY_TRACE + (listed << 2)) << 2), place);
}

/** False where the trace, `count` spans from `first` on in BY_TRACE, is not an ordinary one. A member is an index of them. */
function assemble(first: u32, count: u32): bool {
  if (count > MOST_MEMBERS || !readMembers(first, count)) return false;
  if (count <= FEW_MEMBERS ? !findParentsByLooking(count) : !findParentsByHash(count)) return false;
  const root = findRoot(count);
  if (root === NONE || !linkSiblings(root, count) || writePreOrder(root) !== count) return false;
  for (let i: u32 = 0; i < count; i++) {
    setPlace(first + load<u32>(PRE_ORDER + (i << 2)), first + i);
    store<u32>(TREE + ((first + i) << 2), 1);
  }
  // Children come behind their parents, so what is below a span is complete when it is reached.
  for (let i = count - 1; i > 0; i--) {
    const up = load<u32>(POSITION + (load<u32>(PARENT + (load<u32>(PRE_ORDER + (i << 2)) << 2)) << 2));
    const at = TREE + ((first + i) << 2);
    const above = TREE + ((first + up) << 2);
    const size = load<u32>(at);
    store<u32>(above, load<u32>(above) + size);
    store<u32>(at, ((i - up) << 16) | size);
  }
  return true;
}

/** What is compared over and over, side by side. False where a span has marks or no start, or times lie too far apart. */
function readMembers(first: u32, count: u32): bool {
  let earliest: u64 = u64.MAX_VALUE;
  let latest: u64 = 0;
  for (let member: u32 = 0; member < count; member++) {
    const row = SPAN_ROWS + (load<u32>(BY_TRACE + ((first + member) << 2)) << SPAN_ROW_LOG2);
    const start = rotl(load<u64>(row, START), 32);
    const end = rotl(load<u64>(row, END), 32);
    if (start === 0 || load<u8>(row, MARKS) !== 0) return false;
    if (start < earliest) earliest = start;
    if (end > latest) latest = end;
    const at = member << 3;
    store<u64>(MEMBER_ID + at, rotl(load<u64>(row, ID), 32));
    store<u64>(MEMBER_PARENT_ID + at, rotl(load<u64>(row, PARENT_ID), 32));
    store<u64>(MEMBER_START + at, start);
    store<u64>(MEMBER_END + at, end);
  }
  return latest - earliest < EXACT;
}

/** PARENT: each member's parent; NONE where nobody has the id that it names, as nobody has 0. False where an id comes twice. */
function findParentsByLooking(count: u32): bool {
  for (let member: u32 = 0; member < count; member++) {
    const id = load<u64>(MEMBER_ID + (member << 3));
    const parentId = load<u64>(MEMBER_PARENT_ID + (member << 3));
    let parent = NONE;
    let alike: u32 = 0;
    for (let other: u32 = 0; other < count; other++) {
      const otherId = load<u64>(MEMBER_ID + (other << 3));
      if (otherId === parentId) parent = other;
      alike += u32(otherId === id);
    }
    if (alike !== 1) return false;
    store<u32>(PARENT + (member << 2), parent);
  }
  return true;
}

/** The same, by a table of the ids: slot → member + 1. */
function findParentsByHash(count: u32): bool {
  const bits = 33 - clz(count);
  const mask: u32 = (1 << bits) - 1;
  memory.fill(ID_TABLE, 0, 4 << bits);
  for (let member: u32 = 0; member < count; member++) {
    const slot = slotOf(load<u64>(MEMBER_ID + (member << 3)), mask);
    if (load<u32>(slot) !== 0) return false;
    store<u32>(slot, member + 1);
  }
  for (let member: u32 = 0; member < count; member++) {
    const parentId = load<u64>(MEMBER_PARENT_ID + (member << 3));
    store<u32>(PARENT + (member << 2), load<u32>(slotOf(parentId, mask)) - 1);
  }
  return true;
}

/** The one member that names no parent. NONE where there is none or another, or an orphan. */
function findRoot(count: u32): u32 {
  let root = NONE;
  for (let member: u32 = 0; member < count; member++) {
    if (load<u32>(PARENT + (member << 2)) !== NONE) continue;
    if (root !== NONE || load<u64>(MEMBER_PARENT_ID + (member << 3)) !== 0) return NONE;
    root = member;
  }
  return root;
}

/** The address of the slot that has the id, or would have it. */
function slotOf(id: u64, mask: u32): usize {
  let slot = <u32>((id * 0x9e3779b97f4a7c15) >> 32) & mask;
  while (true) {
    const entry = load<u32>(ID_TABLE + (slot << 2));
    if (entry === 0 || load<u64>(MEMBER_ID + ((entry - 1) << 3)) === id) return ID_TABLE + (slot << 2);
    slot = (slot + 1) & mask;
  }
}

/** Siblings by start, then those that end later, then by id. The last ones are hung first, for they mostly come in order. */
function linkSiblings(root: u32, count: u32): bool {
  memory.fill(FIRST_CHILD, 0xff, count << 2);
  store<u32>(NEXT_SIBLING + (root << 2), NONE);
  let steps = count * STEPS_A_MEMBER;
  for (let member = count - 1; member !== NONE; member--) {
    if (member === root) continue;
    let link = FIRST_CHILD + (load<u32>(PARENT + (member << 2)) << 2);
    let after = load<u32>(link);
    while (after !== NONE && isBefore(after, member)) {
      if (--steps === 0) return false;
      link = NEXT_SIBLING + (after << 2);
      after = load<u32>(link);
    }
    store<u32>(link, member);
    store<u32>(NEXT_SIBLING + (member << 2), after);
  }
  return true;
}

function isBefore(a: u32, b: u32): bool {
  const startA = load<u64>(MEMBER_START + (a << 3));
  const startB = load<u64>(MEMBER_START + (b << 3));
  if (startA !== startB) return startA < startB;
  const endA = load<u64>(MEMBER_END + (a << 3));
  const endB = load<u64>(MEMBER_END + (b << 3));
  if (endA !== endB) return endA > endB;
  return load<u64>(MEMBER_ID + (a << 3)) < load<u64>(MEMBER_ID + (b << 3));
}

/** PRE_ORDER: the members below the root, and POSITION: where in it each is. Returns how many: fewer than all where some form a ring. */
function writePreOrder(root: u32): u32 {
  let written: u32 = 0;
  let depth: u32 = 1;
  store<u32>(STACK, root);
  while (depth > 0) {
    const member = load<u32>(STACK + (--depth << 2));
    store<u32>(POSITION + (member << 2), written);
    store<u32>(PRE_ORDER + (written++ << 2), member);
    const next = load<u32>(NEXT_SIBLING + (member << 2));
    if (next !== NONE) store<u32>(STACK + (depth++ << 2), next);
    const child = load<u32>(FIRST_CHILD + (member << 2));
    if (child !== NONE) store<u32>(STACK + (depth++ << 2), child);
  }
  return written;
}
