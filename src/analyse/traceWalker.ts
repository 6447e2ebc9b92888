import { grown } from '../base/growable.ts';
import { sortRows } from '../base/sortRows.ts';
import { SpanFlag, type SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import { EntryColumns } from './entryColumns.ts';
import { EntryMark } from './entryMark.ts';
import { IntervalUnion } from './intervalUnion.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';
import { TraceWindows } from './traceWindows.ts';

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
 * its spans' windows have left after their children. Else own times are worked out by themselves.
 *
 *     root   0 ├──────────────────────────┤ 100
 *     a         10 ├──────┤ 40                        path: root 10 + 10 + 20, a 30, b 30; own the same
 *     b                       50 ├──────┤ 80
 */
export class TraceWalker {
  readonly entries: EntryColumns;
  readonly windows: TraceWindows;

  readonly #table: SpanTable;
  readonly #times: SpanTimes;
  readonly #accounts: Accounts;
  /** By span: how many it stands for; null where each stands for itself. */
  readonly #calls: Uint32Array | null;
  readonly #union = new IntervalUnion();
  #children = new Uint32Array(64);

  constructor(table: SpanTable, times: SpanTimes, accounts: Accounts, summaries: SummarySpans | null) {
    this.#calls = summaries?.calls ?? null;
    this.#table = table;
    this.#times = times;
    this.#accounts = accounts;
    this.windows = new TraceWindows(table, times);
    this.entries = new EntryColumns(accounts.pairs.count, summaries === null ? 1 : MOST_VISITS);
  }

  /** Returns where the trace's own times begin; −1 where they are its path times. */
  walk(trace: number): number {
    const { traceRows, spanCount, subtreeEnd } = this.#table;
    const { start, end } = this.#times;
    const { entries } = this;
    const root = traceRows[trace];
    const last = subtreeEnd[root];
    const most = Math.min((last - root) * ENTRIES_A_SPAN, this.#accounts.pairs.count);
    entries.begin(last - root, most, end[root] - start[root], last / spanCount);
    const isSequential = this.windows.take(trace);
    const first = entries.count;
    const visits = this.#enterVisited(root, last);
    if (visits < last - root) this.#enterUnvisited(root, last);
    return isSequential ? NONE : this.#appendOwnTimes(root, last, first);
  }

  /** What the visited spans reach, visit and cross; how many they are. */
  #enterVisited(root: number, last: number): number {
    const { flags } = this.#table;
    const { start } = this.#times;
    const { entries } = this;
    const { visited, pathTime } = this.windows;
    const { work, works } = this.#accounts;
    const { account, homeAccount, isBoundary, isVisit, callLine, entryLine } = works;
    const { marks, path, visits, firstRow } = entries;
    let count = 0;
    for (let row = root; row < last; row++) {
      if (visited[row - root] === 0) continue;
      count++;
      const does = work[row];
      const entry = entries.entry(account[does]);
      path[entry] += pathTime[row - root];
      marks[entry] |= isBoundary[does] === 0 ? REACHED : REACHED | EntryMark.crossed;
      if (isFirst(start, root, row, firstRow[entry])) firstRow[entry] = row - root + 1;
      let home = entry;
      if (homeAccount[does] !== account[does]) {
        home = entries.entry(homeAccount[does]);
        marks[home] |= REACHED;
        if (isFirst(start, root, row, firstRow[home])) firstRow[home] = row - root + 1;
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
    const { visited } = this.windows;
    const { work, works } = this.#accounts;
    for (let row = root; row < last; row++) {
      if (visited[row - root] !== 0) continue;
      const does = work[row];
      const entry = entries.entry(works.account[does]);
      this.#startUnreached(entry, root, row);
      this.#startUnreached(entries.entry(works.homeAccount[does]), root, row);
      if (works.isVisit[does] !== 0 && (entries.marks[entry] & EntryMark.reached) === 0) this.#visit(entry, row);
      if (works.callLine[does] !== NONE) entries.entry(works.callLine[does]);
      if (works.entryLine[does] !== NONE) entries.entry(works.entryLine[does]);
    }
  }

  #startUnreached(entry: number, root: number, row: number): void {
    const { marks, firstRow } = this.entries;
    if ((marks[entry] & EntryMark.reached) !== 0) return;
    if (isFirst(this.#times.start, root, row, firstRow[entry])) firstRow[entry] = row - root + 1;
  }

  #visit(entry: number, row: number): void {
    const { visits } = this.entries;
    visits[entry] = Math.min(visits[entry] + (this.#calls === null ? 1 : this.#calls[row]), MOST_VISITS);
  }

  /** By account the union of what its visited spans' windows have left after their blocking children. */
  #appendOwnTimes(root: number, last: number, first: number): number {
    const { work, works } = this.#accounts;
    const { entries } = this;
    const { visited, lo, hi } = this.windows;
    this.#union.clear();
    for (let row = root; row < last; row++) {
      if (visited[row - root] === 0) continue;
      const set = entries.entry(works.account[work[row]]) - first;
      let reached = lo[row - root];
      const count = this.#visitedChildren(row, root);
      for (let i = 0; i < count; i++) {
        const child = this.#children[i] - root;
        if (lo[child] > reached) this.#union.add(set, reached, lo[child]);
        if (hi[child] > reached) reached = hi[child];
      }
      if (hi[row - root] > reached) this.#union.add(set, reached, hi[row - root]);
    }
    return entries.appendOwn(this.#union.lengths(entries.count - first));
  }

  /** In the order in which their windows begin; how many they are. */
  #visitedChildren(row: number, root: number): number {
    const { subtreeEnd } = this.#table;
    const { lo, visited } = this.windows;
    const children = (this.#children = grown(this.#children, lo.length));
    let count = 0;
    let isSorted = true;
    for (let child = row + 1; child < subtreeEnd[row]; child = subtreeEnd[child]) {
      if (visited[child - root] === 0) continue;
      // Siblings are in order of start unless skew moved one.
      if (count > 0 && lo[child - root] < lo[children[count - 1] - root]) isSorted = false;
      children[count++] = child;
    }
    if (!isSorted) sortRows(children, 0, count, (a, b) => lo[a - root] - lo[b - root] || a - b);
    return count;
  }
}

/** Whether a span starts before what started first so far: 1 + its row less the root's, or 0. */
function isFirst(start: Float64Array, root: number, row: number, known: number): boolean {
  return known === 0 || start[row] < start[root + known - 1];
}
