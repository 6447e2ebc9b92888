import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';
import { TraceWalker } from './traceWalker.ts';

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
  const { entries, pathTime, visited } = walker;
  const first = new Uint32Array(table.traceCount + 1);
  for (let trace = 0; trace < table.traceCount; trace++) {
    walker.walk(trace);
    first[trace + 1] = entries.count;
  }
  const { account, marks, path, own, visits, firstStart } = entries;
  return { entries: { first, account, marks, path, own, visits, firstStart }, pathTime, visited };
}
