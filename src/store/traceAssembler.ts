import { sortRows } from '../base/sortRows.ts';
import { INVALID_PARENT, type RawDataset } from './rawSpans.ts';
import { compareContent, sortByRank } from './rank.ts';
import { SpanFlag, SpanKind } from './spanTable.ts';

/** No parent, no child, no sibling. */
export const NONE = -1;
const TWO_32 = 4294967296;

/**
 * Assembly: rows in any order become traces in pre-order (design: analysis, section 1).
 *
 *     came as          c(parent b)  a(no parent)  x(parent gone)  b(parent a)
 *     by id            a  b  c  x               binary search finds parents: no hash, no order of input
 *     in pre-order     a  b  c  x               a is the root, x an orphan that the root adopts
 *
 * Everything inside one trace works on small arrays that are reused for the next; there is no recursion, so depth
 * does not matter.
 *
 * The assembler takes one trace at a time. A *member* is an index into the trace's spans in rank order (span id, kind, start, end, name,
 * service), duplicates taken out; all arrays here are by member and are overwritten by the next trace.
 */
export class TraceAssembler {
  rows = new Uint32Array(64);
  start = new Float64Array(64);
  end = new Float64Array(64);
  parent = new Int32Array(64);
  flags = new Uint8Array(64);
  preOrder = new Uint32Array(64);
  /** Member → its place in `preOrder`. */
  position = new Uint32Array(64);
  originHigh = 0;
  originLow = 0;

  duplicates = 0;
  orphans = 0;
  cycles = 0;

  readonly #raw: RawDataset;
  #count = 0;
  #firstChild = new Int32Array(64);
  #nextSibling = new Int32Array(64);
  #byStart = new Uint32Array(64);
  #stack = new Uint32Array(64);
  #mark = new Uint32Array(64);

  constructor(raw: RawDataset) {
    this.#raw = raw;
  }

  /** Assembles the trace of these builder rows; returns how many of `preOrder` are its spans. */
  assemble(rows: Uint32Array): number {
    this.#reserve(rows.length);
    this.#takeTimes(rows);
    this.#takeMembers(rows);
    this.#findParents();
    this.#cutCycles();
    const root = this.#chooseRoot();
    this.#adoptOrphans(root);
    this.#writePreOrder(root);
    return this.#count;
  }

  #reserve(count: number): void {
    if (this.rows.length >= count) return;
    const length = Math.max(count, this.rows.length * 2);
    this.rows = new Uint32Array(length);
    this.start = new Float64Array(length);
    this.end = new Float64Array(length);
    this.parent = new Int32Array(length);
    this.flags = new Uint8Array(length);
    this.preOrder = new Uint32Array(length);
    this.position = new Uint32Array(length);
    this.#firstChild = new Int32Array(length);
    this.#nextSibling = new Int32Array(length);
    this.#byStart = new Uint32Array(length);
    this.#stack = new Uint32Array(length);
    this.#mark = new Uint32Array(length);
  }

  /** The origin is the latest start: a span without a time (zero) then costs the others none of their precision. */
  #takeTimes(rows: Uint32Array): void {
    const { start } = this.#raw.spans;
    this.originHigh = 0;
    this.originLow = 0;
    for (const row of rows) {
      const high = start[row * 2];
      const low = start[row * 2 + 1];
      if (high > this.originHigh || (high === this.originHigh && low > this.originLow)) {
        this.originHigh = high;
        this.originLow = low;
      }
    }
  }

  /** Sorts by rank and merges spans that are the same: their kind, start, end, name and service agree. */
  #takeMembers(rows: Uint32Array): void {
    const { spans, resources } = this.#raw;
    sortByRank(rows, this.#raw);
    let count = 0;
    for (const row of rows) {
      const last = this.rows[count - 1];
      const isSame =
        count > 0 &&
        compareContent(this.#raw, last, row) === 0 &&
        resources.service[spans.resource[last]] === resources.service[spans.resource[row]];
      if (isSame) {
        this.duplicates++;
        continue;
      }
      this.rows[count] = row;
      this.start[count] = this.#relative(spans.start, row);
      this.end[count] = this.#relative(spans.end, row);
      count++;
    }
    this.#count = count;
  }

  #relative(times: Uint32Array, row: number): number {
    return (times[row * 2] - this.originHigh) * TWO_32 + (times[row * 2 + 1] - this.originLow);
  }

  #findParents(): void {
    const { spans } = this.#raw;
    let idStart = 0;
    let sharedClient = NONE;
    for (let member = 0; member < this.#count; member++) {
      const row = this.rows[member];
      if (member === 0 || !this.#shareId(idStart, member)) {
        idStart = member;
        sharedClient = this.#memberOfKind(spans.spanId[row * 2], spans.spanId[row * 2 + 1], SpanKind.client);
      }
      this.flags[member] = 0;
      this.parent[member] = NONE;
      if (spans.kind[row] === SpanKind.server && sharedClient !== NONE) {
        // Zipkin's shared ids: a SERVER span with the id of a CLIENT span is that span's child.
        this.parent[member] = sharedClient;
        continue;
      }
      const high = spans.parentId[row * 2];
      const low = spans.parentId[row * 2 + 1];
      const isInvalid = (spans.marks[row] & INVALID_PARENT) !== 0;
      if (!isInvalid && (high | low) === 0) continue;
      const parent = isInvalid ? NONE : this.#spanWithId(high, low);
      this.parent[member] = parent;
      if (parent === NONE) this.#makeOrphan(member);
    }
  }

  #shareId(a: number, b: number): boolean {
    const { spanId } = this.#raw.spans;
    const rowA = this.rows[a];
    const rowB = this.rows[b];
    return spanId[rowA * 2] === spanId[rowB * 2] && spanId[rowA * 2 + 1] === spanId[rowB * 2 + 1];
  }

  /** The member with this id; of several, the first SERVER, else the first. */
  #spanWithId(high: number, low: number): number {
    const server = this.#memberOfKind(high, low, SpanKind.server);
    if (server !== NONE) return server;
    const first = this.#lowerBound(high, low, 0);
    return this.#hasId(first, high, low) ? first : NONE;
  }

  #memberOfKind(high: number, low: number, kind: number): number {
    const member = this.#lowerBound(high, low, kind);
    return this.#hasId(member, high, low) && this.#raw.spans.kind[this.rows[member]] === kind ? member : NONE;
  }

  #hasId(member: number, high: number, low: number): boolean {
    const { spanId } = this.#raw.spans;
    const row = this.rows[member];
    return member < this.#count && spanId[row * 2] === high && spanId[row * 2 + 1] === low;
  }

  /** The first member whose (id, kind) is not below the given; members are in that order. */
  #lowerBound(high: number, low: number, kind: number): number {
    const { spanId, kind: kinds } = this.#raw.spans;
    let from = 0;
    let to = this.#count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const row = this.rows[middle];
      const order = spanId[row * 2] - high || spanId[row * 2 + 1] - low || kinds[row] - kind;
      if (order < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #makeOrphan(member: number): void {
    this.flags[member] |= SpanFlag.orphan;
    this.orphans++;
  }

  /** A cycle is cut at its earliest member. Every span is walked over once: `mark` is the walk that saw it. */
  #cutCycles(): void {
    this.#mark.fill(0, 0, this.#count);
    for (let member = 0; member < this.#count; member++) {
      const walk = member + 1;
      let at = member;
      while (at !== NONE && this.#mark[at] === 0) {
        this.#mark[at] = walk;
        at = this.parent[at];
      }
      if (at === NONE || this.#mark[at] !== walk) continue;
      let earliest = at;
      for (let other = this.parent[at]; other !== at; other = this.parent[other]) {
        if (
          this.start[other] < this.start[earliest] ||
          (this.start[other] === this.start[earliest] && other < earliest)
        ) {
          earliest = other;
        }
      }
      this.parent[earliest] = NONE;
      this.cycles++;
      this.#makeOrphan(earliest);
    }
  }

  /** The parentless span that starts first, then ends last, then by rank; orphans only where there is nothing else. */
  #chooseRoot(): number {
    let root = NONE;
    for (let member = 0; member < this.#count; member++) {
      if (this.parent[member] !== NONE) continue;
      if (root === NONE || this.#isBetterRoot(member, root)) root = member;
    }
    return root;
  }

  #isBetterRoot(member: number, root: number): boolean {
    const isOrphan = this.flags[member] & SpanFlag.orphan;
    if (isOrphan !== (this.flags[root] & SpanFlag.orphan)) return isOrphan === 0;
    if (this.start[member] !== this.start[root]) return this.start[member] < this.start[root];
    return this.end[member] > this.end[root];
  }

  #adoptOrphans(root: number): void {
    for (let member = 0; member < this.#count; member++) {
      if (this.parent[member] !== NONE || member === root || (this.flags[member] & SpanFlag.orphan) === 0) continue;
      if (this.start[member] < this.end[root] && this.end[member] > this.start[root]) {
        this.parent[member] = root;
        this.flags[member] |= SpanFlag.adopted;
      }
    }
  }

  /** The root's tree, then the other parentless trees, siblings by start. */
  #writePreOrder(root: number): void {
    const count = this.#count;
    const byStart = this.#byStart;
    for (let member = 0; member < count; member++) byStart[member] = member;
    sortRows(byStart, 0, count, (a, b) => this.start[a] - this.start[b] || this.end[b] - this.end[a] || a - b);
    this.#firstChild.fill(NONE, 0, count);
    let roots = NONE;
    for (let i = count - 1; i >= 0; i--) {
      const member = byStart[i];
      const up = this.parent[member];
      if (member === root) continue;
      if (up === NONE) {
        this.#nextSibling[member] = roots;
        roots = member;
      } else {
        this.#nextSibling[member] = this.#firstChild[up];
        this.#firstChild[up] = member;
      }
    }
    this.#nextSibling[root] = roots;
    let written = 0;
    let depth = 0;
    this.#stack[depth++] = root;
    while (depth > 0) {
      const member = this.#stack[--depth];
      this.position[member] = written;
      this.preOrder[written++] = member;
      if (this.#nextSibling[member] !== NONE) this.#stack[depth++] = this.#nextSibling[member];
      if (this.#firstChild[member] !== NONE) this.#stack[depth++] = this.#firstChild[member];
    }
  }
}
