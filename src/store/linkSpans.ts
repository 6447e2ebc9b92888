import type { RawDataset } from './rawDataset.ts';
import { orderedEvents, orderedLinks } from './spanItems.ts';
import { STATUS_MESSAGE, type SpanRows } from './spanRows.ts';
import type { SpanTable } from './spanTable.ts';
import { cutColumns, emptyColumns, writeTrace } from './tableColumns.ts';
import { TraceAssembler } from './traceAssembler.ts';
import { NONE } from './traceMembers.ts';
import { traceOrder } from './traceOrder.ts';

/** Rows in the order in which they came become a SpanTable: grouped by trace, in pre-order, duplicates merged. */
export function linkSpans(raw: RawDataset): SpanTable {
  const { spans, events, links, resources, scopes } = raw;
  const { traces, first, rows } = groupByTrace(spans);
  const assembler = new TraceAssembler(raw);
  const { members } = assembler;
  const columns = emptyColumns(spans.count);
  const traceRows = new Uint32Array(traces.length + 1);
  const traceOrigin = new BigUint64Array(traces.length);
  /** Rows as they came → rows of the table, for the items that belong to them. */
  const rowOf = new Int32Array(events.count + links.count > 0 ? spans.count : 0).fill(NONE);
  const statusMessage = new Map<number, number>();
  let spanCount = 0;
  for (let t = 0; t < traces.length; t++) {
    assembler.assemble(rows.subarray(first[t], first[t + 1]));
    writeTrace(columns, t, spanCount, assembler, spans);
    for (let i = 0; i < members.count; i++, spanCount++) {
      const source = members.rows[assembler.preOrder[i]];
      if (rowOf.length > 0) rowOf[source] = spanCount;
      const message = spans.word(source, STATUS_MESSAGE);
      if (message !== 0) statusMessage.set(spanCount, message);
    }
    traceRows[t + 1] = spanCount;
    traceOrigin[t] = (BigInt(members.originHigh) << 32n) | BigInt(members.originLow);
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
    events: orderedEvents(events, rowOf, spanCount, columns.trace, traceOrigin),
    links: orderedLinks(links, rowOf, spanCount),
    statusMessage,
    attributes: raw.attributes,
    problems: {
      invalidIds: raw.invalidIds,
      negativeDurations: raw.negativeDurations,
      duplicates: members.duplicates,
      orphans: assembler.orphans,
      cycles: assembler.cycles,
    },
  };
}

/** Rows by trace (a counting sort), traces with at least one row in ascending order of their id. */
function groupByTrace({ trace, traces: { ids, count }, count: spanCount }: SpanRows) {
  const counts = new Uint32Array(count);
  trace.eachStretch(0, spanCount, (page, at, _, length) => {
    for (let i = at; i < at + length; i++) counts[page[i]]++;
  });
  const traces = traceOrder(ids, count).filter((number) => counts[number] > 0);
  const first = new Uint32Array(traces.length + 1);
  const next = counts;
  for (let t = 0; t < traces.length; t++) {
    first[t + 1] = first[t] + counts[traces[t]];
    next[traces[t]] = first[t];
  }
  const rows = new Uint32Array(spanCount);
  trace.eachStretch(0, spanCount, (page, at, index, length) => {
    for (let i = 0; i < length; i++) rows[next[page[at + i]]++] = index + i;
  });
  return { traces, first, rows };
}

function idsOf({ traces: { ids } }: SpanRows, traces: Uint32Array): Uint32Array {
  const result = new Uint32Array(traces.length * 4);
  for (let t = 0; t < traces.length; t++) result.set(ids.subarray(traces[t] * 4, traces[t] * 4 + 4), t * 4);
  return result;
}
