import { grown } from '../base/growable.ts';
import { sortRows } from '../base/sortRows.ts';
import { SpanFlag, type SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import { IntervalUnion } from './intervalUnion.ts';
import { isBlocking, PathTime } from './pathTime.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';

/** Bits of `TraceEntries.marks`. */
export const EntryMark = {
  /** A visited span is on the account (or, a hop, of its service): it has an own time, be it 0. */
  reached: 1,
  /** A visited span draws the line. */
  crossed: 2,
  /** What reached or crossed it was not an adopted span alone. */
  direct: 4,
} as const;

/**
 * What each trace gives to each account that it touches: a sparse matrix, traces by accounts. Those of trace t are the
 * entries `[first[t], first[t + 1])`. Nanoseconds. An entry without a mark was touched by asynchronous spans alone:
 * spans that the walk of section 4 does not visit.
 *
 *     trace 0   shop: path 20, own 25, 1 visit     postgres: path 5, own 5, 2 visits
 *     trace 1   shop: path 18, own 18, 1 visit
 */
export interface TraceEntries {
  readonly first: Uint32Array;
  readonly account: Uint32Array;
  readonly marks: Uint8Array;
  readonly path: Float64Array;
  readonly own: Float64Array;
  readonly visits: Uint32Array;
  /** From the root's start to the start of the hop's first span. */
  readonly firstStart: Float64Array;
}

export interface Walked {
  readonly entries: TraceEntries;
  /** By span: its own part of the path, ns. */
  readonly pathTime: Float64Array;
  /** By span: 1 where the walk of section 4 visits it. */
  readonly visited: Uint8Array;
}

/** Walks every trace once for path time, own time, visits and lines (design: analysis, section 4). */
export function walkTraces(
  table: SpanTable,
  times: SpanTimes,
  accounts: Accounts,
  summaries: SummarySpans | null = null,
): Walked {
  const walker = new TraceWalker(table, times, accounts, summaries);
  const first = new Uint32Array(table.traceCount + 1);
  for (let trace = 0; trace < table.traceCount; trace++) {
    walker.walk(trace);
    first[trace + 1] = walker.entryCount;
  }
  const { pathTime, visited } = walker;
  return { entries: { first, ...walker.columns() }, pathTime, visited };
}

/** Works on one trace at a time; buffers are reused for the next. */
class TraceWalker {
  entryCount = 0;
  readonly pathTime: Float64Array;
  readonly visited: Uint8Array;

  readonly #table: SpanTable;
  readonly #times: SpanTimes;
  readonly #accounts: Accounts;
  /** By span: how many it stands for; null where each stands for itself. */
  readonly #calls: Uint32Array | null;
  readonly #pathTimes: PathTime;
  readonly #union = new IntervalUnion();

  /** By account: its entry in the trace at hand, valid where it is not below `#firstEntry`. */
  #entryOf = new Int32Array(64).fill(-1);
  #firstEntry = 0;
  /** Windows of the walk, by row less the trace's first. */
  #lo = new Float64Array(64);
  #hi = new Float64Array(64);
  #children = new Uint32Array(64);

  #account = new Uint32Array(1024);
  #marks = new Uint8Array(1024);
  #path = new Float64Array(1024);
  #own = new Float64Array(1024);
  #visits = new Uint32Array(1024);
  #firstStart = new Float64Array(1024);

  constructor(table: SpanTable, times: SpanTimes, accounts: Accounts, summaries: SummarySpans | null) {
    this.#calls = summaries?.calls ?? null;
    this.#table = table;
    this.#times = times;
    this.#accounts = accounts;
    this.#pathTimes = new PathTime(table, times);
    this.pathTime = new Float64Array(table.spanCount);
    this.visited = new Uint8Array(table.spanCount);
  }

  columns(): Omit<TraceEntries, 'first'> {
    const n = this.entryCount;
    return {
      account: this.#account.slice(0, n),
      marks: this.#marks.slice(0, n),
      path: this.#path.slice(0, n),
      own: this.#own.slice(0, n),
      visits: this.#visits.slice(0, n),
      firstStart: this.#firstStart.slice(0, n),
    };
  }

  walk(trace: number): void {
    const root = this.#table.traceRows[trace];
    const last = this.#table.subtreeEnd[root];
    this.#firstEntry = this.entryCount;
    this.#union.clear();
    this.#reserveRows(last - root);
    this.#pathTimes.walk(trace, this.pathTime);
    this.#lo[0] = this.#times.start[root];
    this.#hi[0] = this.#times.end[root];
    this.visited[root] = 1;
    let visits = 0;
    for (let row = root; row < last; row++) {
      if (this.visited[row] === 0) continue;
      visits++;
      this.#enter(row, root);
      this.#takeOwnTime(row, root);
    }
    const count = this.entryCount - this.#firstEntry;
    this.#union.lengths(count, this.#own.subarray(this.#firstEntry, this.entryCount));
    if (visits === last - root) return;
    for (let row = root; row < last; row++) if (this.visited[row] === 0) this.#enterAsync(row, root);
  }

  /** What a visited span reaches, visits and crosses. */
  #enter(row: number, root: number): void {
    const { home, account, hopAccount, pairs } = this.#accounts;
    const up = this.#table.parent[row];
    const homeAccount = hopAccount[home[row]];
    const entry = this.#entry(account[row]);
    const homeEntry = account[row] === homeAccount ? entry : this.#entry(homeAccount);
    this.#marks[entry] |= EntryMark.reached | EntryMark.direct;
    this.#marks[homeEntry] |= EntryMark.reached | EntryMark.direct;
    this.#path[entry] += this.pathTime[row];
    this.#noteStart(entry, row, root);
    this.#noteStart(homeEntry, row, root);
    if (row === root) this.#visits[homeEntry]++;
    const isHop = pairs.second(account[row]) === 0;
    const accountAbove = row === root ? homeAccount : account[up];
    if (isHop && account[row] !== accountAbove) this.#visit(entry, row);
    if (!isHop) this.#marks[entry] |= EntryMark.crossed;
    else if (account[row] !== homeAccount) this.#cross(home[row], pairs.first(account[row]), EntryMark.direct);
    if (row !== root && home[up] !== home[row]) {
      const isAdopted = (this.#table.flags[row] & SpanFlag.adopted) !== 0;
      this.#cross(home[up], home[row], isAdopted ? 0 : EntryMark.direct);
    }
  }

  #visit(entry: number, row: number): void {
    // A file may claim any number of calls: the column holds 32 bits.
    this.#visits[entry] = Math.min(this.#visits[entry] + (this.#calls?.[row] ?? 1), 0xffff_ffff);
  }

  #cross(from: number, to: number, direct: number): void {
    // First the entry: making one may replace the marks by a longer column.
    const entry = this.#entry(this.#accounts.pairs.id(from, to + 1));
    this.#marks[entry] |= EntryMark.crossed | direct;
  }

  /** The same for a span that the walk does not visit: it leaves no mark, and tells only of what nothing else reaches. */
  #enterAsync(row: number, root: number): void {
    const { home, account, hopAccount, pairs } = this.#accounts;
    const up = this.#table.parent[row];
    const entry = this.#entry(account[row]);
    const isHop = pairs.second(account[row]) === 0;
    for (const touched of [entry, this.#entry(hopAccount[home[row]])]) {
      if ((this.#marks[touched] & EntryMark.reached) === 0) this.#noteStart(touched, row, root);
    }
    if (isHop && account[row] !== account[up] && (this.#marks[entry] & EntryMark.reached) === 0)
      this.#visit(entry, row);
    if (isHop && account[row] !== hopAccount[home[row]])
      this.#entry(pairs.id(home[row], pairs.first(account[row]) + 1));
    if (home[up] !== home[row]) this.#entry(pairs.id(home[up], home[row] + 1));
  }

  /** The span's window less its blocking children's intervals goes to its account; the children get their windows. */
  #takeOwnTime(row: number, root: number): void {
    const { start, end } = this.#times;
    const lo = this.#lo[row - root];
    const hi = this.#hi[row - root];
    const set = this.#entryOf[this.#accounts.account[row]] - this.#firstEntry;
    let reached = lo;
    const count = this.#visitChildren(row, root);
    for (let i = 0; i < count; i++) {
      const child = this.#children[i];
      const from = Math.max(start[child], lo);
      const to = Math.min(end[child], hi);
      if (from > reached) this.#union.add(set, reached, from);
      if (to > reached) reached = to;
    }
    if (hi > reached) this.#union.add(set, reached, hi);
  }

  /** Takes the blocking children whose intervals touch the span's window, in order of start; returns how many. */
  #visitChildren(row: number, root: number): number {
    const { subtreeEnd } = this.#table;
    const { start, end } = this.#times;
    const lo = this.#lo[row - root];
    const hi = this.#hi[row - root];
    let count = 0;
    let isSorted = true;
    for (let child = row + 1; child < subtreeEnd[row]; child = subtreeEnd[child]) {
      if (!isBlocking(this.#table, this.#times, row, child)) continue;
      const from = Math.max(start[child], lo);
      const to = Math.min(end[child], hi);
      if (to < from) continue;
      this.visited[child] = 1;
      this.#lo[child - root] = from;
      this.#hi[child - root] = to;
      // Siblings are in order of start unless skew moved one.
      if (count > 0 && start[child] < start[this.#children[count - 1]]) isSorted = false;
      this.#children[count++] = child;
    }
    if (!isSorted) sortRows(this.#children, 0, count, (a, b) => start[a] - start[b] || a - b);
    return count;
  }

  #noteStart(entry: number, row: number, root: number): void {
    const after = this.#times.start[row] - this.#times.start[root];
    if (after < this.#firstStart[entry]) this.#firstStart[entry] = after;
  }

  /** The entry of an account in the trace at hand, made when it is first touched. */
  #entry(account: number): number {
    if (account >= this.#entryOf.length) {
      const length = this.#entryOf.length;
      this.#entryOf = grown(this.#entryOf, account + 1);
      this.#entryOf.fill(-1, length);
    }
    const known = this.#entryOf[account];
    if (known >= this.#firstEntry) return known;
    const entry = this.entryCount++;
    if (entry === this.#account.length) this.#reserveEntries();
    this.#account[entry] = account;
    this.#marks[entry] = 0;
    this.#path[entry] = 0;
    this.#own[entry] = 0;
    this.#visits[entry] = 0;
    this.#firstStart[entry] = Number.POSITIVE_INFINITY;
    this.#entryOf[account] = entry;
    return entry;
  }

  #reserveEntries(): void {
    const length = this.#account.length * 2;
    this.#account = grown(this.#account, length);
    this.#marks = grown(this.#marks, length);
    this.#path = grown(this.#path, length);
    this.#own = grown(this.#own, length);
    this.#visits = grown(this.#visits, length);
    this.#firstStart = grown(this.#firstStart, length);
  }

  #reserveRows(count: number): void {
    if (this.#lo.length >= count) return;
    const length = Math.max(count, this.#lo.length * 2);
    this.#lo = new Float64Array(length);
    this.#hi = new Float64Array(length);
    this.#children = new Uint32Array(length);
  }
}
