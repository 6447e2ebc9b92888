import type { SpanSink } from '../../store/spanSink.ts';
import type { ProtobufAttributes } from './protobufAttributes.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';

/** Fields of Span (trace.proto). */
export const EVENTS = tagOf(11, WireType.bytes);
export const LINKS = tagOf(13, WireType.bytes);
/** Span.Event. */
const EVENT_TIME = tagOf(1, WireType.fixed64);
const EVENT_NAME = tagOf(2, WireType.bytes);
const EVENT_ATTRIBUTES = tagOf(3, WireType.bytes);
/** Span.Link. */
const LINK_TRACE_ID = tagOf(1, WireType.bytes);
const LINK_SPAN_ID = tagOf(2, WireType.bytes);
const LINK_ATTRIBUTES = tagOf(4, WireType.bytes);

/** The events and links of a span. */
export class ProtobufSpanItems {
  readonly #cursor: ProtobufCursor;
  readonly #attributes: ProtobufAttributes;
  readonly #sink: SpanSink;

  constructor(cursor: ProtobufCursor, attributes: ProtobufAttributes, sink: SpanSink) {
    this.#cursor = cursor;
    this.#attributes = attributes;
    this.#sink = sink;
  }

  /** Reads those between `start`, which may be any field of the span, and its end. */
  read(start: number, end: number): void {
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
    this.#attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === EVENT_TIME) {
        cursor.fixed64();
        high = cursor.high;
        low = cursor.low;
      } else if (tag === EVENT_NAME) name = cursor.text(end, this.#sink.strings);
      else if (tag === EVENT_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end), name);
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
    this.#attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === LINK_TRACE_ID) trace = cursor.id(16, end);
      else if (tag === LINK_SPAN_ID) span = cursor.id(8, end);
      else if (tag === LINK_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end), 0);
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    const word = (at: number, index: number): number => (at < 0 ? 0 : view.getUint32(at + index * 4));
    this.#sink.addLink(word(trace, 0), word(trace, 1), word(trace, 2), word(trace, 3), word(span, 0), word(span, 1));
  }
}
