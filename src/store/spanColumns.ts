import { freeMemory } from '../base/freeMemory.ts';
import { expectedCount, hasMemoryFor, LARGE } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import type { BatchNumbers } from './batchNumbers.ts';
import type { OrderedSpans } from './batchOrder.ts';
import { factsOf } from './factsWord.ts';
import { ENDS_BEFORE_START, INVALID_PARENT, type BatchSpans } from './spanBatch.ts';
import type { SpanRecord } from './spanSink.ts';
import { TraceIndex } from './traceIndex.ts';

const FIRST_CAPACITY = 256;
/** Up to so many rows columns just double: the copies are small. */
const FEW_ROWS = 1 << 16;

/** Two words a row. */
const WIDE = ['spanId', 'parentId', 'start', 'end'] as const;
/** One word a row. */
const NARROW = [
  'name',
  'resource',
  'scope',
  'shape',
  'offset',
  'facts',
  'traceState',
  'statusMessage',
  'trace',
  'tree',
] as const;
type Name = (typeof WIDE)[number] | (typeof NARROW)[number];

/**
 * Spans in the order in which they came. When traces are assembled, these columns turn into those of the table one
 * after another, each in the memory of one that is not needed any more (tableColumns.ts): so spans are in memory once.
 *
 * Memory that is written to for the first time is what reading a large file costs most, so columns are made as long as
 * they will probably be: the part of the input that was read tells. What is not written to costs nothing, which is why
 * zeros are not written to `traceState` and `statusMessage`, which hardly any span has.
 */
export class SpanColumns implements Record<Name, Uint32Array> {
  count = 0;
  /** The part of all input that was read, up to 1; 0 where it is not known. */
  fractionRead = 0;
  hasTraceStates = false;
  hasStatusMessages = false;
  readonly traces = new TraceIndex();

  /** Two words each, the high one first. */
  spanId = new Uint32Array(FIRST_CAPACITY * 2);
  parentId = new Uint32Array(FIRST_CAPACITY * 2);
  /** Nanoseconds since 1970. */
  start = new Uint32Array(FIRST_CAPACITY * 2);
  end = new Uint32Array(FIRST_CAPACITY * 2);
  name = new Uint32Array(FIRST_CAPACITY);
  traceState = new Uint32Array(FIRST_CAPACITY);
  resource = new Uint32Array(FIRST_CAPACITY);
  scope = new Uint32Array(FIRST_CAPACITY);
  shape = new Uint32Array(FIRST_CAPACITY);
  offset = new Uint32Array(FIRST_CAPACITY);
  /** See `factsOf`. */
  facts = new Uint32Array(FIRST_CAPACITY);
  statusMessage = new Uint32Array(FIRST_CAPACITY);
  /** Numbers in `traces`. */
  trace = new Uint32Array(FIRST_CAPACITY);
  /** See BatchOrder; 0 where a trace's tree is not known. */
  tree = new Uint32Array(FIRST_CAPACITY);

  /** Makes room for `count` spans in all. Throws a RangeError where there is no memory; what is there stays. */
  reserve(count: number): void {
    const room = this.tree.length;
    if (count <= room) return;
    const least = Math.max(count, room < FEW_ROWS ? room * 2 : room + (room >>> 2));
    const expected = room < FEW_ROWS ? 0 : expectedCount(count, this.fractionRead, room);
    // There may be memory for what has come, and none for what is expected.
    if (expected <= least || !hasMemoryFor(() => this.#makeRoom(expected))) this.#makeRoom(least);
  }

  /** Leaves out all but the first `count` spans. */
  cut(count: number): void {
    this.count = Math.min(this.count, count);
  }

  add(span: SpanRecord): void {
    const row = this.count;
    if (row === this.tree.length) this.reserve(row + 1);
    this.trace[row] = this.traces.indexOf(span.traceId0, span.traceId1, span.traceId2, span.traceId3);
    this.tree[row] = 0;
    this.spanId[row * 2] = span.spanId0;
    this.spanId[row * 2 + 1] = span.spanId1;
    this.parentId[row * 2] = span.parentId0;
    this.parentId[row * 2 + 1] = span.parentId1;
    this.start[row * 2] = span.startHigh;
    this.start[row * 2 + 1] = span.startLow;
    this.end[row * 2] = span.endHigh;
    this.end[row * 2 + 1] = span.endLow;
    this.name[row] = span.name;
    this.resource[row] = span.resource;
    this.scope[row] = span.scope;
    this.shape[row] = span.shape;
    this.offset[row] = span.shape === EMPTY_SHAPE ? 0 : span.offset;
    // Unsigned, so that nothing below zero gets into the other facts.
    const kind = span.kind >>> 0;
    const status = span.status >>> 0;
    const marks = (span.hasInvalidParent ? INVALID_PARENT : 0) | (span.endsBeforeStart ? ENDS_BEFORE_START : 0);
    this.facts[row] = factsOf(kind > 5 ? 0 : kind, status > 2 ? 0 : status, marks, span.spanFlags);
    if (span.traceState !== 0 || this.hasTraceStates) this.#setTraceState(row, span.traceState);
    if (span.statusMessage !== 0 || this.hasStatusMessages) this.#setStatusMessage(row, span.statusMessage);
    this.count = row + 1;
  }

  /** A batch's spans go behind those that are here. Throws a RangeError where there is no memory; what is there stays. */
  append(batch: OrderedSpans, numbers: BatchNumbers): void {
    const { count: first } = this;
    const { count, order } = batch;
    this.reserve(first + count);
    const traces = this.traces.append(batch.traceId, batch.traceCount);
    const { strings, shapes, resources, scopes, firstValue } = numbers;
    for (const name of WIDE) this[name].set(batch[name].subarray(0, count * 2), first * 2);
    this.facts.set(batch.facts.subarray(0, count), first);
    this.tree.set(order.tree.subarray(0, count), first);
    renumber(batch.trace, count, traces, this.trace, first);
    renumber(batch.name, count, strings, this.name, first);
    renumber(batch.resource, count, resources, this.resource, first);
    renumber(batch.scope, count, scopes, this.scope, first);
    renumber(batch.shape, count, shapes, this.shape, first);
    moveOffsets(batch.offset, batch.shape, count, firstValue, this.offset, first);
    this.#appendRare('traceState', batch.traceState, count, strings);
    this.#appendRare('statusMessage', batch.statusMessage, count, strings);
    this.count += count;
  }

  /** All spans, for another builder. */
  batch(): BatchSpans {
    const { count, traces } = this;
    const { trace, spanId, parentId, start, end, name, resource, scope, shape, offset, facts } = this;
    const traceState = this.traceState.subarray(0, this.hasTraceStates ? count : 0);
    const statusMessage = this.statusMessage.subarray(0, this.hasStatusMessages ? count : 0);
    const ids = { traceCount: traces.count, traceId: traces.ids, trace, spanId, parentId };
    const rest = { start, end, name, resource, scope, shape, offset, facts, traceState, statusMessage };
    return { count, order: null, ...ids, ...rest };
  }

  /** Strings that hardly any span has. */
  #appendRare(name: 'traceState' | 'statusMessage', from: Uint32Array, count: number, strings: Uint32Array): void {
    const isThere = name === 'traceState' ? this.hasTraceStates : this.hasStatusMessages;
    if (from.length > 0) renumber(from, count, strings, this[name], this.count);
    else if (isThere) this[name].fill(0, this.count, this.count + count);
    if (name === 'traceState') this.hasTraceStates ||= from.length > 0;
    else this.hasStatusMessages ||= from.length > 0;
  }

  /** Rows may be written again, after a `cut` or where there was no memory: from the first one on zeros are written too. */
  #setTraceState(row: number, text: number): void {
    this.traceState[row] = text;
    this.hasTraceStates = true;
  }

  #setStatusMessage(row: number, text: number): void {
    this.statusMessage[row] = text;
    this.hasStatusMessages = true;
  }

  #makeRoom(capacity: number): void {
    // The last one tells how many there is room for.
    for (const name of WIDE) this.#lengthen(name, 2, capacity);
    for (const name of NARROW) this.#lengthen(name, 1, capacity);
  }

  #lengthen(name: Name, width: number, capacity: number): void {
    const column = this[name];
    if (column.length >= capacity * width) return;
    const longer = new Uint32Array(capacity * width);
    if (name === 'traceState' ? this.hasTraceStates : name !== 'statusMessage' || this.hasStatusMessages)
      longer.set(column.subarray(0, this.count * width));
    this.#replace(name, longer);
  }

  #replace(name: Name, column: Uint32Array<ArrayBuffer>): void {
    const old = this[name];
    this[name] = column;
    if (old.byteLength >= LARGE) freeMemory([old]);
  }
}

/** The numbers here of a batch's. */
function renumber(from: Uint32Array, count: number, numbers: Uint32Array, to: Uint32Array, first: number): void {
  for (let i = 0; i < count; i++) to[first + i] = numbers[from[i]];
}

/** Offsets into the values here, of lists of these shapes. */
function moveOffsets(
  from: Uint32Array,
  shape: Uint32Array,
  count: number,
  firstValue: number,
  to: Uint32Array,
  first: number,
): void {
  for (let i = 0; i < count; i++) to[first + i] = shape[i] === EMPTY_SHAPE ? 0 : from[i] + firstValue;
}
