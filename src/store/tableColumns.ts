import { freeMemory } from '../base/freeMemory.ts';
import { flagsOf, kindOf, statusOf } from './batchRow.ts';
import type { SpanColumns } from './spanColumns.ts';
import type { SpanTable } from './spanTable.ts';
import type { TraceAssembler } from './traceAssembler.ts';
import { NONE } from './traceMembers.ts';

const TWO_32 = 4294967296;

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
 * The columns of the table out of those of the spans as they came: row i is what came as `source[i]`. Every column is
 * written where one lay that is not needed any more, so that hardly any memory is taken:
 *
 *     parentId ◀─ spanId ◀─ start ◀─ end ◀─ name, resource                          two words a row
 *                                           name ◀─ scope   resource ◀─ shape       and so on, one word a row
 *
 * It uses up the columns, and takes no memory that may not be there: once it has begun, it ends.
 */
export function tableColumns(
  spans: SpanColumns,
  source: Uint32Array,
  traceRows: Uint32Array,
  traceOrigin: BigUint64Array,
): TableColumns {
  const count = source.length;
  const { facts } = spans;
  const spanId = gathered2(spans.spanId, source, spans.parentId);
  const start = sinceOrigin(spans.start, source, traceRows, traceOrigin, spans.spanId);
  const end = sinceOrigin(spans.end, source, traceRows, traceOrigin, spans.start);
  const [first, second] = halves(spans.end);
  const name = gathered(spans.name, source, first);
  const resource = gathered(spans.resource, source, second);
  const scope = gathered(spans.scope, source, spans.name);
  const shape = gathered(spans.shape, source, spans.resource);
  const offset = gathered(spans.offset, source, spans.scope);
  const trace = traceOf(traceRows, spans.shape.subarray(0, count));
  const small = smallColumns(facts, source, spans.offset);
  const traceState = spans.hasTraceStates ? gathered(spans.traceState, source, facts) : new Uint32Array();
  freeMemory([spans.trace, spans.statusMessage, spans.traceState, ...(spans.hasTraceStates ? [] : [facts])]);
  return { trace, spanId, start, end, ...small, name, traceState, resource, scope, shape, offset };
}

/** What is looked up lies all over a column, but a loop that does nothing else has many look-ups on their way at once. */
function gathered(from: Uint32Array, source: Uint32Array, room: Uint32Array): Uint32Array {
  const to = room.subarray(0, source.length);
  for (let i = 0; i < to.length; i++) to[i] = from[source[i]];
  return to;
}

/** Two words a row. */
function gathered2(from: Uint32Array, source: Uint32Array, room: Uint32Array): Uint32Array {
  const to = room.subarray(0, source.length * 2);
  for (let i = 0; i < source.length; i++) {
    const row = source[i];
    to[i * 2] = from[row * 2];
    to[i * 2 + 1] = from[row * 2 + 1];
  }
  return to;
}

/** Times, two words each, as nanoseconds from the origin of their trace. */
function sinceOrigin(
  words: Uint32Array,
  source: Uint32Array,
  traceRows: Uint32Array,
  traceOrigin: BigUint64Array,
  room: Uint32Array,
): Float64Array {
  const to = new Float64Array(room.buffer, 0, source.length);
  // Low word first, as in every machine that runs WebAssembly.
  const origins = new Uint32Array(traceOrigin.buffer);
  for (let trace = 0; trace + 1 < traceRows.length; trace++) {
    const low = origins[trace * 2];
    const high = origins[trace * 2 + 1];
    for (let i = traceRows[trace]; i < traceRows[trace + 1]; i++) {
      const at = source[i] * 2;
      to[i] = (words[at] - high) * TWO_32 + (words[at + 1] - low);
    }
  }
  return to;
}

function traceOf(traceRows: Uint32Array, to: Uint32Array): Uint32Array {
  for (let trace = 0; trace + 1 < traceRows.length; trace++) to.fill(trace, traceRows[trace], traceRows[trace + 1]);
  return to;
}

/** What is in `facts`, a byte or two each, one column behind the other. */
function smallColumns(
  facts: Uint32Array,
  source: Uint32Array,
  { buffer }: Uint32Array,
): Pick<SpanTable, 'kind' | 'status' | 'spanFlags'> {
  const count = source.length;
  const spanFlags = new Uint16Array(buffer, 0, count);
  const kind = new Uint8Array(buffer, count * 2, count);
  const status = new Uint8Array(buffer, count * 3, count);
  for (let i = 0; i < count; i++) {
    const fact = facts[source[i]];
    spanFlags[i] = flagsOf(fact);
    kind[i] = kindOf(fact);
    status[i] = statusOf(fact);
  }
  return { spanFlags, kind, status };
}

/** The memory of a column of two words a row as two of one word each. */
function halves({ buffer, length }: Uint32Array): [Uint32Array, Uint32Array] {
  const half = length / 2;
  return [new Uint32Array(buffer, 0, half), new Uint32Array(buffer, half * Uint32Array.BYTES_PER_ELEMENT, half)];
}
