import type { SpanSink } from '../../store/spanSink.ts';
import type { SourceReport } from '../sourceReport.ts';
import { SPAN_KINDS, STATUS_CODES } from './enumNames.ts';
import type { JsonAttributes } from './jsonAttributes.ts';
import { OPEN_BRACE, type JsonCursor } from './jsonCursor.ts';
import { JsonScalars } from './jsonScalars.ts';
import { JsonSpanItems } from './jsonSpanItems.ts';
import type { JsonTokens } from './jsonTokens.ts';
import { KeySet } from './keySet.ts';

const Span = {
  traceId: 1,
  spanId: 2,
  parentId: 3,
  name: 4,
  kind: 5,
  start: 6,
  end: 7,
  attributes: 8,
  events: 9,
  links: 10,
  status: 11,
  traceState: 12,
  flags: 13,
  /** Known, so that it does not break the run of expected keys, and passed over. */
  ignored: 14,
} as const;
const Status = { code: 1, message: 2 } as const;

/**
 * A span of OTLP/JSON, read in one go from the object at the cursor into the sink, its members in any order; one that
 * comes twice counts as it comes last.
 * Field names: opentelemetry-proto, trace.proto; the names with underscores are protobuf's own.
 */
export class JsonSpan {
  readonly #tokens: JsonTokens;
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #report: SourceReport;
  readonly #attributes: JsonAttributes;
  readonly #scalars: JsonScalars;
  readonly #items: JsonSpanItems;
  #isTraceIdValid = true;
  #isSpanIdValid = true;

  readonly #spanKeys = new KeySet<number>({
    traceId: Span.traceId,
    spanId: Span.spanId,
    traceState: Span.traceState,
    parentSpanId: Span.parentId,
    flags: Span.flags,
    name: Span.name,
    kind: Span.kind,
    startTimeUnixNano: Span.start,
    endTimeUnixNano: Span.end,
    attributes: Span.attributes,
    droppedAttributesCount: Span.ignored,
    events: Span.events,
    droppedEventsCount: Span.ignored,
    links: Span.links,
    droppedLinksCount: Span.ignored,
    status: Span.status,
    trace_id: Span.traceId,
    span_id: Span.spanId,
    trace_state: Span.traceState,
    parent_span_id: Span.parentId,
    start_time_unix_nano: Span.start,
    end_time_unix_nano: Span.end,
  });
  readonly #statusKeys = new KeySet<number>({ code: Status.code, message: Status.message });

  constructor(tokens: JsonTokens, attributes: JsonAttributes, report: SourceReport) {
    this.#tokens = tokens;
    this.#cursor = tokens.cursor;
    this.#sink = report.sink;
    this.#report = report;
    this.#attributes = attributes;
    this.#scalars = new JsonScalars(tokens, report);
    this.#items = new JsonSpanItems(tokens, this.#scalars, attributes, report.sink);
  }

  /** Reads the span at the cursor between `startSpan` and `addSpan`. */
  read(): void {
    const cursor = this.#cursor;
    const { pos, line } = cursor;
    const { span } = this.#sink;
    this.#sink.startSpan();
    this.#isTraceIdValid = true;
    this.#isSpanIdValid = true;
    let hasEvents = false;
    let hasLinks = false;
    if (cursor.openObject()) {
      do {
        switch (this.#spanKeys.read(cursor)) {
          case Span.traceId:
            this.#readTraceId();
            break;
          case Span.spanId:
            this.#readSpanId();
            break;
          case Span.parentId:
            this.#readParentId();
            break;
          case Span.name:
            span.name = this.#tokens.stringIdOrEmpty();
            break;
          case Span.kind:
            span.kind = this.#scalars.enumNumber(SPAN_KINDS);
            break;
          case Span.start:
            this.#scalars.readTime();
            span.startHigh = this.#scalars.time.high;
            span.startLow = this.#scalars.time.low;
            break;
          case Span.end:
            this.#scalars.readTime();
            span.endHigh = this.#scalars.time.high;
            span.endLow = this.#scalars.time.low;
            break;
          case Span.attributes:
            this.#attributes.read(span.name);
            span.shape = this.#sink.attributes.shape;
            span.offset = this.#sink.attributes.offset;
            break;
          case Span.events:
            if (hasEvents) this.#sink.dropEvents();
            hasEvents = true;
            this.#items.readEvents();
            break;
          case Span.links:
            if (hasLinks) this.#sink.dropLinks();
            hasLinks = true;
            this.#items.readLinks();
            break;
          case Span.status:
            this.#readStatus();
            break;
          case Span.traceState:
            span.traceState = this.#tokens.stringIdOrEmpty();
            break;
          case Span.flags:
            span.spanFlags = this.#scalars.number() & 0xffff;
            break;
          default:
            this.#tokens.skip();
        }
      } while (cursor.hasMoreMembers());
    }
    span.hasValidIds = this.#isTraceIdValid && this.#isSpanIdValid;
    if (this.#sink.addSpan()) this.#report.spans++;
    else this.#report.refuse({ byte: cursor.offset + pos, line });
  }

  #readTraceId(): void {
    const { span } = this.#sink;
    const form = this.#scalars.readId(16);
    const { words } = this.#scalars.id;
    span.traceId0 = words[0];
    span.traceId1 = words[1];
    span.traceId2 = words[2];
    span.traceId3 = words[3];
    this.#isTraceIdValid = form !== 'invalid';
  }

  #readSpanId(): void {
    const { span } = this.#sink;
    const form = this.#scalars.readId(8);
    span.spanId0 = this.#scalars.id.words[0];
    span.spanId1 = this.#scalars.id.words[1];
    this.#isSpanIdValid = form !== 'invalid';
  }

  #readParentId(): void {
    const { span } = this.#sink;
    span.hasInvalidParent = this.#scalars.readId(8) === 'invalid';
    span.parentId0 = this.#scalars.id.words[0];
    span.parentId1 = this.#scalars.id.words[1];
  }

  #readStatus(): void {
    const cursor = this.#cursor;
    const { span } = this.#sink;
    span.status = 0;
    span.statusMessage = 0;
    if (cursor.bytes[cursor.pos] !== OPEN_BRACE) return this.#tokens.skip();
    if (!cursor.openObject()) return;
    do {
      const key = this.#statusKeys.read(cursor);
      if (key === Status.code) span.status = this.#scalars.enumNumber(STATUS_CODES);
      else if (key === Status.message) span.statusMessage = this.#tokens.stringIdOrEmpty();
      else this.#tokens.skip();
    } while (cursor.hasMoreMembers());
  }
}
