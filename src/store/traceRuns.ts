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

export function traceRuns({ trace, traces: { ids, count }, count: spanCount }: SpanRows): TraceRuns {
  let runs = 0;
  eachRun(trace, spanCount, () => runs++);
  const starts = new Uint32Array(runs + 1);
  const counts = new Uint32Array(count);
  runs = 0;
  eachRun(trace, spanCount, (row, number) => {
    starts[runs++] = row;
    counts[number]++;
  });
  starts[runs] = spanCount;
  const traces = traceOrder(ids, count).filter((number) => counts[number] > 0);
  const first = new Uint32Array(traces.length + 1);
  const next = counts;
  for (let t = 0; t < traces.length; t++) {
    first[t + 1] = first[t] + counts[traces[t]];
    next[traces[t]] = first[t];
  }
  const order = new Uint32Array(runs);
  for (let run = 0; run < runs; run++) order[next[trace.at(starts[run])]++] = run;
  return { traces, starts, order, first };
}

/** Visits each run's first row, and the trace that it is in. */
function eachRun(trace: SpanRows['trace'], count: number, visit: (row: number, trace: number) => void): void {
  let last = -1;
  trace.eachStretch(0, count, (page, at, index, length) => {
    let number = last;
    for (let i = 0; i < length; i++) {
      if (page[at + i] === number) continue;
      number = page[at + i];
      visit(index + i, number);
    }
    last = number;
  });
}
