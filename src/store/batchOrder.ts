import type { BatchOrder, BatchSpans } from './spanBatch.ts';

/** Spans whose columns are in the order in which they go into a builder. */
export interface OrderedSpans extends BatchSpans {
  readonly order: BatchOrder;
}

/**
 * The first `count` that came of a batch's spans, in order: as the batch has them where that is all of them, else one
 * trace after the other, as far as the batch has it, so that assembly finds a trace's spans side by side.
 *
 *     trace    0  1  0  2  1
 *     place    0  2  1  4  3
 */
export function inOrder(spans: BatchSpans, count: number): OrderedSpans {
  const { order } = spans;
  if (order !== null && count === spans.count) return { ...spans, order };
  const at = order === null ? Uint32Array.from({ length: count }, (_, span) => span) : order.place.subarray(0, count);
  const place = placesByTrace(spans, at);
  const moved = (column: Uint32Array, width = 1): Uint32Array => {
    if (column.length === 0) return column;
    const to = new Uint32Array(count * width);
    for (let i = 0; i < count; i++) {
      for (let word = 0; word < width; word++) to[place[i] * width + word] = column[at[i] * width + word];
    }
    return to;
  };
  return {
    ...spans,
    count,
    // A part of the batch would have parts of trees.
    order: { place, tree: new Uint32Array(count) },
    trace: moved(spans.trace),
    spanId: moved(spans.spanId, 2),
    parentId: moved(spans.parentId, 2),
    start: moved(spans.start, 2),
    end: moved(spans.end, 2),
    name: moved(spans.name),
    resource: moved(spans.resource),
    scope: moved(spans.scope),
    shape: moved(spans.shape),
    offset: moved(spans.offset),
    facts: moved(spans.facts),
    traceState: moved(spans.traceState),
    statusMessage: moved(spans.statusMessage),
  };
}

/** `at`: where in the columns each of some spans is. */
function placesByTrace({ trace, traceCount }: BatchSpans, at: Uint32Array): Uint32Array {
  const next = new Uint32Array(traceCount + 1);
  for (const each of at) next[trace[each] + 1]++;
  for (let t = 0; t < traceCount; t++) next[t + 1] += next[t];
  return at.map((each) => next[trace[each]]++);
}
