import type { RawDataset } from './rawDataset.ts';
import { orderedEvents, orderedLinks } from './spanItems.ts';
import type { SpanRows } from './spanRows.ts';
import { SpansApart } from './spansApart.ts';
import { traceIdOf, type FirstProblem, type SpanTable } from './spanTable.ts';
import { cutColumns, emptyColumns, writeTrace } from './tableColumns.ts';
import { TraceAssembler } from './traceAssembler.ts';
import { NONE } from './traceMembers.ts';
import { traceRuns } from './traceRuns.ts';

/** Rows in the order in which they came become a SpanTable: grouped by trace, in pre-order, duplicates merged. */
export function linkSpans(raw: RawDataset): SpanTable {
  const { spans, events, links, resources, scopes } = raw;
  const runs = traceRuns(spans);
  const { traces } = runs;
  const assembler = new TraceAssembler(raw);
  const { members } = assembler;
  const columns = emptyColumns(spans.count);
  const traceRows = new Uint32Array(traces.length + 1);
  const traceOrigin = new BigUint64Array(traces.length);
  // Low word first, as in every machine that runs WebAssembly.
  const originWords = new Uint32Array(traceOrigin.buffer);
  const apart = new SpansApart(spans, [events, links]);
  let spanCount = 0;
  for (let t = 0; t < traces.length; t++) {
    assembler.assemble(runs, t);
    writeTrace(columns, t, spanCount, assembler, spans);
    apart.note(traces[t], spanCount, assembler);
    spanCount += members.count;
    traceRows[t + 1] = spanCount;
    originWords[t * 2] = members.originLow;
    originWords[t * 2 + 1] = members.originHigh;
  }
  return {
    spanCount,
    traceCount: traces.length,
    traceRows,
    traceId: idsOf(spans, traces),
    traceOrigin,
    ...cutColumns(columns, spanCount),
    resources: { shape: resources.shape, offset: resources.offset, service: raw.service },
    scopes: { shape: scopes.shape, offset: scopes.offset, name: scopes.name, version: scopes.version },
    events: orderedEvents(events, apart, spanCount, columns.trace, traceOrigin),
    links: orderedLinks(links, apart, spanCount),
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
    firstProblems: {
      withoutStart: firstProblem(raw, assembler.first.withoutStart),
      negativeDurations: firstProblem(raw, assembler.first.negativeDurations),
      duplicates: firstProblem(raw, members.firstDuplicate),
      orphans: firstProblem(raw, assembler.first.orphans),
      cycles: firstProblem(raw, assembler.first.cycles),
    },
    isPartial: raw.isPartial,
  };
}

function firstProblem({ spans, sourceEnds }: RawDataset, row: number): FirstProblem | null {
  if (row === NONE) return null;
  const at = spans.trace.at(row) * 4;
  return {
    source: sourceEnds.filter((end) => end <= row).length,
    traceId: traceIdOf(spans.traces.ids.subarray(at, at + 4)),
  };
}

function idsOf({ traces: { ids } }: SpanRows, traces: Uint32Array): Uint32Array {
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
