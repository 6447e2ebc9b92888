import { orderByKey } from '../base/orderByKey.ts';
import { cutCycles } from './cutCycles.ts';
import type { RawDataset } from './rawDataset.ts';
import { ENDS_BEFORE_START, INVALID_PARENT } from './spanBatch.ts';
import { atOf, FACTS, kindOf, marksOf, PARENT_ID, START } from './spanRows.ts';
import { SpanFlag, SpanKind } from './spanTable.ts';
import { NONE, SMALL_TRACE, TraceMembers } from './traceMembers.ts';

/**
 * Assembly: rows in any order become traces in pre-order (design: analysis, section 1).
 *
 *     came as          c(parent b)  a(no parent)  x(parent gone)  b(parent a)
 *     members, by id   a  b  c  x               parents are found by their ids: no order of input
 *     in pre-order     a  b  c  x               a is the root, x an orphan that the root adopts
 *
 * The assembler takes one trace at a time. All arrays here are by member (see TraceMembers), small, and overwritten by
 * the next trace. There is no recursion, so depth does not matter.
 */
export class TraceAssembler {
  readonly members: TraceMembers;
  parent = new Int32Array(64);
  flags = new Uint8Array(64);
  preOrder = new Uint32Array(64);
  /** Member → its place in `preOrder`. */
  position = new Uint32Array(64);
  orphans = 0;
  cycles = 0;
  withoutStart = 0;
  /** The row of the first one of each; NONE where there is none. */
  readonly first = { orphans: NONE, cycles: NONE, negativeDurations: NONE, withoutStart: NONE };

  readonly #raw: RawDataset;
  /** At the first member of an id: the one that its children hang below. */
  #upper = new Int32Array(64);
  #firstChild = new Int32Array(64);
  #nextSibling = new Int32Array(64);
  #stack = new Uint32Array(64);
  #hasOrphans = false;

  constructor(raw: RawDataset) {
    this.#raw = raw;
    this.members = new TraceMembers(raw);
  }

  /** Assembles the trace that is `rows[from, to)`: `preOrder` has its members. */
  assemble(rows: Uint32Array, from: number, to: number): void {
    this.#reserve(to - from);
    this.members.take(rows, from, to);
    this.#linkSharedIds();
    this.#findParents();
    if (this.#writeTrees()) return;
    this.#undoAdoptions();
    const cut = cutCycles(this.parent, this.members);
    this.cycles += cut.length;
    for (const member of cut) {
      this.flags[member] |= SpanFlag.cut;
      this.#note('cycles', this.members.rows[member]);
      this.#makeOrphan(member);
    }
    this.#writeTrees();
  }

  /** False where not all members are below one without a parent: there is a cycle. */
  #writeTrees(): boolean {
    const root = this.#chooseRoot();
    if (root === NONE) return false;
    if (this.#hasOrphans) this.#adoptOrphans(root);
    this.#linkSiblings(root);
    return this.#writePreOrder(root) === this.members.count;
  }

  #reserve(count: number): void {
    if (this.parent.length >= count) return;
    const length = Math.max(count, this.parent.length * 2);
    this.parent = new Int32Array(length);
    this.flags = new Uint8Array(length);
    this.preOrder = new Uint32Array(length);
    this.position = new Uint32Array(length);
    this.#upper = new Int32Array(length);
    this.#firstChild = new Int32Array(length);
    this.#nextSibling = new Int32Array(length);
    this.#stack = new Uint32Array(length);
  }

  /**
   * Zipkin's shared ids: a SERVER span with the id of a CLIENT span is that span's child, and what names the id as its
   * parent is the SERVER's child. Of several, the first one by rank.
   */
  #linkSharedIds(): void {
    const { members } = this;
    const { spans } = this.#raw;
    for (let member = 0; member < members.count; member++) {
      this.parent[member] = NONE;
      this.#upper[member] = member;
    }
    if (!members.isTied) return;
    for (let first = 0, next = 0; first < members.count; first = next) {
      next = first + 1;
      if (next === members.count || !members.isSameId(first, next)) continue;
      let client = NONE;
      let server = NONE;
      for (next = first; next < members.count && members.isSameId(first, next); next++) {
        const kind = kindOf(spans.word(members.rows[next], FACTS));
        if (kind === SpanKind.client && client === NONE) client = next;
        if (kind === SpanKind.server && server === NONE) server = next;
      }
      if (server !== NONE) this.#upper[first] = server;
      for (let member = first; member < next; member++) {
        const isServer = kindOf(spans.word(members.rows[member], FACTS)) === SpanKind.server;
        this.parent[member] = isServer ? client : NONE;
      }
    }
  }

  #findParents(): void {
    const { members, parent, flags } = this;
    const { spans } = this.#raw;
    this.#hasOrphans = false;
    for (let member = 0; member < members.count; member++) {
      const row = members.rows[member];
      const page = spans.pageOf(row);
      const at = atOf(row);
      const marks = marksOf(page[at + FACTS]);
      flags[member] = (marks & ENDS_BEFORE_START) === 0 ? 0 : SpanFlag.endsBeforeStart;
      if (flags[member] !== 0) this.#note('negativeDurations', row);
      if ((page[at + START] | page[at + START + 1]) === 0) {
        this.withoutStart++;
        this.#note('withoutStart', row);
      }
      if (parent[member] !== NONE) continue;
      const high = page[at + PARENT_ID];
      const low = page[at + PARENT_ID + 1];
      const isInvalid = (marks & INVALID_PARENT) !== 0;
      if (!isInvalid && (high | low) === 0) continue;
      const first = isInvalid ? NONE : members.firstWithId(high, low);
      if (first === NONE) this.#makeOrphan(member);
      else parent[member] = this.#upper[first];
    }
  }

  #note(problem: keyof TraceAssembler['first'], row: number): void {
    if (this.first[problem] === NONE) this.first[problem] = row;
  }

  #makeOrphan(member: number): void {
    this.flags[member] |= SpanFlag.orphan;
    this.#hasOrphans = true;
    this.#note('orphans', this.members.rows[member]);
    this.orphans++;
  }

  /** The parentless span that starts first, then ends last, then by rank; orphans only where there is nothing else. */
  #chooseRoot(): number {
    let root = NONE;
    for (let member = 0; member < this.members.count; member++) {
      if (this.parent[member] !== NONE) continue;
      if (root === NONE || this.#isBetterRoot(member, root)) root = member;
    }
    return root;
  }

  #isBetterRoot(member: number, root: number): boolean {
    const { start, end, rank } = this.members;
    const isOrphan = this.flags[member] & SpanFlag.orphan;
    if (isOrphan !== (this.flags[root] & SpanFlag.orphan)) return isOrphan === 0;
    return (start[member] - start[root] || end[root] - end[member] || rank[member] - rank[root]) < 0;
  }

  #adoptOrphans(root: number): void {
    const { start, end, count } = this.members;
    for (let member = 0; member < count; member++) {
      if (this.parent[member] !== NONE || member === root || (this.flags[member] & SpanFlag.orphan) === 0) continue;
      if (start[member] < end[root] && end[member] > start[root]) {
        this.parent[member] = root;
        this.flags[member] |= SpanFlag.adopted;
      }
    }
  }

  #undoAdoptions(): void {
    for (let member = 0; member < this.members.count; member++) {
      if ((this.flags[member] & SpanFlag.adopted) === 0) continue;
      this.parent[member] = NONE;
      this.flags[member] &= ~SpanFlag.adopted;
    }
  }

  /**
   * Hangs every member below its parent, or behind the root where it has none: siblings by start, then those that end
   * later, then by rank. In a large trace the last ones are hung first, so that each finds its place at once.
   */
  #linkSiblings(root: number): void {
    const { parent, members } = this;
    const firstChild = this.#firstChild;
    const nextSibling = this.#nextSibling;
    const { start, end, rank, count } = members;
    const order = count > SMALL_TRACE ? this.#lastFirst() : null;
    for (let member = 0; member < count; member++) firstChild[member] = NONE;
    nextSibling[root] = NONE;
    for (let i = 0; i < count; i++) {
      const member = order === null ? i : order[i];
      if (member === root) continue;
      const up = parent[member];
      let before = up === NONE ? root : NONE;
      let after = up === NONE ? nextSibling[root] : firstChild[up];
      while (
        after !== NONE &&
        (start[after] - start[member] || end[member] - end[after] || rank[after] - rank[member]) < 0
      ) {
        before = after;
        after = nextSibling[after];
      }
      nextSibling[member] = after;
      if (before === NONE) firstChild[up] = member;
      else nextSibling[before] = member;
    }
  }

  #lastFirst(): Uint32Array {
    const { start, end, rank, count } = this.members;
    const keys = start.slice(0, count);
    const earliest = keys.reduce((least, key) => Math.min(least, key), Infinity);
    for (let member = 0; member < count; member++) keys[member] -= earliest;
    return orderByKey(keys, (a, b) => start[a] - start[b] || end[b] - end[a] || rank[a] - rank[b]).reverse();
  }

  /** The root's tree, then the other parentless trees. */
  #writePreOrder(root: number): number {
    const stack = this.#stack;
    const firstChild = this.#firstChild;
    const nextSibling = this.#nextSibling;
    const { preOrder, position } = this;
    let written = 0;
    let depth = 0;
    stack[depth++] = root;
    while (depth > 0) {
      const member = stack[--depth];
      position[member] = written;
      preOrder[written++] = member;
      if (nextSibling[member] !== NONE) stack[depth++] = nextSibling[member];
      if (firstChild[member] !== NONE) stack[depth++] = firstChild[member];
    }
    return written;
  }
}
