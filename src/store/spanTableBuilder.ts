import { grown } from '../base/growable.ts';
import { IssueLog } from '../base/issues.ts';
import { StringTable } from '../base/strings.ts';
import { LIMITS, type Limits } from '../config/limits.ts';
import { AttributeWriter } from './attributes.ts';
import { linkSpans } from './linkSpans.ts';
import { resourceServices } from './serviceName.ts';
import {
  emptyItems,
  emptySlots,
  emptySpans,
  INVALID_PARENT,
  openSlot,
  type RawSpanItems,
  type RawSpans,
  type Slots,
} from './rawSpans.ts';
import type { SpanRecord, SpanSink } from './spanSink.ts';
import type { SpanTable } from './spanTable.ts';

const FIRST_CAPACITY = 1024;

/** Collects spans into growing columns. The only writer of a SpanTable. */
export class SpanTableBuilder implements SpanSink {
  readonly strings = new StringTable();
  readonly attributes = new AttributeWriter(this.strings);
  readonly issues: IssueLog;
  readonly span: SpanRecord = emptyRecord();

  readonly #limits: Limits;
  #capacity = FIRST_CAPACITY;
  readonly #spans: RawSpans = emptySpans(FIRST_CAPACITY);
  readonly #events: RawSpanItems = emptyItems(2, 1);
  readonly #links: RawSpanItems = emptyItems(4, 2);
  readonly #resources: Slots = emptySlots();
  readonly #scopes: Slots = emptySlots();
  #traceTable = new Uint32Array(4096);
  #invalidIds = 0;
  #negativeDurations = 0;
  #isFull = false;
  #attributesBefore = 0;
  #eventsBefore = 0;
  #linksBefore = 0;

  constructor(issues: IssueLog = new IssueLog(), limits: Limits = LIMITS) {
    this.issues = issues;
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
    this.#resources.offset[slot] = this.attributes.offset;
  }

  openScope(): number {
    return openSlot(this.#scopes);
  }

  fillScope(slot: number, name: number, version: number): void {
    this.#scopes.shape[slot] = this.attributes.shape;
    this.#scopes.offset[slot] = this.attributes.offset;
    this.#scopes.name[slot] = name;
    this.#scopes.version[slot] = version;
  }

  startSpan(): void {
    this.#attributesBefore = this.attributes.valueCount;
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
    const i = this.#openItem(events, 2, 1);
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
    const i = this.#openItem(links, 4, 2);
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
    if (this.#spans.count >= this.#limits.spans || this.strings.byteLength > this.#limits.stringBytes) {
      this.#isFull = true;
      this.dropSpan();
      return false;
    }
    if (this.#spans.count === this.#capacity) this.#grow();
    const spans = this.#spans;
    const i = spans.count++;
    if (span.endHigh < span.startHigh || (span.endHigh === span.startHigh && span.endLow < span.startLow)) {
      this.#negativeDurations++;
      span.endHigh = span.startHigh;
      span.endLow = span.startLow;
    }
    spans.trace[i] = this.#traceIndex(span.traceId0, span.traceId1, span.traceId2, span.traceId3);
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
    spans.offset[i] = span.offset;
    if (span.statusMessage !== 0) spans.statusMessage.set(i, span.statusMessage);
    return true;
  }

  dropSpan(): void {
    this.attributes.rollBack(this.#attributesBefore);
    this.dropEvents();
    this.dropLinks();
  }

  /** The table of everything added so far, assembled (design: analysis, section 1). The builder is used up by it. */
  finish(): SpanTable {
    const attributes = this.attributes.finish();
    return linkSpans({
      spans: this.#spans,
      events: this.#events,
      links: this.#links,
      attributes,
      resources: { ...this.#resources, service: resourceServices(attributes, this.#resources, this.strings) },
      scopes: this.#scopes,
      invalidIds: this.#invalidIds,
      negativeDurations: this.#negativeDurations,
    });
  }

  #openItem(items: RawSpanItems, wide: number, narrow: number): number {
    const i = items.count++;
    if (i === items.span.length) {
      items.span = grown(items.span, i + 1);
      items.shape = grown(items.shape, i + 1);
      items.offset = grown(items.offset, i + 1);
      items.wide = grown(items.wide, items.span.length * wide);
      items.narrow = grown(items.narrow, items.span.length * narrow);
    }
    items.span[i] = this.#spans.count;
    items.shape[i] = this.attributes.shape;
    items.offset[i] = this.attributes.offset;
    return i;
  }

  /** Open addressing on the 128 bits of a trace id. */
  #traceIndex(a: number, b: number, c: number, d: number): number {
    const spans = this.#spans;
    const ids = spans.traceId;
    const mask = this.#traceTable.length - 1;
    let slot = traceHash(a, b, c, d) & mask;
    for (let entry = this.#traceTable[slot]; entry !== 0; entry = this.#traceTable[slot]) {
      const at = (entry - 1) * 4;
      if (ids[at + 3] === d && ids[at + 2] === c && ids[at + 1] === b && ids[at] === a) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const trace = spans.traceCount++;
    spans.traceId = grown(ids, spans.traceCount * 4);
    spans.traceId.set([a, b, c, d], trace * 4);
    this.#traceTable[slot] = trace + 1;
    if (spans.traceCount * 2 > this.#traceTable.length) this.#rehashTraces();
    return trace;
  }

  #rehashTraces(): void {
    this.#traceTable = new Uint32Array(this.#traceTable.length * 2);
    const mask = this.#traceTable.length - 1;
    const ids = this.#spans.traceId;
    for (let trace = 0; trace < this.#spans.traceCount; trace++) {
      const at = trace * 4;
      let slot = traceHash(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]) & mask;
      while (this.#traceTable[slot] !== 0) slot = (slot + 1) & mask;
      this.#traceTable[slot] = trace + 1;
    }
  }

  #grow(): void {
    this.#capacity *= 2;
    const spans = this.#spans;
    for (const name of ['trace', 'name', 'traceState', 'resource', 'scope', 'shape', 'offset'] as const) {
      spans[name] = grown(spans[name], this.#capacity);
    }
    for (const name of ['spanId', 'parentId', 'start', 'end'] as const) {
      spans[name] = grown(spans[name], this.#capacity * 2);
    }
    spans.kind = grown(spans.kind, this.#capacity);
    spans.status = grown(spans.status, this.#capacity);
    spans.marks = grown(spans.marks, this.#capacity);
    spans.spanFlags = grown(spans.spanFlags, this.#capacity);
  }
}

function traceHash(a: number, b: number, c: number, d: number): number {
  const hash = Math.imul(a ^ d, 0x9e3779b1) ^ Math.imul(b ^ c, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

function emptyRecord(): SpanRecord {
  return {
    traceId0: 0,
    traceId1: 0,
    traceId2: 0,
    traceId3: 0,
    spanId0: 0,
    spanId1: 0,
    parentId0: 0,
    parentId1: 0,
    hasValidIds: true,
    hasInvalidParent: false,
    startHigh: 0,
    startLow: 0,
    endHigh: 0,
    endLow: 0,
    kind: 0,
    status: 0,
    name: 0,
    traceState: 0,
    statusMessage: 0,
    spanFlags: 0,
    resource: 0,
    scope: 0,
    shape: 0,
    offset: 0,
  };
}
