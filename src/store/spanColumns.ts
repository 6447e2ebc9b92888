import { freeMemory } from '../base/freeMemory.ts';
import { expectedCount, hasMemoryFor, LARGE } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import type { BatchNumbers, SpanOrder } from './batchNumbers.ts';
import {
  END,
  FACTS,
  factsOf,
  NAME,
  OFFSET,
  PARENT_ID,
  RESOURCE,
  ROW_WORDS,
  SCOPE,
  SHAPE,
  SPAN_ID,
  START,
  STATUS_MESSAGE,
  TRACE_STATE,
} from './batchRow.ts';
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

  /**
   * The first `count` spans of a batch go behind those that are here, each to its place.
   * Throws a RangeError where there is no memory; what is there stays.
   */
  append(batch: BatchSpans, count: number, { place, tree }: SpanOrder, numbers: BatchNumbers): void {
    this.reserve(this.count + count);
    const { strings, shapes, resources, scopes, firstValue } = numbers;
    const { rows, trace } = batch;
    const traces = this.traces.append(batch.traceId, batch.traceCount);
    const { spanId, parentId, start, end, name, resource, scope, shape, offset, facts, count: first } = this;
    if (tree === null) this.tree.fill(0, first, first + count);
    else this.tree.set(tree.subarray(0, count), first);
    for (let i = 0, from = 0; i < count; i++, from += ROW_WORDS) {
      const row = first + place[i];
      const wide = row * 2;
      this.trace[row] = traces[trace[i]];
      spanId[wide] = rows[from + SPAN_ID];
      spanId[wide + 1] = rows[from + SPAN_ID + 1];
      parentId[wide] = rows[from + PARENT_ID];
      parentId[wide + 1] = rows[from + PARENT_ID + 1];
      start[wide] = rows[from + START];
      start[wide + 1] = rows[from + START + 1];
      end[wide] = rows[from + END];
      end[wide + 1] = rows[from + END + 1];
      name[row] = strings[rows[from + NAME]];
      resource[row] = resources[rows[from + RESOURCE]];
      scope[row] = scopes[rows[from + SCOPE]];
      const list = rows[from + SHAPE];
      shape[row] = shapes[list];
      offset[row] = list === EMPTY_SHAPE ? 0 : rows[from + OFFSET] + firstValue;
      facts[row] = rows[from + FACTS];
      const state = rows[from + TRACE_STATE];
      if (state !== 0 || this.hasTraceStates) this.#setTraceState(row, strings[state]);
      const message = rows[from + STATUS_MESSAGE];
      if (message !== 0 || this.hasStatusMessages) this.#setStatusMessage(row, strings[message]);
    }
    this.count += count;
  }

  /** All spans, for another builder. */
  batch(): BatchSpans {
    const { count, traces, trace } = this;
    const rows = new Uint32Array(count * ROW_WORDS);
    for (let row = 0, to = 0; row < count; row++, to += ROW_WORDS) {
      rows[to + SPAN_ID] = this.spanId[row * 2];
      rows[to + SPAN_ID + 1] = this.spanId[row * 2 + 1];
      rows[to + PARENT_ID] = this.parentId[row * 2];
      rows[to + PARENT_ID + 1] = this.parentId[row * 2 + 1];
      rows[to + START] = this.start[row * 2];
      rows[to + START + 1] = this.start[row * 2 + 1];
      rows[to + END] = this.end[row * 2];
      rows[to + END + 1] = this.end[row * 2 + 1];
      rows[to + NAME] = this.name[row];
      rows[to + TRACE_STATE] = this.traceState[row];
      rows[to + RESOURCE] = this.resource[row];
      rows[to + SCOPE] = this.scope[row];
      rows[to + SHAPE] = this.shape[row];
      rows[to + OFFSET] = this.offset[row];
      rows[to + FACTS] = this.facts[row];
      rows[to + STATUS_MESSAGE] = this.statusMessage[row];
    }
    return { count, traceCount: traces.count, traceId: traces.ids, trace: trace.subarray(0, count), rows, order: null };
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
