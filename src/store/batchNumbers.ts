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

/** Where a batch's first `count` spans go, and the trees of their traces; null where those are not known. */
export interface SpanOrder {
  /** Counted from the first one's row on. */
  readonly place: Uint32Array;
  readonly tree: Uint32Array | null;
}

export function orderOf(spans: BatchSpans, count: number): SpanOrder {
  // A part of the batch would have parts of trees.
  return count === spans.count && spans.order !== null
    ? spans.order
    : { place: placesByTrace(spans, count), tree: null };
}

/**
 * One trace after the other, as far as one batch has it, so that assembly finds a trace's spans side by side.
 *
 *     trace    0  1  0  2  1
 *     place    0  2  1  4  3
 */
function placesByTrace({ trace, traceCount }: BatchSpans, count: number): Uint32Array {
  const next = new Uint32Array(traceCount + 1);
  for (let i = 0; i < count; i++) next[trace[i] + 1]++;
  for (let t = 0; t < traceCount; t++) next[t + 1] += next[t];
  const places = new Uint32Array(count);
  for (let i = 0; i < count; i++) places[i] = next[trace[i]]++;
  return places;
}
