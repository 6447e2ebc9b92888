import { orderByKey } from '../base/orderByKey.ts';
import { cutCycles } from './cutCycles.ts';
import type { RawDataset } from './rawDataset.ts';
import { ENDS_BEFORE_START } from './spanBatch.ts';
import { kindOf } from './factsWord.ts';
import { SpanFlag, SpanKind } from './spanTable.ts';
import { NONE, TraceMembers, WITHOUT_START } from './traceMembers.ts';
import type { TraceRuns } from './traceRuns.ts';

/** Up to so many spans a trace's siblings are put in order by insertion alone: nearly all traces are so short. */
const SMALL_TRACE = 48;

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
  #firstChild = new Int32Array(64);
  #nextSibling = new Int32Array(64);
  #stack = new Uint32Array(64);
  #hasOrphans = false;

  constructor(raw: RawDataset) {
    this.#raw = raw;
    this.members = new TraceMembers(raw);
  }

  /** Assembles the trace at an index of `runs`: `preOrder` has its members. */
  assemble(runs: TraceRuns, trace: number): void {
    this.members.take(runs, trace);
    this.#reserve(this.members.count);
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
    this.#firstChild = new Int32Array(length);
    this.#nextSibling = new Int32Array(length);
    this.#stack = new Uint32Array(length);
  }

  #findParents(): void {
    const { members, parent, flags } = this;
    const { count } = members;
    members.findNamed(parent);
    if (members.isTied) this.#linkSharedIds();
    this.#hasOrphans = false;
    for (let member = 0; member < count; member++) {
      flags[member] = 0;
      if (members.isOdd) this.#readMarks(member);
      if (parent[member] === NONE && members.hasParent(member)) this.#makeOrphan(member);
    }
  }

  /**
   * Zipkin's shared ids: a SERVER span with the id of a CLIENT span is that span's child, and what names the id as its
   * parent is the SERVER's child. Of several, the first one by rank.
   */
  #linkSharedIds(): void {
    const { members, parent } = this;
    const { count, rows } = members;
    const { spans } = this.#raw;
    const kinds = Uint8Array.from(rows.subarray(0, count), (row) => kindOf(spans.facts[row]));
    /** At the first member of an id: the one that its children hang below. */
    const upper = new Int32Array(count);
    /** At a SERVER span: the CLIENT span that it hangs below. */
    const above = new Int32Array(count).fill(NONE);
    for (let first = 0, next = 0; first < count; first = next) {
      for (next = first + 1; next < count && members.isSameId(first, next);) next++;
      const ids = kinds.subarray(first, next);
      const client = ids.indexOf(SpanKind.client);
      const server = ids.indexOf(SpanKind.server);
      upper[first] = first + Math.max(0, server);
      if (client < 0) continue;
      for (let member = first; member < next; member++) {
        if (kinds[member] === SpanKind.server) above[member] = first + client;
      }
    }
    for (let member = 0; member < count; member++) {
      if (above[member] !== NONE) parent[member] = above[member];
      else if (parent[member] !== NONE) parent[member] = upper[parent[member]];
    }
  }

  #readMarks(member: number): void {
    const row = this.members.rows[member];
    const marks = this.members.marks[member];
    if ((marks & ENDS_BEFORE_START) !== 0) {
      this.flags[member] |= SpanFlag.endsBeforeStart;
      this.#note('negativeDurations', row);
    }
    if ((marks & WITHOUT_START) !== 0) {
      this.withoutStart++;
      this.#note('withoutStart', row);
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
    const { start, end } = this.members;
    const isOrphan = this.flags[member] & SpanFlag.orphan;
    if (isOrphan !== (this.flags[root] & SpanFlag.orphan)) return isOrphan === 0;
    return (start[member] - start[root] || end[root] - end[member] || this.members.byRank(member, root)) < 0;
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
   * later, then by rank. The last ones are hung first: where they are in order, as those of a large trace are made to
   * be and those of a small one mostly come, each finds its place at once.
   */
  #linkSiblings(root: number): void {
    const { parent, members } = this;
    const firstChild = this.#firstChild;
    const nextSibling = this.#nextSibling;
    const { start, end, count } = members;
    const order = count > SMALL_TRACE ? this.#inOrder() : null;
    for (let member = 0; member < count; member++) firstChild[member] = NONE;
    nextSibling[root] = NONE;
    for (let i = count - 1; i >= 0; i--) {
      const member = order === null ? i : order[i];
      if (member === root) continue;
      const up = parent[member];
      let before = up === NONE ? root : NONE;
      let after = up === NONE ? nextSibling[root] : firstChild[up];
      while (
        after !== NONE &&
        (start[after] - start[member] || end[member] - end[after] || members.byRank(after, member)) < 0
      ) {
        before = after;
        after = nextSibling[after];
      }
      nextSibling[member] = after;
      if (before === NONE) firstChild[up] = member;
      else nextSibling[before] = member;
    }
  }

  #inOrder(): Uint32Array {
    const { members } = this;
    const { start, end, count } = members;
    const keys = start.slice(0, count);
    const earliest = keys.reduce((least, key) => Math.min(least, key), Infinity);
    for (let member = 0; member < count; member++) keys[member] -= earliest;
    return orderByKey(keys, (a, b) => start[a] - start[b] || end[b] - end[a] || members.byRank(a, b));
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
