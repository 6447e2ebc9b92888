import type { SpanRows } from './spanRows.ts';
import {
  atOf,
  FACTS,
  flagsOf,
  kindOf,
  NAME,
  OFFSET,
  PARENT_ID,
  RESOURCE,
  SCOPE,
  SHAPE,
  SPAN_ID,
  STATUS_MESSAGE,
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
  | 'parentId'
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
    parentId: new Uint32Array(count * 2),
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

/** What few spans have is found by their rows. */
export interface Apart {
  /** Rows as they came → 1 + rows of the table, for events and links; 0 for duplicates. Empty where there are none. */
  readonly rowOf: Uint32Array;
  /** Row of the table → status message. */
  readonly statusMessage: Map<number, number>;
}

/** Writes the trace that was assembled last as rows `first …` of the table. Memory of what is nearly always zero is not touched. */
export function writeTrace(
  to: TableColumns,
  { rowOf, statusMessage }: Apart,
  trace: number,
  first: number,
  { members, preOrder, parent, position, flags }: TraceAssembler,
  spans: SpanRows,
): void {
  const { count, rows, start, end } = members;
  for (let i = 0; i < count; i++) {
    const row = first + i;
    const member = preOrder[i];
    const up = parent[member];
    to.trace[row] = trace;
    to.parent[row] = up === NONE ? NONE : first + position[up];
    to.start[row] = start[member];
    to.end[row] = end[member];
    if (flags[member] !== 0) to.flags[row] = flags[member];
    const page = spans.pageOf(rows[member]);
    const at = atOf(rows[member]);
    const facts = page[at + FACTS];
    to.spanId[row * 2] = page[at + SPAN_ID];
    to.spanId[row * 2 + 1] = page[at + SPAN_ID + 1];
    to.parentId[row * 2] = page[at + PARENT_ID];
    to.parentId[row * 2 + 1] = page[at + PARENT_ID + 1];
    to.kind[row] = kindOf(facts);
    to.status[row] = statusOf(facts);
    to.name[row] = page[at + NAME];
    if (page[at + TRACE_STATE] !== 0) to.traceState[row] = page[at + TRACE_STATE];
    to.spanFlags[row] = flagsOf(facts);
    to.resource[row] = page[at + RESOURCE];
    to.scope[row] = page[at + SCOPE];
    to.shape[row] = page[at + SHAPE];
    to.offset[row] = page[at + OFFSET];
  }
  writeSubtreeEnds(to, first, count);
  for (let i = 0; i < count && rowOf.length > 0; i++) rowOf[rows[preOrder[i]]] = first + i + 1;
  for (let i = 0; i < count && spans.hasStatusMessages; i++) {
    const message = spans.word(rows[preOrder[i]], STATUS_MESSAGE);
    if (message !== 0) statusMessage.set(first + i, message);
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

/** The columns of the first `count` spans, without room for the others. */
export function cutColumns(columns: TableColumns, count: number): TableColumns {
  if (columns.trace.length === count) return columns;
  return {
    trace: columns.trace.slice(0, count),
    parent: columns.parent.slice(0, count),
    subtreeEnd: columns.subtreeEnd.slice(0, count),
    flags: columns.flags.slice(0, count),
    spanId: columns.spanId.slice(0, count * 2),
    parentId: columns.parentId.slice(0, count * 2),
    start: columns.start.slice(0, count),
    end: columns.end.slice(0, count),
    kind: columns.kind.slice(0, count),
    status: columns.status.slice(0, count),
    name: columns.name.slice(0, count),
    traceState: columns.traceState.slice(0, count),
    spanFlags: columns.spanFlags.slice(0, count),
    resource: columns.resource.slice(0, count),
    scope: columns.scope.slice(0, count),
    shape: columns.shape.slice(0, count),
    offset: columns.offset.slice(0, count),
  };
}
