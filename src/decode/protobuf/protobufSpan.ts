import type { SpanSink } from '../../store/spanSink.ts';
import type { SourceReport } from '../sourceReport.ts';
import { ProtobufAttributes } from './protobufAttributes.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';

/** Span (trace.proto). */
const TRACE_ID = tagOf(1, WireType.bytes);
const SPAN_ID = tagOf(2, WireType.bytes);
const TRACE_STATE = tagOf(3, WireType.bytes);
const PARENT_SPAN_ID = tagOf(4, WireType.bytes);
const NAME = tagOf(5, WireType.bytes);
const KIND = tagOf(6, WireType.varint);
const START = tagOf(7, WireType.fixed64);
const END = tagOf(8, WireType.fixed64);
const ATTRIBUTES = tagOf(9, WireType.bytes);
const EVENTS = tagOf(11, WireType.bytes);
const LINKS = tagOf(13, WireType.bytes);
const STATUS = tagOf(15, WireType.bytes);
const FLAGS = tagOf(16, WireType.fixed32);
/** Status. */
const STATUS_MESSAGE = tagOf(2, WireType.bytes);
const STATUS_CODE = tagOf(3, WireType.varint);
/** Span.Event. */
const EVENT_TIME = tagOf(1, WireType.fixed64);
const EVENT_NAME = tagOf(2, WireType.bytes);
const EVENT_ATTRIBUTES = tagOf(3, WireType.bytes);
/** Span.Link. */
const LINK_TRACE_ID = tagOf(1, WireType.bytes);
const LINK_SPAN_ID = tagOf(2, WireType.bytes);
const LINK_ATTRIBUTES = tagOf(4, WireType.bytes);
/** Resource, and InstrumentationScope. */
const RESOURCE_ATTRIBUTES = tagOf(1, WireType.bytes);
const SCOPE_NAME = tagOf(1, WireType.bytes);
const SCOPE_VERSION = tagOf(2, WireType.bytes);
const SCOPE_ATTRIBUTES = tagOf(3, WireType.bytes);
/** LogRecord (logs.proto) begins with its time, where a span has its trace id. */
const LOG_TIME = tagOf(1, WireType.fixed64);

/** What an id is that has no bytes, or not as many as it should. */
const ABSENT = -1;
const INVALID = -2;

/** The units of OTLP protobuf: a span, a resource, a scope. Each lies whole between the cursor and `end`. */
export class ProtobufSpan {
  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #report: SourceReport;
  readonly #attributes: ProtobufAttributes;

  constructor(cursor: ProtobufCursor, report: SourceReport) {
    this.#cursor = cursor;
    this.#sink = report.sink;
    this.#report = report;
    this.#attributes = new ProtobufAttributes(cursor, report);
  }

  readSpan(end: number): void {
    const cursor = this.#cursor;
    const { span, attributes } = this.#sink;
    const start = cursor.pos;
    let itemsStart = -1;
    let hasTime = false;
    let isLogRecord = false;
    this.#sink.startSpan();
    attributes.begin();
    while (cursor.pos < end) {
      const fieldStart = cursor.pos;
      const tag = cursor.varint();
      switch (tag) {
        case TRACE_ID:
          this.#readTraceId(end);
          break;
        case SPAN_ID:
          this.#readSpanId(end);
          break;
        case PARENT_SPAN_ID:
          this.#readParentId(end);
          break;
        case NAME:
          span.name = this.#string(end);
          break;
        case TRACE_STATE:
          span.traceState = this.#string(end);
          break;
        case KIND:
          span.kind = cursor.varint();
          break;
        case START:
          cursor.fixed64();
          span.startHigh = cursor.high;
          span.startLow = cursor.low;
          hasTime = true;
          break;
        case END:
          cursor.fixed64();
          span.endHigh = cursor.high;
          span.endLow = cursor.low;
          hasTime = true;
          break;
        case ATTRIBUTES:
          this.#attributes.read(cursor.lengthWithin(end));
          break;
        case STATUS:
          this.#readStatus(cursor.lengthWithin(end));
          break;
        case FLAGS:
          span.spanFlags = cursor.view.getUint32(cursor.pos, true) & 0xffff;
          cursor.pos += 4;
          break;
        case EVENTS:
        case LINKS:
          // Their attributes may not stand among the span's own in the value column: they are read afterwards.
          if (itemsStart < 0) itemsStart = fieldStart;
          cursor.skip(tag, end);
          break;
        case LOG_TIME:
          isLogRecord = true;
          cursor.skip(tag, end);
          break;
        default:
          cursor.skip(tag, end);
      }
    }
    cursor.expectEnd(end);
    span.shape = attributes.shape;
    span.offset = attributes.offset;
    if (itemsStart >= 0) this.#readItems(itemsStart, end);
    this.#addSpan(start, hasTime, isLogRecord);
  }

  /** Requests for logs and metrics have the same outer messages; what is in them is counted as what it is. */
  #addSpan(start: number, hasTime: boolean, isLogRecord: boolean): void {
    if (this.#sink.addSpan()) this.#report.spans++;
    else if (isLogRecord) this.#report.logRecords++;
    else if (!hasTime && !this.#sink.span.hasValidIds) this.#report.metrics++;
    else this.#report.refuse({ byte: this.#cursor.offset + start });
  }

  readResource(end: number, slot: number): void {
    const cursor = this.#cursor;
    this.#sink.startSpan();
    this.#sink.attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === RESOURCE_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    this.#sink.fillResource(slot);
  }

  readScope(end: number, slot: number): void {
    const cursor = this.#cursor;
    let name = 0;
    let version = 0;
    this.#sink.startSpan();
    this.#sink.attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === SCOPE_NAME) name = this.#string(end);
      else if (tag === SCOPE_VERSION) version = this.#string(end);
      else if (tag === SCOPE_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    this.#sink.fillScope(slot, name, version);
  }

  #readItems(start: number, end: number): void {
    const cursor = this.#cursor;
    cursor.pos = start;
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === EVENTS) this.#readEvent(cursor.lengthWithin(end));
      else if (tag === LINKS) this.#readLink(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
  }

  #readEvent(end: number): void {
    const cursor = this.#cursor;
    let high = 0;
    let low = 0;
    let name = 0;
    this.#sink.attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === EVENT_TIME) {
        cursor.fixed64();
        high = cursor.high;
        low = cursor.low;
      } else if (tag === EVENT_NAME) name = this.#string(end);
      else if (tag === EVENT_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    this.#sink.addEvent(high, low, name);
  }

  /** A link to an id of a wrong length is kept with zeros. */
  #readLink(end: number): void {
    const cursor = this.#cursor;
    const { view } = cursor;
    let trace = -1;
    let span = -1;
    this.#sink.attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === LINK_TRACE_ID) trace = this.#idAt(16, end);
      else if (tag === LINK_SPAN_ID) span = this.#idAt(8, end);
      else if (tag === LINK_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    const word = (at: number, index: number): number => (at < 0 ? 0 : view.getUint32(at + index * 4));
    this.#sink.addLink(word(trace, 0), word(trace, 1), word(trace, 2), word(trace, 3), word(span, 0), word(span, 1));
  }

  #readStatus(end: number): void {
    const cursor = this.#cursor;
    const { span } = this.#sink;
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === STATUS_MESSAGE) span.statusMessage = this.#string(end);
      else if (tag === STATUS_CODE) span.status = cursor.varint();
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
  }

  #readTraceId(limit: number): void {
    const { view } = this.#cursor;
    const { span } = this.#sink;
    const at = this.#idAt(16, limit);
    if (at === INVALID) span.hasValidIds = false;
    span.traceId0 = at < 0 ? 0 : view.getUint32(at);
    span.traceId1 = at < 0 ? 0 : view.getUint32(at + 4);
    span.traceId2 = at < 0 ? 0 : view.getUint32(at + 8);
    span.traceId3 = at < 0 ? 0 : view.getUint32(at + 12);
  }

  #readSpanId(limit: number): void {
    const { view } = this.#cursor;
    const { span } = this.#sink;
    const at = this.#idAt(8, limit);
    if (at === INVALID) span.hasValidIds = false;
    span.spanId0 = at < 0 ? 0 : view.getUint32(at);
    span.spanId1 = at < 0 ? 0 : view.getUint32(at + 4);
  }

  #readParentId(limit: number): void {
    const { view } = this.#cursor;
    const { span } = this.#sink;
    const at = this.#idAt(8, limit);
    span.hasInvalidParent = at === INVALID;
    span.parentId0 = at < 0 ? 0 : view.getUint32(at);
    span.parentId1 = at < 0 ? 0 : view.getUint32(at + 4);
  }

  /** Moves over an id; where its bytes are, ABSENT (empty, or zeros of another length) or INVALID (any other length). */
  #idAt(byteCount: number, limit: number): number {
    const cursor = this.#cursor;
    const end = cursor.lengthWithin(limit);
    const start = cursor.pos;
    cursor.pos = end;
    if (end - start === byteCount) return start;
    for (let p = start; p < end; p++) if (cursor.bytes[p] !== 0) return INVALID;
    return ABSENT;
  }

  #string(limit: number): number {
    const cursor = this.#cursor;
    const end = cursor.lengthWithin(limit);
    const id = this.#sink.strings.internBytes(cursor.bytes, cursor.pos, end);
    cursor.pos = end;
    return id;
  }
}
