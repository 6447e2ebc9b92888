import type { SpanRows } from './spanRows.ts';
import {
  atOf,
  FACTS,
  flagsOf,
  kindOf,
  NAME,
  OFFSET,
  RESOURCE,
  SCOPE,
  SHAPE,
  statusOf,
  TRACE_STATE,
} from './spanRows.ts';
import type { SpanTable } from './spanTable.ts';
import type { TraceAssembler } from './traceAssembler.ts';
import { NONE } from './traceMembers.ts';

/** What a SpanTable has for each of its spans. */
export type TableColumns = Pick<
  SpanTable,
  | 'trace'
  | 'parent'
  | 'subtreeEnd'
  | 'flags'
  | 'spanId'
  | 'namedParent'
  | 'start'
  | 'end'
  | 'kind'
  | 'status'
  | 'name'
  | 'traceState'
  | 'spanFlags'
  | 'resource'
  | 'scope'
  | 'shape'
  | 'offset'
>;

/** Columns for `count` spans, all zero. */
export function emptyColumns(count: number): TableColumns {
  return {
    trace: new Uint32Array(count),
    parent: new Int32Array(count),
    subtreeEnd: new Uint32Array(count),
    flags: new Uint8Array(count),
    spanId: new Uint32Array(count * 2),
    namedParent: new Uint32Array(count * 2),
    start: new Float64Array(count),
    end: new Float64Array(count),
    kind: new Uint8Array(count),
    status: new Uint8Array(count),
    name: new Uint32Array(count),
    traceState: new Uint32Array(count),
    spanFlags: new Uint16Array(count),
    resource: new Uint32Array(count),
    scope: new Uint32Array(count),
    shape: new Uint32Array(count),
    offset: new Uint32Array(count),
  };
}

/** Writes the trace that was assembled last as rows `first …` of the table. What is nearly always zero is not touched. */
export function writeTrace(to: TableColumns, trace: number, first: number, assembler: TraceAssembler, spans: SpanRows) {
  writeTree(to, trace, first, assembler);
  writeRows(to, first, assembler, spans);
  writeSubtreeEnds(to, first, assembler.members.count);
}

/** What assembly found. */
function writeTree(to: TableColumns, number: number, first: number, assembler: TraceAssembler): void {
  const { trace, parent, flags, start, end, spanId, namedParent } = to;
  const { members, preOrder, position } = assembler;
  const { count, idHigh, idLow, parentHigh, parentLow } = members;
  for (let i = 0; i < count; i++) {
    const row = first + i;
    const member = preOrder[i];
    const up = assembler.parent[member];
    trace[row] = number;
    parent[row] = up === NONE ? NONE : first + position[up];
    start[row] = members.start[member];
    end[row] = members.end[member];
    spanId[row * 2] = idHigh[member];
    spanId[row * 2 + 1] = idLow[member];
    const high = up === NONE ? parentHigh[member] : parentHigh[member] ^ idHigh[up];
    const low = up === NONE ? parentLow[member] : parentLow[member] ^ idLow[up];
    if ((high | low) !== 0) {
      namedParent[row * 2] = high;
      namedParent[row * 2 + 1] = low;
    }
    if (assembler.flags[member] !== 0) flags[row] = assembler.flags[member];
  }
}

/** What stands in the rows alone. */
function writeRows(to: TableColumns, first: number, assembler: TraceAssembler, spans: SpanRows): void {
  const { kind, status, spanFlags, name, traceState, resource, scope, shape, offset } = to;
  const { members, preOrder } = assembler;
  const { count, rows } = members;
  for (let i = 0; i < count; i++) {
    const row = first + i;
    const from = rows[preOrder[i]];
    const page = spans.pageOf(from);
    const at = atOf(from);
    const facts = page[at + FACTS];
    kind[row] = kindOf(facts);
    status[row] = statusOf(facts);
    spanFlags[row] = flagsOf(facts);
    name[row] = page[at + NAME];
    if (page[at + TRACE_STATE] !== 0) traceState[row] = page[at + TRACE_STATE];
    resource[row] = page[at + RESOURCE];
    scope[row] = page[at + SCOPE];
    shape[row] = page[at + SHAPE];
    offset[row] = page[at + OFFSET];
  }
}

/** In pre-order a subtree ends where the next span that is not below begins: one pass from the back. */
function writeSubtreeEnds({ parent, subtreeEnd }: TableColumns, first: number, count: number): void {
  for (let row = first + count - 1; row >= first; row--) {
    if (subtreeEnd[row] === 0) subtreeEnd[row] = row + 1;
    const up = parent[row];
    if (up !== NONE && subtreeEnd[row] > subtreeEnd[up]) subtreeEnd[up] = subtreeEnd[row];
  }
}

/**
 * The columns of the first `count` spans. Where few others were left out, as duplicates mostly are, these are views:
 * copies of all columns would take as much memory again.
 */
export function cutColumns(columns: TableColumns, count: number): TableColumns {
  if (columns.trace.length === count) return columns;
  const part = count < columns.trace.length * 0.9 ? 'slice' : 'subarray';
  return {
    trace: columns.trace[part](0, count),
    parent: columns.parent[part](0, count),
    subtreeEnd: columns.subtreeEnd[part](0, count),
    flags: columns.flags[part](0, count),
    spanId: columns.spanId[part](0, count * 2),
    namedParent: columns.namedParent[part](0, count * 2),
    start: columns.start[part](0, count),
    end: columns.end[part](0, count),
    kind: columns.kind[part](0, count),
    status: columns.status[part](0, count),
    name: columns.name[part](0, count),
    traceState: columns.traceState[part](0, count),
    spanFlags: columns.spanFlags[part](0, count),
    resource: columns.resource[part](0, count),
    scope: columns.scope[part](0, count),
    shape: columns.shape[part](0, count),
    offset: columns.offset[part](0, count),
  };
}
