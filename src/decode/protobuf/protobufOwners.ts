import type { SpanSink } from '../../store/spanSink.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { ProtobufAttributes } from './protobufAttributes.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';
import type { ProtobufMetrics } from './protobufMetrics.ts';

/** Resource, and InstrumentationScope. */
const RESOURCE_ATTRIBUTES = tagOf(1, WireType.bytes);
const SCOPE_NAME = tagOf(1, WireType.bytes);
const SCOPE_VERSION = tagOf(2, WireType.bytes);
const SCOPE_ATTRIBUTES = tagOf(3, WireType.bytes);

/** What spans belong to: resources and scopes. Each lies whole between the cursor and `end`. */
export class ProtobufOwners {
  readonly #cursor: ProtobufCursor;
  readonly #attributes: ProtobufAttributes;
  readonly #report: SourceReport;
  readonly #sink: SpanSink;
  readonly #metrics: ProtobufMetrics;

  constructor(cursor: ProtobufCursor, attributes: ProtobufAttributes, metrics: ProtobufMetrics, report: SourceReport) {
    this.#cursor = cursor;
    this.#attributes = attributes;
    this.#metrics = metrics;
    this.#report = report;
    this.#sink = report.sink;
  }

  readResource(end: number, slot: number): void {
    const cursor = this.#cursor;
    this.#sink.startSpan();
    // A request for metrics has the same outer messages; one source does not hold both.
    if (!this.#report.holdsSpans) this.#metrics.lookAtResource(end);
    this.#attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === RESOURCE_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end), 0);
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
    this.#attributes.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === SCOPE_NAME) name = cursor.text(end, this.#sink.strings);
      else if (tag === SCOPE_VERSION) version = cursor.text(end, this.#sink.strings);
      else if (tag === SCOPE_ATTRIBUTES) this.#attributes.read(cursor.lengthWithin(end), name);
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    this.#sink.fillScope(slot, name, version);
  }
}
