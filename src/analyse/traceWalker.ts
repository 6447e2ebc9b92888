import { sortRows } from '../base/sortRows.ts';
import { SpanFlag, SpanKind, type SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import { EntryColumns } from './entryColumns.ts';
import { EntryMark } from './entryMark.ts';
import { IntervalUnion } from './intervalUnion.ts';
import { PathTime } from './pathTime.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';

const NONE = -1;
const REACHED = EntryMark.reached | EntryMark.direct;
/** What one span may touch: its account, its service's, and two lines. */
const ENTRIES_A_SPAN = 4;
/** A file may claim any number of calls: the column of visits holds 32 bits. */
const MOST_VISITS = 0xffff_ffff;

/**
 * Walks one trace after the other; buffers are reused for the next.
 *
 * Where no two siblings overlap, and that is nearly every trace, an account's path time and own time are the same: what
 * its spans' windows have left after their children. Else each is worked out by itself.
 *
 *     root   0 ├──────────────────────────┤ 100
 *     a         10 ├──────┤ 40                        path: root 10 + 10 + 20, a 30, b 30; own the same
 *     b                       50 ├──────┤ 80
 */
export class TraceWalker {
  readonly entries: EntryColumns;
  readonly pathTime: Float64Array;
  readonly visited: Uint8Array;

  readonly #table: SpanTable;
  readonly #times: SpanTimes;
  readonly #accounts: Accounts;
  /** By span: how many it stands for; null where each stands for itself. */
  readonly #calls: Uint32Array | null;
  readonly #pathTimes: PathTime;
  readonly #union = new IntervalUnion();
  /** Windows of the walk, by row less the trace's first. */
  #lo = new Float64Array(64);
  #hi = new Float64Array(64);
  #children = new Uint32Array(64);

  constructor(table: SpanTable, times: SpanTimes, accounts: Accounts, summaries: SummarySpans | null) {
    this.#calls = summaries?.calls ?? null;
    this.#table = table;
    this.#times = times;
    this.#accounts = accounts;
    this.#pathTimes = new PathTime(table, times);
    this.entries = new EntryColumns(accounts.pairs.count);
    this.pathTime = new Float64Array(table.spanCount);
    this.visited = new Uint8Array(table.spanCount);
  }

  walk(trace: number): void {
    const { traceRows, spanCount, subtreeEnd } = this.#table;
    const root = traceRows[trace];
    const last = subtreeEnd[root];
    const { entries } = this;
    const first = entries.count;
    entries.begin(Math.min((last - root) * ENTRIES_A_SPAN, this.#accounts.pairs.count), last / spanCount);
    this.#reserveRows(last - root);
    const isSequential = this.#takeWindows(root, last);
    if (!isSequential) {
      this.pathTime.fill(0, root, last);
      this.#pathTimes.walk(trace, this.pathTime);
    }
    const visits = this.#enterVisited(root, last);
    const { path, own } = entries;
    if (isSequential) for (let entry = first; entry < entries.count; entry++) own[entry] = path[entry];
    else this.#takeOwnTimes(root, last, first);
    if (visits < last - root) this.#enterUnvisited(root, last);
  }

  /**
   * Visits the root and all blocking children whose intervals touch their parents' windows, and gives each its window.
   * Writes path times, which are right where it returns true: no siblings overlap.
   */
  #takeWindows(root: number, last: number): boolean {
    const { kind, subtreeEnd } = this.#table;
    const { start, end } = this.#times;
    const { visited, pathTime } = this;
    const lo = this.#lo;
    const hi = this.#hi;
    let isSequential = true;
    lo[0] = start[root];
    hi[0] = end[root];
    visited[root] = 1;
    for (let row = root; row < last; row++) {
      if (visited[row] === 0) continue;
      const low = lo[row - root];
      const high = hi[row - root];
      const stop = subtreeEnd[row];
      let cursor = low;
      let taken = 0;
      for (let child = row + 1; child < stop; child = subtreeEnd[child]) {
        // Asynchronous: `isBlocking` of pathTime.ts, written out where a million spans pass.
        if (kind[child] === SpanKind.consumer && end[child] > end[row]) continue;
        const from = start[child] > low ? start[child] : low;
        const to = end[child] < high ? end[child] : high;
        if (to < from) continue;
        visited[child] = 1;
        lo[child - root] = from;
        hi[child - root] = to;
        if (from < cursor) isSequential = false;
        taken += to - from;
        cursor = to;
      }
      pathTime[row] = high - low - taken;
    }
    return isSequential;
  }

  /** What the visited spans reach, visit and cross; how many they are. */
  #enterVisited(root: number, last: number): number {
    const { flags } = this.#table;
    const { start } = this.#times;
    const { entries, visited, pathTime } = this;
    const { work, works } = this.#accounts;
    const { account, homeAccount, isBoundary, isVisit, callLine, entryLine } = works;
    const { marks, path, visits, firstStart } = entries;
    let count = 0;
    for (let row = root; row < last; row++) {
      if (visited[row] === 0) continue;
      count++;
      const does = work[row];
      const after = start[row] - start[root];
      const entry = entries.entry(account[does]);
      path[entry] += pathTime[row];
      marks[entry] |= isBoundary[does] === 0 ? REACHED : REACHED | EntryMark.crossed;
      if (after < firstStart[entry]) firstStart[entry] = after;
      let home = entry;
      if (homeAccount[does] !== account[does]) {
        home = entries.entry(homeAccount[does]);
        marks[home] |= REACHED;
        if (after < firstStart[home]) firstStart[home] = after;
      }
      if (row === root) visits[home]++;
      if (isVisit[does] !== 0) this.#visit(entry, row);
      if (callLine[does] !== NONE) marks[entries.entry(callLine[does])] |= EntryMark.crossed | EntryMark.direct;
      if (entryLine[does] !== NONE) {
        const isAdopted = (flags[row] & SpanFlag.adopted) !== 0;
        marks[entries.entry(entryLine[does])] |= isAdopted ? EntryMark.crossed : EntryMark.crossed | EntryMark.direct;
      }
    }
    return count;
  }

  /** The same for what the walk does not visit: it leaves no mark, and tells only of what nothing else reaches. */
  #enterUnvisited(root: number, last: number): void {
    const { entries } = this;
    const { work, works } = this.#accounts;
    const { start } = this.#times;
    for (let row = root; row < last; row++) {
      if (this.visited[row] !== 0) continue;
      const does = work[row];
      const after = start[row] - start[root];
      const entry = entries.entry(works.account[does]);
      this.#startUnreached(entry, after);
      this.#startUnreached(entries.entry(works.homeAccount[does]), after);
      if (works.isVisit[does] !== 0 && (entries.marks[entry] & EntryMark.reached) === 0) this.#visit(entry, row);
      if (works.callLine[does] !== NONE) entries.entry(works.callLine[does]);
      if (works.entryLine[does] !== NONE) entries.entry(works.entryLine[does]);
    }
  }

  #startUnreached(entry: number, after: number): void {
    const { marks, firstStart } = this.entries;
    if ((marks[entry] & EntryMark.reached) === 0 && after < firstStart[entry]) firstStart[entry] = after;
  }

  #visit(entry: number, row: number): void {
    const { visits } = this.entries;
    visits[entry] = Math.min(visits[entry] + (this.#calls === null ? 1 : this.#calls[row]), MOST_VISITS);
  }

  /** By account the union of what its visited spans' windows have left after their blocking children. */
  #takeOwnTimes(root: number, last: number, first: number): void {
    const { work, works } = this.#accounts;
    const { entries } = this;
    this.#union.clear();
    for (let row = root; row < last; row++) {
      if (this.visited[row] === 0) continue;
      const set = entries.entry(works.account[work[row]]) - first;
      let reached = this.#lo[row - root];
      const count = this.#visitedChildren(row, root);
      for (let i = 0; i < count; i++) {
        const child = this.#children[i] - root;
        if (this.#lo[child] > reached) this.#union.add(set, reached, this.#lo[child]);
        if (this.#hi[child] > reached) reached = this.#hi[child];
      }
      if (this.#hi[row - root] > reached) this.#union.add(set, reached, this.#hi[row - root]);
    }
    this.#union.lengths(entries.count - first, entries.own.subarray(first, entries.count));
  }

  /** In the order in which their windows begin; how many they are. */
  #visitedChildren(row: number, root: number): number {
    const { subtreeEnd } = this.#table;
    const lo = this.#lo;
    const children = this.#children;
    let count = 0;
    let isSorted = true;
    for (let child = row + 1; child < subtreeEnd[row]; child = subtreeEnd[child]) {
      if (this.visited[child] === 0) continue;
      // Siblings are in order of start unless skew moved one.
      if (count > 0 && lo[child - root] < lo[children[count - 1] - root]) isSorted = false;
      children[count++] = child;
    }
    if (!isSorted) sortRows(children, 0, count, (a, b) => lo[a - root] - lo[b - root] || a - b);
    return count;
  }

  #reserveRows(count: number): void {
    if (this.#lo.length >= count) return;
    const length = Math.max(count, this.#lo.length * 2);
    this.#lo = new Float64Array(length);
    this.#hi = new Float64Array(length);
    this.#children = new Uint32Array(length);
  }
}
