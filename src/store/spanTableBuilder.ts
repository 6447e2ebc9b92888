import { IssueLog } from '../base/issues.ts';
import { StringTable } from '../base/strings.ts';
import { LIMITS, type Limits } from '../config/limits.ts';
import {
  type BatchNumbers,
  appendEvents,
  appendLinks,
  appendSlots,
  appendSpans,
  internAll,
  traceNumbers,
} from './appendSpans.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import { AttributeWriter } from './attributeWriter.ts';
import { emptyRecord } from './emptyRecord.ts';
import { linkSpans } from './linkSpans.ts';
import { resourceServices } from './serviceName.ts';
import {
  emptyItems,
  emptySlots,
  emptySpans,
  EVENT_WORDS,
  INVALID_PARENT,
  LINK_WORDS,
  openSlot,
  reserveItems,
  reserveSpans,
  type ItemWords,
  type RawSpanItems,
  type RawSpans,
  type Slots,
} from './rawSpans.ts';
import type { SpanBatch } from './spanBatch.ts';
import type { SpanRecord, SpanSink } from './spanSink.ts';
import type { SpanTable } from './spanTable.ts';
import { TraceIndex } from './traceIndex.ts';

const FIRST_CAPACITY = 1024;

/** Collects spans into growing columns. The only writer of a SpanTable, and of batches for another builder. */
export class SpanTableBuilder implements SpanSink {
  readonly strings = new StringTable();
  readonly attributes: AttributeWriter;
  readonly issues: IssueLog;
  readonly span: SpanRecord = emptyRecord();

  readonly #limits: Limits;
  readonly #spans: RawSpans = emptySpans(FIRST_CAPACITY);
  readonly #events: RawSpanItems = emptyItems(EVENT_WORDS);
  readonly #links: RawSpanItems = emptyItems(LINK_WORDS);
  readonly #resources: Slots = emptySlots();
  readonly #scopes: Slots = emptySlots();
  readonly #traces = new TraceIndex();
  #invalidIds = 0;
  #negativeDurations = 0;
  #isFull = false;
  #valuesBefore = 0;
  #numbersBefore = 0;
  #eventsBefore = 0;
  #linksBefore = 0;

  /** `isForBatch` where it will end with `takeBatch`, not with `finish`. */
  constructor(issues: IssueLog = new IssueLog(), limits: Limits = LIMITS, { isForBatch = false } = {}) {
    this.issues = issues;
    this.attributes = new AttributeWriter(this.strings, isForBatch);
    this.#limits = limits;
  }

  get spanCount(): number {
    return this.#spans.count;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  openResource(): number {
    return openSlot(this.#resources);
  }

  fillResource(slot: number): void {
    this.#resources.shape[slot] = this.attributes.shape;
    this.#resources.offset[slot] = this.attributes.listOffset;
  }

  openScope(): number {
    return openSlot(this.#scopes);
  }

  fillScope(slot: number, name: number, version: number): void {
    this.#scopes.shape[slot] = this.attributes.shape;
    this.#scopes.offset[slot] = this.attributes.listOffset;
    this.#scopes.name[slot] = name;
    this.#scopes.version[slot] = version;
  }

  startSpan(): void {
    this.#valuesBefore = this.attributes.valueCount;
    this.#numbersBefore = this.attributes.numberCount;
    this.#eventsBefore = this.#events.count;
    this.#linksBefore = this.#links.count;
    const span = this.span;
    span.traceId0 = span.traceId1 = span.traceId2 = span.traceId3 = 0;
    span.spanId0 = span.spanId1 = span.parentId0 = span.parentId1 = 0;
    span.hasValidIds = true;
    span.hasInvalidParent = false;
    span.startHigh = span.startLow = span.endHigh = span.endLow = 0;
    span.kind = span.status = span.name = span.traceState = span.statusMessage = span.spanFlags = 0;
    span.shape = span.offset = 0;
  }

  addEvent(timeHigh: number, timeLow: number, name: number): void {
    const events = this.#events;
    const i = this.#openItem(events, EVENT_WORDS);
    events.wide[i * 2] = timeHigh;
    events.wide[i * 2 + 1] = timeLow;
    events.narrow[i] = name;
  }

  addLink(
    traceId0: number,
    traceId1: number,
    traceId2: number,
    traceId3: number,
    spanId0: number,
    spanId1: number,
  ): void {
    const links = this.#links;
    const i = this.#openItem(links, LINK_WORDS);
    links.wide[i * 4] = traceId0;
    links.wide[i * 4 + 1] = traceId1;
    links.wide[i * 4 + 2] = traceId2;
    links.wide[i * 4 + 3] = traceId3;
    links.narrow[i * 2] = spanId0;
    links.narrow[i * 2 + 1] = spanId1;
  }

  dropEvents(): void {
    this.#events.count = this.#eventsBefore;
  }

  dropLinks(): void {
    this.#links.count = this.#linksBefore;
  }

  addSpan(): boolean {
    const span = this.span;
    const isNull =
      (span.spanId0 | span.spanId1) === 0 || (span.traceId0 | span.traceId1 | span.traceId2 | span.traceId3) === 0;
    if (!span.hasValidIds || isNull) {
      this.#invalidIds++;
      this.dropSpan();
      return false;
    }
    if (this.#room() === 0) {
      this.#isFull = true;
      this.dropSpan();
      return false;
    }
    const spans = this.#spans;
    const i = spans.count;
    reserveSpans(spans, i + 1);
    spans.count++;
    if (span.endHigh < span.startHigh || (span.endHigh === span.startHigh && span.endLow < span.startLow)) {
      this.#negativeDurations++;
      span.endHigh = span.startHigh;
      span.endLow = span.startLow;
    }
    spans.trace[i] = this.#traces.indexOf(span.traceId0, span.traceId1, span.traceId2, span.traceId3);
    spans.spanId[i * 2] = span.spanId0;
    spans.spanId[i * 2 + 1] = span.spanId1;
    spans.parentId[i * 2] = span.parentId0;
    spans.parentId[i * 2 + 1] = span.parentId1;
    spans.start[i * 2] = span.startHigh;
    spans.start[i * 2 + 1] = span.startLow;
    spans.end[i * 2] = span.endHigh;
    spans.end[i * 2 + 1] = span.endLow;
    spans.kind[i] = span.kind > 5 ? 0 : span.kind;
    spans.status[i] = span.status > 2 ? 0 : span.status;
    spans.marks[i] = span.hasInvalidParent ? INVALID_PARENT : 0;
    spans.name[i] = span.name;
    spans.traceState[i] = span.traceState;
    spans.spanFlags[i] = span.spanFlags;
    spans.resource[i] = span.resource;
    spans.scope[i] = span.scope;
    spans.shape[i] = span.shape;
    spans.offset[i] = span.shape === EMPTY_SHAPE ? 0 : span.offset;
    if (span.statusMessage !== 0) spans.statusMessage.set(i, span.statusMessage);
    return true;
  }

  dropSpan(): void {
    this.attributes.rollBack(this.#valuesBefore, this.#numbersBefore);
    this.dropEvents();
    this.dropLinks();
  }

  append(batch: SpanBatch, resource = 0, scope = 0): number {
    const count = Math.min(batch.spans.count, this.#room());
    if (count < batch.spans.count) this.#isFull = true;
    if (count === 0 && this.#isFull) return 0;
    const firstValue = this.attributes.valueCount;
    const strings = internAll(this.strings, batch.strings);
    const shapes = this.attributes.append(batch.attributes, strings);
    const lists = { strings, shapes, firstValue };
    const numbers: BatchNumbers = {
      ...lists,
      traces: traceNumbers(this.#traces, batch.spans),
      resources: appendSlots(this.#resources, batch.resources, resource, lists),
      scopes: appendSlots(this.#scopes, batch.scopes, scope, lists),
    };
    const firstSpan = this.#spans.count;
    appendSpans(this.#spans, batch.spans, count, numbers);
    appendEvents(this.#events, batch.events, firstSpan, count, numbers);
    appendLinks(this.#links, batch.links, firstSpan, count, numbers);
    const { statusMessages } = batch;
    for (let i = 0; i < statusMessages.count && statusMessages.span[i] < count; i++) {
      this.#spans.statusMessage.set(firstSpan + statusMessages.span[i], strings[statusMessages.text[i]]);
    }
    this.#invalidIds += batch.invalidIds;
    this.#negativeDurations += batch.negativeDurations;
    return count;
  }

  /** Everything added so far, to be appended to another builder. This one, made with `isForBatch`, is used up by it. */
  takeBatch(): SpanBatch {
    const { statusMessage, ...spans } = this.#spans;
    return {
      strings: this.strings.contents(),
      attributes: this.attributes.takeBatch(),
      spans: { ...spans, traceCount: this.#traces.count, traceId: this.#traces.ids },
      statusMessages: {
        count: statusMessage.size,
        span: Uint32Array.from(statusMessage.keys()),
        text: Uint32Array.from(statusMessage.values()),
      },
      events: this.#events,
      links: this.#links,
      resources: this.#resources,
      scopes: this.#scopes,
      invalidIds: this.#invalidIds,
      negativeDurations: this.#negativeDurations,
    };
  }

  /** The table of everything added so far, assembled (design: analysis, section 1). The builder is used up by it. */
  finish(): SpanTable {
    const attributes = this.attributes.finish();
    return linkSpans({
      spans: { ...this.#spans, traceCount: this.#traces.count, traceId: this.#traces.ids },
      events: this.#events,
      links: this.#links,
      attributes,
      resources: { ...this.#resources, service: resourceServices(attributes, this.#resources, this.strings) },
      scopes: this.#scopes,
      invalidIds: this.#invalidIds,
      negativeDurations: this.#negativeDurations,
    });
  }

  /** How many more spans are within the limits. */
  #room(): number {
    if (this.strings.byteLength > this.#limits.stringBytes) return 0;
    return Math.max(0, this.#limits.spans - this.#spans.count);
  }

  #openItem(items: RawSpanItems, words: ItemWords): number {
    const i = items.count;
    reserveItems(items, i + 1, words);
    items.count++;
    items.span[i] = this.#spans.count;
    items.shape[i] = this.attributes.shape;
    items.offset[i] = this.attributes.listOffset;
    return i;
  }
}
