import { picked } from './picked.ts';
import type { RawDataset, RawSpans } from './rawSpans.ts';
import { orderedEvents, orderedLinks, orderedMessages } from './spanItems.ts';
import type { SpanTable } from './spanTable.ts';
import { NONE, TraceAssembler } from './traceAssembler.ts';
import { traceOrder } from './traceOrder.ts';

/** Rows in the order in which they came become a SpanTable: grouped by trace, in pre-order, duplicates merged. */
export function linkSpans(raw: RawDataset): SpanTable {
  const { spans } = raw;
  const order = traceOrder(spans.traceId, spans.traceCount);
  const grouped = groupByTrace(spans, order);
  const assembler = new TraceAssembler(raw);
  // `source[i]` is the builder's row of the table's row i; duplicates are not in it.
  const source = new Uint32Array(spans.count);
  const parent = new Int32Array(spans.count);
  const flags = new Uint8Array(spans.count);
  const traceRows = new Uint32Array(spans.traceCount + 1);
  const origin = new BigUint64Array(spans.traceCount);
  const start = new Float64Array(spans.count);
  const end = new Float64Array(spans.count);
  const trace = new Uint32Array(spans.count);
  let row = 0;
  for (let t = 0; t < spans.traceCount; t++) {
    const written = assembler.assemble(grouped.rows.subarray(grouped.first[t], grouped.first[t + 1]));
    origin[t] = (BigInt(assembler.originHigh) << 32n) | BigInt(assembler.originLow);
    for (let i = 0; i < written; i++) {
      const member = assembler.preOrder[i];
      const up = assembler.parent[member];
      source[row + i] = assembler.rows[member];
      parent[row + i] = up === NONE ? NONE : row + assembler.position[up];
      flags[row + i] = assembler.flags[member];
      start[row + i] = assembler.start[member];
      end[row + i] = assembler.end[member];
      trace[row + i] = t;
    }
    row += written;
    traceRows[t + 1] = row;
  }
  const rows = source.subarray(0, row);
  return {
    spanCount: row,
    traceCount: spans.traceCount,
    traceRows,
    traceId: picked(spans.traceId, order, 4),
    traceOrigin: origin,
    trace: trace.slice(0, row),
    parent: parent.slice(0, row),
    subtreeEnd: subtreeEnds(parent, row),
    flags: flags.slice(0, row),
    spanId: picked(spans.spanId, rows, 2),
    parentId: picked(spans.parentId, rows, 2),
    start: start.slice(0, row),
    end: end.slice(0, row),
    kind: picked(spans.kind, rows),
    status: picked(spans.status, rows),
    name: picked(spans.name, rows),
    traceState: picked(spans.traceState, rows),
    spanFlags: picked(spans.spanFlags, rows),
    resource: picked(spans.resource, rows),
    scope: picked(spans.scope, rows),
    shape: picked(spans.shape, rows),
    offset: picked(spans.offset, rows),
    resources: raw.resources,
    scopes: raw.scopes,
    events: orderedEvents(raw, rows, trace, origin),
    links: orderedLinks(raw, rows),
    statusMessage: orderedMessages(spans.statusMessage, rows),
    attributes: raw.attributes,
    problems: {
      invalidIds: raw.invalidIds,
      negativeDurations: raw.negativeDurations,
      duplicates: assembler.duplicates,
      orphans: assembler.orphans,
      cycles: assembler.cycles,
    },
  };
}

/** Builder rows by trace, traces in ascending order of their id: a counting sort. */
function groupByTrace(spans: RawSpans, order: Uint32Array): { first: Uint32Array; rows: Uint32Array } {
  const place = new Uint32Array(spans.traceCount);
  for (let t = 0; t < spans.traceCount; t++) place[order[t]] = t;
  const first = new Uint32Array(spans.traceCount + 1);
  for (let i = 0; i < spans.count; i++) first[place[spans.trace[i]] + 1]++;
  for (let t = 0; t < spans.traceCount; t++) first[t + 1] += first[t];
  const next = first.slice(0, spans.traceCount);
  const rows = new Uint32Array(spans.count);
  for (let i = 0; i < spans.count; i++) rows[next[place[spans.trace[i]]]++] = i;
  return { first, rows };
}

/** In pre-order a subtree ends where the next span that is not below begins: one pass from the back. */
function subtreeEnds(parent: Int32Array, count: number): Uint32Array {
  const ends = new Uint32Array(count);
  for (let i = count - 1; i >= 0; i--) {
    if (ends[i] === 0) ends[i] = i + 1;
    const up = parent[i];
    if (up !== NONE && ends[i] > ends[up]) ends[up] = ends[i];
  }
  return ends;
}
