import { grown } from '../base/growable.ts';
import type { SpanRows } from './spanRows.ts';
import { traceOrder } from './traceOrder.ts';

/**
 * Which rows each trace has, as runs of rows that stand side by side. Batches put a trace's rows so (`batchNumbers`):
 * there are few runs, and what is kept is by run and not by row.
 *
 *     row           0  1  2  3  4  5  6          starts  0 3 5 6 7     the first row of each run, and the end
 *     in trace      7  7  7  2  2  7  2          order   1 3 | 0 2     runs by trace, here first 2 and then 7
 *     run           0        1     2  3          first   0     2   4   where in `order` each trace begins
 */
export interface TraceRuns {
  /** The traces with at least one row, in ascending order of their ids: their numbers in TraceIndex. */
  readonly traces: Uint32Array;
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
  /** By the index in `traces`. */
  readonly first: Uint32Array;
}

export function traceRuns({ trace, traces: { ids, count }, count: rowCount }: SpanRows): TraceRuns {
  const starts = runStarts(trace, rowCount);
  const runCount = starts.length - 1;
  const counts = new Uint32Array(count);
  for (let run = 0; run < runCount; run++) counts[trace.at(starts[run])]++;
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
  const order = new Uint32Array(runCount);
  for (let run = 0; run < runCount; run++) order[next[trace.at(starts[run])]++] = run;
  return { traces: traces.subarray(0, found), starts, order, first };
}

/** The first row of each run, and the end of the last one. */
function runStarts(trace: SpanRows['trace'], rowCount: number): Uint32Array {
  let starts = new Uint32Array(1024);
  let runs = 0;
  let last = -1;
  trace.eachStretch(0, rowCount, (page, at, index, length) => {
    let number = last;
    let found = runs;
    for (let i = 0; i < length; i++) {
      if (page[at + i] === number) continue;
      number = page[at + i];
      if (found + 1 === starts.length) starts = grown(starts, found + 2);
      starts[found++] = index + i;
    }
    last = number;
    runs = found;
  });
  starts[runs] = rowCount;
  return starts.subarray(0, runs + 1);
}
