import { PagedWords } from '../base/pagedWords.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import { ENDS_BEFORE_START, INVALID_PARENT, type BatchSpans } from './spanBatch.ts';
import type { BatchNumbers } from './batchNumbers.ts';
import type { SpanRecord } from './spanSink.ts';
import { TraceIndex } from './traceIndex.ts';

/** Where in a span's sixteen words what is: see SpanRows. */
export const SPAN_ID = 0;
export const PARENT_ID = 2;
export const START = 4;
export const END = 6;
export const NAME = 8;
export const TRACE_STATE = 9;
export const RESOURCE = 10;
export const SCOPE = 11;
export const SHAPE = 12;
export const OFFSET = 13;
export const FACTS = 14;
export const STATUS_MESSAGE = 15;
const ROW_BITS = 4;
const ROW_WORDS = 1 << ROW_BITS;
/** Rows of a page, which has 32 MiB: memory of that size goes back to the system when it is given back, which less may not. */
const PAGE_BITS = 19;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/** The word at FACTS: from bit 0 the kind, from bit 4 the status, from bit 8 the marks, from bit 16 the flags. */
function factsOf(kind: number, status: number, marks: number, flags: number): number {
  return kind | (status << 4) | (marks << 8) | (flags << 16);
}

export const kindOf = (facts: number): number => facts & 0xf;
export const statusOf = (facts: number): number => (facts >>> 4) & 0xf;
export const marksOf = (facts: number): number => (facts >>> 8) & 0xff;
export const flagsOf = (facts: number): number => facts >>> 16;

/**
 * Spans in the order in which they came, sixteen words each, so that assembly, which goes from trace to trace and hence
 * all over the memory, finds a whole span in one line of the processor's cache.
 *
 *     word   0 1      2 3         4 5     6 7   8      9            10         11      12      13       14      15
 *            span id  parent's id start   end   name   trace state  resource   scope   shape   offset   facts   message
 *
 * Ids and times are two words each, the high one first. Which trace a span is in stands apart, to be grouped by.
 */
export class SpanRows {
  count = 0;
  hasStatusMessages = false;
  readonly words = new PagedWords(PAGE_BITS + ROW_BITS);
  readonly trace = new PagedWords();
  readonly traces = new TraceIndex();

  /** The page that a row is in; it begins there at `atOf(row)`. */
  pageOf(row: number): Uint32Array {
    return this.words.pages[row >>> PAGE_BITS];
  }

  /** One word of a row, `at` one of the places above. */
  word(row: number, at: number): number {
    return this.pageOf(row)[atOf(row) + at];
  }

  /** Makes room for `count` spans in all. Throws a RangeError where there is no memory. */
  reserve(count: number): void {
    this.words.reserve(count * ROW_WORDS);
    this.trace.reserve(count);
  }

  /** Leaves out all but the first `count` spans. */
  cut(count: number): void {
    if (count === this.count) return;
    this.count = count;
    this.words.trim(count * ROW_WORDS);
    this.trace.trim(count);
  }

  /** Gives the memory of all spans back. */
  free(): void {
    this.words.free();
    this.trace.free();
    this.count = 0;
  }

  add(span: SpanRecord): void {
    const row = this.count;
    if (row * ROW_WORDS === this.words.capacity || row === this.trace.capacity) this.reserve(row + 1);
    this.trace.put(row, this.traces.indexOf(span.traceId0, span.traceId1, span.traceId2, span.traceId3));
    const page = this.pageOf(row);
    const at = atOf(row);
    page[at + SPAN_ID] = span.spanId0;
    page[at + SPAN_ID + 1] = span.spanId1;
    page[at + PARENT_ID] = span.parentId0;
    page[at + PARENT_ID + 1] = span.parentId1;
    page[at + START] = span.startHigh;
    page[at + START + 1] = span.startLow;
    page[at + END] = span.endHigh;
    page[at + END + 1] = span.endLow;
    page[at + NAME] = span.name;
    page[at + TRACE_STATE] = span.traceState;
    page[at + RESOURCE] = span.resource;
    page[at + SCOPE] = span.scope;
    page[at + SHAPE] = span.shape;
    page[at + OFFSET] = span.shape === EMPTY_SHAPE ? 0 : span.offset;
    const kind = span.kind > 5 ? 0 : span.kind;
    const status = span.status > 2 ? 0 : span.status;
    const marks = (span.hasInvalidParent ? INVALID_PARENT : 0) | (span.endsBeforeStart ? ENDS_BEFORE_START : 0);
    page[at + FACTS] = factsOf(kind, status, marks, span.spanFlags);
    page[at + STATUS_MESSAGE] = span.statusMessage;
    if (span.statusMessage !== 0) this.hasStatusMessages = true;
    this.count = row + 1;
  }

  /**
   * The first `count` spans of a batch go behind those that are here, span i to row `places[i]`.
   * There must be room for them.
   */
  append(batch: BatchSpans, count: number, places: Uint32Array, numbers: BatchNumbers): void {
    const { strings, shapes, resources, scopes, firstValue } = numbers;
    const { rows, trace } = batch;
    const traces = this.traces.append(batch.traceId, batch.traceCount);
    for (let i = 0, from = 0; i < count; i++, from += ROW_WORDS) {
      const row = places[i];
      this.trace.put(row, traces[trace[i]]);
      const page = this.pageOf(row);
      const at = atOf(row);
      page[at + SPAN_ID] = rows[from + SPAN_ID];
      page[at + SPAN_ID + 1] = rows[from + SPAN_ID + 1];
      page[at + PARENT_ID] = rows[from + PARENT_ID];
      page[at + PARENT_ID + 1] = rows[from + PARENT_ID + 1];
      page[at + START] = rows[from + START];
      page[at + START + 1] = rows[from + START + 1];
      page[at + END] = rows[from + END];
      page[at + END + 1] = rows[from + END + 1];
      page[at + NAME] = strings[rows[from + NAME]];
      page[at + TRACE_STATE] = strings[rows[from + TRACE_STATE]];
      page[at + RESOURCE] = resources[rows[from + RESOURCE]];
      page[at + SCOPE] = scopes[rows[from + SCOPE]];
      const shape = rows[from + SHAPE];
      page[at + SHAPE] = shapes[shape];
      page[at + OFFSET] = shape === EMPTY_SHAPE ? 0 : rows[from + OFFSET] + firstValue;
      page[at + FACTS] = rows[from + FACTS];
      const message = strings[rows[from + STATUS_MESSAGE]];
      page[at + STATUS_MESSAGE] = message;
      if (message !== 0) this.hasStatusMessages = true;
    }
    this.count += count;
  }

  /** All spans, for another builder. Nothing is copied where they lie in one piece. */
  batch(): BatchSpans {
    const { count, traces } = this;
    const traceId = traces.ids;
    const trace = this.trace.flat(count);
    return { count, traceCount: traces.count, traceId, trace, rows: this.words.flat(count * ROW_WORDS) };
  }
}

/** Where in its page a row begins. */
export function atOf(row: number): number {
  return (row & PAGE_MASK) * ROW_WORDS;
}
