import { grown } from '../base/growable.ts';
import type { SpanColumns } from './spanColumns.ts';
import { traceOrder } from './traceOrder.ts';

/**
 * Which rows each trace has, as runs of rows that stand side by side. Batches put a trace's rows so (`batchNumbers`):
 * there are few runs, and what is kept is by run and not by row.
 *
 *     row         0  1  2  3  4  5  6          runs    0–2  3–4  5–5  6–6
 *     in trace    7  7  7  2  2  7  2          from    3 6 | 0 5        by trace, here first 2 and then 7
 *                                              to      5 7 | 3 6
 *                                              first   0     2     4    where each trace's runs begin
 */
export interface TraceRuns {
  /** The traces with at least one row, in ascending order of their ids: their numbers in TraceIndex. */
  readonly traces: Uint32Array;
  /** By the index in `traces`. */
  readonly first: Uint32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

export function traceRuns({ trace, traces: { ids, count }, count: rowCount }: SpanColumns): TraceRuns {
  const starts = runStarts(trace, rowCount);
  const runCount = starts.length - 1;
  const counts = new Uint32Array(count);
  for (let run = 0; run < runCount; run++) counts[trace[starts[run]]]++;
  const traces = traceOrder(ids, count);
  const first = new Uint32Array(count + 1);
  const next = counts;
  let found = 0;
  for (let i = 0; i < count; i++) {
    const number = traces[i];
    if (counts[number] === 0) continue;
    first[found + 1] = first[found] + counts[number];
    next[number] = first[found];
    traces[found++] = number;
  }
  const from = new Uint32Array(runCount);
  const to = new Uint32Array(runCount);
  for (let run = 0; run < runCount; run++) {
    const place = next[trace[starts[run]]]++;
    from[place] = starts[run];
    to[place] = starts[run + 1];
  }
  return { traces: traces.subarray(0, found), first, from, to };
}

/** The first row of each run, and the end of the last one. */
function runStarts(trace: Uint32Array, rowCount: number): Uint32Array {
  let starts = new Uint32Array(1024);
  let runs = 0;
  let last = -1;
  for (let row = 0; row < rowCount; row++) {
    if (trace[row] === last) continue;
    last = trace[row];
    if (runs + 1 === starts.length) starts = grown(starts, runs + 2);
    starts[runs++] = row;
  }
  starts[runs] = rowCount;
  return starts.subarray(0, runs + 1);
}
