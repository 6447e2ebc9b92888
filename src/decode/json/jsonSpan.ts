import type { SpanSink } from '../../store/spanSink.ts';
import { IdWords, type IdForm } from '../idWords.ts';
import type { SourceReport } from '../sourceReport.ts';
import { Words64 } from '../words64.ts';
import { enumNumber, SPAN_KINDS, STATUS_CODES } from './enumNames.ts';
import { JsonAttributes } from './jsonAttributes.ts';
import { OPEN_BRACE, OPEN_BRACKET, QUOTE, type JsonCursor } from './jsonCursor.ts';
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
const Event = { time: 1, name: 2, attributes: 3 } as const;
const Link = { traceId: 1, spanId: 2, attributes: 3 } as const;
const Owner = { attributes: 1, name: 2, version: 3 } as const;

/**
 * The units of OTLP/JSON: a span, a resource, a scope. Each is read in one go from the object at the cursor into the
 * sink, with its members in any order; a member that comes twice counts as it comes last.
 * Field names: opentelemetry-proto, trace.proto; the names with underscores are protobuf's own.
 */
export class JsonSpan {
  readonly #tokens: JsonTokens;
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #report: SourceReport;
  readonly #attributes: JsonAttributes;
  readonly #id = new IdWords();
  readonly #linkedSpan = new IdWords();
  readonly #time = new Words64();
  #isTraceIdValid = true;
  #isSpanIdValid = true;
  #ownerName = 0;
  #ownerVersion = 0;

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
  readonly #eventKeys = new KeySet<number>({
    timeUnixNano: Event.time,
    name: Event.name,
    attributes: Event.attributes,
    time_unix_nano: Event.time,
  });
  readonly #linkKeys = new KeySet<number>({
    traceId: Link.traceId,
    spanId: Link.spanId,
    attributes: Link.attributes,
    trace_id: Link.traceId,
    span_id: Link.spanId,
  });
  readonly #ownerKeys = new KeySet<number>({
    name: Owner.name,
    version: Owner.version,
    attributes: Owner.attributes,
  });

  constructor(tokens: JsonTokens, report: SourceReport) {
    this.#tokens = tokens;
    this.#cursor = tokens.cursor;
    this.#sink = report.sink;
    this.#report = report;
    this.#attributes = new JsonAttributes(tokens, report);
  }

  /** Reads the span at the cursor between `startSpan` and `addSpan`. */
  readSpan(): void {
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
            span.kind = this.#enum(SPAN_KINDS);
            break;
          case Span.start:
            this.#readTime();
            span.startHigh = this.#time.high;
            span.startLow = this.#time.low;
            break;
          case Span.end:
            this.#readTime();
            span.endHigh = this.#time.high;
            span.endLow = this.#time.low;
            break;
          case Span.attributes:
            this.#attributes.read(span.name);
            span.shape = this.#sink.attributes.shape;
            span.offset = this.#sink.attributes.offset;
            break;
          case Span.events:
            if (hasEvents) this.#sink.dropEvents();
            hasEvents = true;
            this.#readList(() => this.#readEvent());
            break;
          case Span.links:
            if (hasLinks) this.#sink.dropLinks();
            hasLinks = true;
            this.#readList(() => this.#readLink());
            break;
          case Span.status:
            this.#readStatus();
            break;
          case Span.traceState:
            span.traceState = this.#tokens.stringIdOrEmpty();
            break;
          case Span.flags:
            span.spanFlags = this.#number() & 0xffff;
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

  /** Fills the slot with the resource at the cursor. */
  readResource(slot: number): void {
    this.#readOwner();
    this.#sink.fillResource(slot);
  }

  readScope(slot: number): void {
    this.#readOwner();
    this.#sink.fillScope(slot, this.#ownerName, this.#ownerVersion);
  }

  #readOwner(): void {
    const cursor = this.#cursor;
    this.#sink.startSpan();
    this.#sink.attributes.begin();
    this.#ownerName = 0;
    this.#ownerVersion = 0;
    if (!cursor.openObject()) return;
    do {
      const key = this.#ownerKeys.read(cursor);
      if (key === Owner.attributes) this.#attributes.read(this.#ownerName);
      else if (key === Owner.name) this.#ownerName = this.#tokens.stringIdOrEmpty();
      else if (key === Owner.version) this.#ownerVersion = this.#tokens.stringIdOrEmpty();
      else this.#tokens.skip();
    } while (cursor.hasMoreMembers());
  }

  #readTraceId(): void {
    const { span } = this.#sink;
    const form = this.#readId(this.#id, 16);
    const { words } = this.#id;
    span.traceId0 = words[0];
    span.traceId1 = words[1];
    span.traceId2 = words[2];
    span.traceId3 = words[3];
    this.#isTraceIdValid = form !== 'invalid';
  }

  #readSpanId(): void {
    const { span } = this.#sink;
    const form = this.#readId(this.#id, 8);
    span.spanId0 = this.#id.words[0];
    span.spanId1 = this.#id.words[1];
    this.#isSpanIdValid = form !== 'invalid';
  }

  #readParentId(): void {
    const { span } = this.#sink;
    span.hasInvalidParent = this.#readId(this.#id, 8) === 'invalid';
    span.parentId0 = this.#id.words[0];
    span.parentId1 = this.#id.words[1];
  }

  /** An id that is no string counts as absent where it is null, and as invalid otherwise. */
  #readId(id: IdWords, byteCount: number): IdForm {
    const cursor = this.#cursor;
    const { bytes, pos } = cursor;
    if (bytes[pos] !== QUOTE) {
      const isAbsent = this.#tokens.scalarText() === null;
      id.words.fill(0);
      return isAbsent ? 'absent' : 'invalid';
    }
    // Nearly always the closing quote is where hex ends, and need not be looked for.
    const end = pos + 1 + byteCount * 2;
    if (end < cursor.end && bytes[end] === QUOTE && id.readHex(bytes, pos + 1, byteCount)) {
      cursor.pos = end + 1;
      return 'valid';
    }
    this.#tokens.string();
    return id.read(this.#tokens.text, this.#tokens.textStart, this.#tokens.textEnd, byteCount);
  }

  /** Nanoseconds as a decimal string or number. */
  #readTime(): void {
    const cursor = this.#cursor;
    const { bytes, pos } = cursor;
    const time = this.#time;
    // From 2001 to 2286 they have 19 digits.
    const end = pos + 20;
    if (bytes[pos] === QUOTE && bytes[end] === QUOTE && end < cursor.end && time.readDigits(bytes, pos + 1, end)) {
      cursor.pos = end + 1;
      return;
    }
    if (time.readText(this.#tokens.scalarText() ?? '')) return;
    const message = 'Times that are no nanoseconds since 1970 were read as 0.';
    this.#report.issueInUnit('invalid-time', message, cursor.position());
  }

  #number(): number {
    const few = this.#tokens.fewDigits();
    return few >= 0 ? few : Number(this.#tokens.scalarText() ?? 0);
  }

  #enum(names: readonly string[]): number {
    const cursor = this.#cursor;
    const few = this.#tokens.fewDigits();
    if (few >= 0 && few < names.length) return few;
    const number = enumNumber(names, this.#tokens.scalarText());
    if (number >= 0) return number;
    const message = 'Span kinds and status codes that OTLP does not have were read as unspecified.';
    this.#report.issueInUnit('unknown-enum', message, cursor.position());
    return 0;
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
      if (key === Status.code) span.status = this.#enum(STATUS_CODES);
      else if (key === Status.message) span.statusMessage = this.#tokens.stringIdOrEmpty();
      else this.#tokens.skip();
    } while (cursor.hasMoreMembers());
  }

  #readList(readElement: () => void): void {
    const cursor = this.#cursor;
    if (cursor.bytes[cursor.pos] !== OPEN_BRACKET) return this.#tokens.skip();
    if (!cursor.openArray()) return;
    do {
      if (cursor.next() === OPEN_BRACE) readElement();
      else this.#tokens.skip();
    } while (cursor.hasMoreElements());
  }

  #readEvent(): void {
    const cursor = this.#cursor;
    let high = 0;
    let low = 0;
    let name = 0;
    this.#sink.attributes.begin();
    if (cursor.openObject()) {
      do {
        const key = this.#eventKeys.read(cursor);
        if (key === Event.time) {
          this.#readTime();
          high = this.#time.high;
          low = this.#time.low;
        } else if (key === Event.name) name = this.#tokens.stringIdOrEmpty();
        else if (key === Event.attributes) this.#attributes.read(name);
        else this.#tokens.skip();
      } while (cursor.hasMoreMembers());
    }
    this.#sink.addEvent(high, low, name);
  }

  /** A link to an id that is none is kept with zeros. */
  #readLink(): void {
    const cursor = this.#cursor;
    const trace = this.#id;
    const span = this.#linkedSpan;
    trace.words.fill(0);
    span.words.fill(0);
    this.#sink.attributes.begin();
    if (cursor.openObject()) {
      do {
        const key = this.#linkKeys.read(cursor);
        if (key === Link.traceId) this.#readId(trace, 16);
        else if (key === Link.spanId) this.#readId(span, 8);
        else if (key === Link.attributes) this.#attributes.read(0);
        else this.#tokens.skip();
      } while (cursor.hasMoreMembers());
    }
    this.#sink.addLink(trace.words[0], trace.words[1], trace.words[2], trace.words[3], span.words[0], span.words[1]);
  }
}
