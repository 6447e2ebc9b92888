import type { Nanoseconds } from '../base/units.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import type { Counts, Times } from './entryColumns.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';
import { TraceWalker } from './traceWalker.ts';
import type { TraceWindows } from './traceWindows.ts';

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
  readonly account: Counts;
  readonly marks: Uint8Array;
  readonly path: Times;
  readonly visits: Counts;
  /** The hop's first span to start: 1 + its row less the root's. 0 for a line that is no span's account. */
  readonly firstRow: Counts;
  /** By trace: where its entries' own times begin in `own`; −1 where they are the path times, as in nearly every trace. */
  readonly ownFirst: Int32Array;
  readonly own: Times;
}

/** The own time of an entry of a trace. */
export function ownTime({ first, path, ownFirst, own }: TraceEntries, trace: number, entry: number): Nanoseconds {
  return ownFirst[trace] < 0 ? path[entry] : own[ownFirst[trace] + entry - first[trace]];
}

export interface Walked {
  readonly entries: TraceEntries;
  /** Makes the windows of a trace again, and what the path leaves of them. */
  readonly windows: TraceWindows;
}

/** Walks every trace once for path time, own time, visits and lines (design: analysis, section 4). */
export function walkTraces(
  table: SpanTable,
  times: SpanTimes,
  accounts: Accounts,
  summaries: SummarySpans | null = null,
): Walked {
  const walker = new TraceWalker(table, times, accounts, summaries);
  const { entries, windows } = walker;
  const first = new Uint32Array(table.traceCount + 1);
  const ownFirst = new Int32Array(table.traceCount);
  for (let trace = 0; trace < table.traceCount; trace++) {
    ownFirst[trace] = walker.walk(trace);
    first[trace + 1] = entries.count;
  }
  const { account, marks, path, visits, firstRow, own } = entries;
  return { entries: { first, account, marks, path, visits, firstRow, ownFirst, own }, windows };
}
