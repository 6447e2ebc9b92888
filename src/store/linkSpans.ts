import { freeMemory } from '../base/freeMemory.ts';
import type { RawDataset } from './rawDataset.ts';
import { orderedEvents, orderedLinks } from './spanItems.ts';
import type { SpanColumns } from './spanColumns.ts';
import { subtreeSize } from './spanBatch.ts';
import { SpansApart } from './spansApart.ts';
import { traceIdOf, type FirstProblem, type SpanTable } from './spanTable.ts';
import { copyTrace, cutTree, emptyTree, tableColumns, writeTrace } from './tableColumns.ts';
import { TraceAssembler } from './traceAssembler.ts';
import { NONE } from './traceMembers.ts';
import { traceRuns } from './traceRuns.ts';

/**
 * Spans in the order in which they came become a SpanTable: grouped by trace, in pre-order, duplicates merged. The
 * columns of `raw.spans` are used up by it. Throws a RangeError where there is no memory, and then they are as they were.
 */
export function linkSpans(raw: RawDataset): SpanTable {
  const { spans, events, links, resources, scopes } = raw;
  const runs = traceRuns(spans);
  const { traces } = runs;
  const assembler = new TraceAssembler(raw);
  const { members } = assembler;
  const wholeTree = emptyTree(spans.count);
  const traceRows = new Uint32Array(traces.length + 1);
  const traceOrigin = new BigUint64Array(traces.length);
  // Low word first, as in every machine that runs WebAssembly.
  const originWords = new Uint32Array(traceOrigin.buffer);
  const apart = new SpansApart(spans, [events, links]);
  let spanCount = 0;
  for (let t = 0; t < traces.length; t++) {
    const first = spanCount;
    const run = runs.first[t];
    const from = runs.from[run];
    const count = runs.to[run] - from;
    // All of the trace is side by side, and came as one tree: a tree that does not fit is of a part of it.
    if (runs.first[t + 1] === run + 1 && subtreeSize(spans.tree[from]) === count) {
      copyTrace(wholeTree, first, spans, from, count);
      latestStart(spans.start, from, from + count, originWords, t * 2);
      spanCount += count;
    } else {
      assembler.assemble(runs, t);
      writeTrace(wholeTree, first, assembler);
      originWords[t * 2] = members.originLow;
      originWords[t * 2 + 1] = members.originHigh;
      spanCount += members.count;
    }
    apart.note(traces[t], wholeTree.source, first, spanCount);
    traceRows[t + 1] = spanCount;
  }
  const traceId = idsOf(spans, traces);
  const orderedItems = {
    events: orderedEvents(events, apart, spanCount, traceRows, traceOrigin),
    links: orderedLinks(links, apart, spanCount),
  };
  const firstProblems = {
    withoutStart: firstProblem(raw, assembler.first.withoutStart),
    negativeDurations: firstProblem(raw, assembler.first.negativeDurations),
    duplicates: firstProblem(raw, members.firstDuplicate),
    orphans: firstProblem(raw, assembler.first.orphans),
    cycles: firstProblem(raw, assembler.first.cycles),
  };
  const { source, ...tree } = cutTree(wholeTree, spanCount);
  // From here on nothing fails.
  const columns = tableColumns(spans, { source, traceRows }, traceOrigin);
  freeMemory([source]);
  return {
    spanCount,
    traceCount: traces.length,
    traceRows,
    traceId,
    traceOrigin,
    ...tree,
    ...columns,
    resources: { shape: resources.shape, offset: resources.offset, service: raw.service },
    scopes: { shape: scopes.shape, offset: scopes.offset, name: scopes.name, version: scopes.version },
    ...orderedItems,
    statusMessage: apart.statusMessage,
    attributes: raw.attributes,
    problems: {
      invalidIds: raw.invalidIds,
      negativeDurations: raw.negativeDurations,
      duplicates: members.duplicates,
      orphans: assembler.orphans,
      cycles: assembler.cycles,
    },
    withoutStart: assembler.withoutStart,
    firstProblems,
    isPartial: raw.isPartial,
  };
}

/** The latest of the starts in rows `[from, to)`, high word first there, written to `words` with the low one first. */
function latestStart(start: Uint32Array, from: number, to: number, words: Uint32Array, at: number): void {
  let high = 0;
  let low = 0;
  for (let i = from * 2; i < to * 2; i += 2) {
    if (start[i] < high || (start[i] === high && start[i + 1] <= low)) continue;
    high = start[i];
    low = start[i + 1];
  }
  words[at] = low;
  words[at + 1] = high;
}

function firstProblem({ spans, sourceEnds }: RawDataset, row: number): FirstProblem | null {
  if (row === NONE) return null;
  const at = spans.trace[row] * 4;
  return {
    source: sourceEnds.filter((end) => end <= row).length,
    traceId: traceIdOf(spans.traces.ids.subarray(at, at + 4)),
  };
}

function idsOf({ traces: { ids } }: SpanColumns, traces: Uint32Array): Uint32Array {
  const result = new Uint32Array(traces.length * 4);
  for (let to = 0, t = 0; t < traces.length; t++) {
    const at = traces[t] * 4;
    result[to++] = ids[at];
    result[to++] = ids[at + 1];
    result[to++] = ids[at + 2];
    result[to++] = ids[at + 3];
  }
  return result;
}
