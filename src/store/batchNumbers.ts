import type { BatchSpans } from './spanBatch.ts';

/** The dataset's number of each of a batch's numbers. */
export interface ListNumbers {
  readonly strings: Uint32Array;
  readonly shapes: Uint32Array;
  /** Added to offsets into the values. */
  readonly firstValue: number;
}

export interface BatchNumbers extends ListNumbers {
  readonly resources: Uint32Array;
  readonly scopes: Uint32Array;
}

/**
 * The rows that a batch's first `count` spans get from `first` on: one trace after the other, as far as one batch has
 * it, so that assembly finds a trace's spans side by side.
 *
 *     trace    0  1  0  2  1
 *     row      0  2  1  4  3
 */
export function placesByTrace({ trace, traceCount }: BatchSpans, count: number, first: number): Uint32Array {
  const next = new Uint32Array(traceCount + 1);
  for (let i = 0; i < count; i++) next[trace[i] + 1]++;
  next[0] = first;
  for (let t = 0; t < traceCount; t++) next[t + 1] += next[t];
  const places = new Uint32Array(count);
  for (let i = 0; i < count; i++) places[i] = next[trace[i]]++;
  return places;
}
