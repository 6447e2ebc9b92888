import { freeMemory } from '../base/freeMemory.ts';
import { flagsOf, kindOf, statusOf } from './factsWord.ts';
import { gathered, gathered2, inBlocks, sinceOrigin, type RowOrder } from './rowOrder.ts';
import { parentDistance, subtreeSize } from './spanBatch.ts';
import type { SpanColumns } from './spanColumns.ts';
import type { SpanTable } from './spanTable.ts';
import type { TraceAssembler } from './traceAssembler.ts';
import { NONE } from './traceMembers.ts';

/** What assembly finds of each span of the table, and which row of SpanColumns it is. */
export interface Tree extends Pick<SpanTable, 'parent' | 'subtreeEnd' | 'flags'> {
  /** Made when the first span is met that needs it. */
  namedParent: Uint32Array;
  readonly source: Uint32Array;
}

/** What a SpanTable has for each of its spans, but for the tree. */
export type TableColumns = Pick<
  SpanTable,
  | 'trace'
  | 'spanId'
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

/** For `count` spans, all zero. */
export function emptyTree(count: number): Tree {
  return {
    parent: new Int32Array(count),
    subtreeEnd: new Uint32Array(count),
    flags: new Uint8Array(count),
    namedParent: new Uint32Array(),
    source: new Uint32Array(count),
  };
}

/** The first `count` rows: as many fewer as duplicates were merged. */
export function cutTree({ parent, subtreeEnd, flags, namedParent, source }: Tree, count: number): Tree {
  return {
    parent: parent.subarray(0, count),
    subtreeEnd: subtreeEnd.subarray(0, count),
    flags: flags.subarray(0, count),
    namedParent: namedParent.subarray(0, count * 2),
    source: source.subarray(0, count),
  };
}

/** Writes the trace that was assembled last as rows `first …` of the table. What is nearly always zero is not touched. */
export function writeTrace(to: Tree, first: number, assembler: TraceAssembler): void {
  const { parent, flags, source } = to;
  const { members, preOrder, position } = assembler;
  const { count, rows, idHigh, idLow, parentHigh, parentLow } = members;
  for (let i = 0; i < count; i++) {
    const row = first + i;
    const member = preOrder[i];
    const up = assembler.parent[member];
    source[row] = rows[member];
    parent[row] = up === NONE ? NONE : first + position[up];
    const high = up === NONE ? parentHigh[member] : parentHigh[member] ^ idHigh[up];
    const low = up === NONE ? parentLow[member] : parentLow[member] ^ idLow[up];
    if ((high | low) !== 0) nameParent(to, row, high, low);
    if (assembler.flags[member] !== 0) flags[row] = assembler.flags[member];
  }
  writeSubtreeEnds(to, first, count);
}

/** The same of a trace whose tree came with its batch, in pre-order at the rows from `from` on. */
export function copyTrace(to: Tree, first: number, { tree }: SpanColumns, from: number, count: number): void {
  const { parent, subtreeEnd, source } = to;
  for (let i = 0; i < count; i++) {
    const row = first + i;
    const word = tree[from + i];
    const distance = parentDistance(word);
    source[row] = from + i;
    parent[row] = distance === 0 ? NONE : row - distance;
    subtreeEnd[row] = row + subtreeSize(word);
  }
}

function nameParent(to: Tree, row: number, high: number, low: number): void {
  if (to.namedParent.length === 0) to.namedParent = new Uint32Array(to.parent.length * 2);
  to.namedParent[row * 2] = high;
  to.namedParent[row * 2 + 1] = low;
}

/** In pre-order a subtree ends where the next span that is not below begins: one pass from the back. */
function writeSubtreeEnds({ parent, subtreeEnd }: Tree, first: number, count: number): void {
  for (let row = first + count - 1; row >= first; row--) {
    if (subtreeEnd[row] === 0) subtreeEnd[row] = row + 1;
    const up = parent[row];
    if (up !== NONE && subtreeEnd[row] > subtreeEnd[up]) subtreeEnd[up] = subtreeEnd[row];
  }
}

/**
 * The columns of the table out of those of the spans as they came. Every column is written where one lay that is not
 * needed any more, so that hardly any memory is taken:
 *
 *     parentId ◀─ spanId ◀─ start ◀─ end ◀─ name, resource                          two words a row
 *                                           name ◀─ scope   resource ◀─ shape       and so on, one word a row
 *
 * It uses up the columns, and takes no memory that may not be there: once it has begun, it ends.
 */
export function tableColumns(spans: SpanColumns, order: RowOrder, traceOrigin: BigUint64Array): TableColumns {
  const { facts } = spans;
  // Low word first, as in every machine that runs WebAssembly.
  const origins = new Uint32Array(traceOrigin.buffer);
  const spanId = gathered2(spans.spanId, order, spans.parentId);
  const start = sinceOrigin(spans.start, order, origins, spans.spanId);
  const end = sinceOrigin(spans.end, order, origins, spans.start);
  const [first, second] = halves(spans.end);
  const name = gathered(spans.name, order, first);
  const resource = gathered(spans.resource, order, second);
  const scope = gathered(spans.scope, order, spans.name);
  const shape = gathered(spans.shape, order, spans.resource);
  const offset = gathered(spans.offset, order, spans.scope);
  const trace = traceOf(order.traceRows, spans.shape.subarray(0, order.source.length));
  const small = smallColumns(facts, order, spans.offset);
  const traceState = spans.hasTraceStates ? gathered(spans.traceState, order, facts) : new Uint32Array();
  freeMemory([
    spans.trace,
    spans.tree,
    spans.statusMessage,
    spans.traceState,
    ...(spans.hasTraceStates ? [] : [facts]),
  ]);
  return { trace, spanId, start, end, ...small, name, traceState, resource, scope, shape, offset };
}

function traceOf(traceRows: Uint32Array, to: Uint32Array): Uint32Array {
  for (let trace = 0; trace + 1 < traceRows.length; trace++) to.fill(trace, traceRows[trace], traceRows[trace + 1]);
  return to;
}

/** What is in `facts`, a byte or two each, one column behind the other. */
function smallColumns(
  facts: Uint32Array,
  order: RowOrder,
  { buffer }: Uint32Array,
): Pick<SpanTable, 'kind' | 'status' | 'spanFlags'> {
  const { source } = order;
  const count = source.length;
  const spanFlags = new Uint16Array(buffer, 0, count);
  const kind = new Uint8Array(buffer, count * 2, count);
  const status = new Uint8Array(buffer, count * 3, count);
  inBlocks(order, facts, 1, (first, end) => {
    for (let i = first; i < end; i++) {
      const fact = facts[source[i]];
      spanFlags[i] = flagsOf(fact);
      kind[i] = kindOf(fact);
      status[i] = statusOf(fact);
    }
  });
  return { spanFlags, kind, status };
}

/** The memory of a column of two words a row as two of one word each. */
function halves({ buffer, length }: Uint32Array): [Uint32Array, Uint32Array] {
  const half = length / 2;
  return [new Uint32Array(buffer, 0, half), new Uint32Array(buffer, half * Uint32Array.BYTES_PER_ELEMENT, half)];
}
