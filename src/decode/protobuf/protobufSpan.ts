import type { SpanSink } from '../../store/spanSink.ts';
import { SpanKind, StatusCode } from '../../store/spanTable.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { ProtobufAttributes } from './protobufAttributes.ts';
import { INVALID, tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';
import type { ProtobufMetrics } from './protobufMetrics.ts';
import { EVENTS, LINKS, ProtobufSpanItems } from './protobufSpanItems.ts';

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
const STATUS = tagOf(15, WireType.bytes);
const FLAGS = tagOf(16, WireType.fixed32);
/** Status. */
const STATUS_MESSAGE = tagOf(2, WireType.bytes);
const STATUS_CODE = tagOf(3, WireType.varint);
/** LogRecord (logs.proto) begins with its time, where a span has its trace id. */
const LOG_TIME = tagOf(1, WireType.fixed64);

/** A span of OTLP protobuf; it lies whole between the cursor and `end`. */
export class ProtobufSpan {
  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #report: SourceReport;
  readonly #attributes: ProtobufAttributes;
  readonly #metrics: ProtobufMetrics;
  readonly #items: ProtobufSpanItems;

  constructor(cursor: ProtobufCursor, attributes: ProtobufAttributes, metrics: ProtobufMetrics, report: SourceReport) {
    this.#cursor = cursor;
    this.#sink = report.sink;
    this.#report = report;
    this.#attributes = attributes;
    this.#metrics = metrics;
    this.#items = new ProtobufSpanItems(cursor, attributes, report.sink);
  }

  read(end: number): void {
    const cursor = this.#cursor;
    const { span, attributes } = this.#sink;
    const start = cursor.pos;
    let itemsStart = -1;
    let hasTime = false;
    let isLogRecord = false;
    this.#sink.startSpan();
    this.#attributes.begin();
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
          // Where a metric has its points, which are no text.
          if (span.hasValidIds) span.name = cursor.text(end, this.#sink.strings);
          else cursor.skip(tag, end);
          break;
        case TRACE_STATE:
          span.traceState = cursor.text(end, this.#sink.strings);
          break;
        case KIND:
          span.kind = this.#enumNumber(SpanKind.consumer);
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
          this.#attributes.read(cursor.lengthWithin(end), span.name);
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
    if (itemsStart >= 0) this.#items.read(itemsStart, end);
    this.#addSpan(start, hasTime, isLogRecord);
  }

  /** Requests for logs and metrics have the same outer messages; what is in them is counted as what it is. */
  #addSpan(start: number, hasTime: boolean, isLogRecord: boolean): void {
    if (this.#sink.addSpan()) this.#report.spans++;
    else if (isLogRecord) this.#report.logRecords++;
    else if (!hasTime && !this.#sink.span.hasValidIds) this.#readMetric(start);
    else this.#report.refuse({ byte: this.#cursor.offset + start });
  }

  /** What was read as a span between `start` and the cursor is a metric. */
  #readMetric(start: number): void {
    const end = this.#cursor.pos;
    this.#cursor.pos = start;
    if (!this.#metrics.readMetric(end)) this.#report.metrics++;
  }

  #readStatus(end: number): void {
    const cursor = this.#cursor;
    const { span } = this.#sink;
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === STATUS_MESSAGE) span.statusMessage = cursor.text(end, this.#sink.strings);
      else if (tag === STATUS_CODE) span.status = this.#enumNumber(StatusCode.error);
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
  }

  /** 0 for what is beyond the last one. */
  #enumNumber(last: number): number {
    const cursor = this.#cursor;
    const number = cursor.varint();
    if (number <= last) return number;
    this.#report.unknownEnum({ byte: cursor.offset + cursor.pos });
    return 0;
  }

  #readTraceId(limit: number): void {
    const cursor = this.#cursor;
    const { view } = cursor;
    const { span } = this.#sink;
    const at = cursor.id(16, limit);
    if (at === INVALID) span.hasValidIds = false;
    span.traceId0 = at < 0 ? 0 : view.getUint32(at);
    span.traceId1 = at < 0 ? 0 : view.getUint32(at + 4);
    span.traceId2 = at < 0 ? 0 : view.getUint32(at + 8);
    span.traceId3 = at < 0 ? 0 : view.getUint32(at + 12);
  }

  #readSpanId(limit: number): void {
    const cursor = this.#cursor;
    const { view } = cursor;
    const { span } = this.#sink;
    const at = cursor.id(8, limit);
    if (at === INVALID) span.hasValidIds = false;
    span.spanId0 = at < 0 ? 0 : view.getUint32(at);
    span.spanId1 = at < 0 ? 0 : view.getUint32(at + 4);
  }

  #readParentId(limit: number): void {
    const cursor = this.#cursor;
    const { view } = cursor;
    const { span } = this.#sink;
    const at = cursor.id(8, limit);
    span.hasInvalidParent = at === INVALID;
    span.parentId0 = at < 0 ? 0 : view.getUint32(at);
    span.parentId1 = at < 0 ? 0 : view.getUint32(at + 4);
  }
}
