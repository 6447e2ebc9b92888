import { hasMemoryFor } from '../base/growable.ts';
import { IssueLog } from '../base/issues.ts';
import { StringTable } from '../base/strings.ts';
import { LIMITS, type Limits } from '../config/limits.ts';
import { AttributeWriter } from './attributeWriter.ts';
import { inOrder } from './batchOrder.ts';
import { emptyRecord, resetRecord } from './emptyRecord.ts';
import { linkWhatFits } from './linkWhatFits.ts';
import { RawItems } from './rawItems.ts';
import { resourceServices } from './serviceName.ts';
import { Slots } from './slots.ts';
import type { SpanBatch } from './spanBatch.ts';
import { SpanColumns } from './spanColumns.ts';
import type { FullBecause, SpanRecord, SpanSink } from './spanSink.ts';
import type { SpanTable } from './spanTable.ts';

/** Collects spans in the order in which they come. The only writer of a SpanTable, and of batches for another builder. */
export class SpanTableBuilder implements SpanSink {
  readonly strings = new StringTable();
  readonly attributes: AttributeWriter;
  readonly issues: IssueLog;
  readonly span: SpanRecord = emptyRecord();

  readonly #limits: Limits;
  readonly #spans = new SpanColumns();
  readonly #events = new RawItems(2, 1);
  readonly #links = new RawItems(4, 2);
  readonly #resources: Slots;
  readonly #scopes: Slots;
  #invalidIds = 0;
  #negativeDurations = 0;
  #fullBecause: FullBecause | null = null;
  /** How much there was before the span that is being written. */
  #valuesBefore = 0;
  #numbersBefore = 0;
  #eventsBefore = 0;
  #linksBefore = 0;
  readonly #addRow = (): void => this.#spans.add(this.span);

  /** `isForBatch` where it will end with `takeBatch`, not with `finish`. */
  constructor(issues: IssueLog = new IssueLog(), limits: Limits = LIMITS, { isForBatch = false } = {}) {
    this.issues = issues;
    this.attributes = new AttributeWriter(this.strings, isForBatch);
    this.#limits = limits;
    this.#resources = new Slots(limits.owners);
    this.#scopes = new Slots(limits.owners);
  }

  get spanCount(): number {
    return this.#spans.count;
  }

  get isFull(): boolean {
    return this.fullBecause !== null;
  }

  get fullBecause(): FullBecause | null {
    return this.#fullBecause ?? this.#resources.fullBecause ?? this.#scopes.fullBecause;
  }

  get fractionRead(): number {
    return this.#spans.fractionRead;
  }

  set fractionRead(fraction: number) {
    this.#spans.fractionRead = this.strings.fractionRead = fraction;
  }

  openResource(): number {
    return this.#resources.open();
  }

  fillResource(slot: number): void {
    this.#resources.fill(slot, this.attributes.shape, this.attributes.listOffset);
  }

  openScope(): number {
    return this.#scopes.open();
  }

  fillScope(slot: number, name: number, version: number): void {
    this.#scopes.fill(slot, this.attributes.shape, this.attributes.listOffset, name, version);
  }

  startSpan(): void {
    this.dropEvents();
    this.dropLinks();
    this.#valuesBefore = this.attributes.valueCount;
    this.#numbersBefore = this.attributes.numberCount;
    resetRecord(this.span);
  }

  addEvent(timeHigh: number, timeLow: number, name: number): void {
    const i = this.#openItem(this.#events);
    const { wide, narrow } = this.#events;
    wide[i * 2] = timeHigh;
    wide[i * 2 + 1] = timeLow;
    narrow[i] = name;
  }

  addLink(
    traceId0: number,
    traceId1: number,
    traceId2: number,
    traceId3: number,
    spanId0: number,
    spanId1: number,
  ): void {
    const i = this.#openItem(this.#links);
    const { wide, narrow } = this.#links;
    wide[i * 4] = traceId0;
    wide[i * 4 + 1] = traceId1;
    wide[i * 4 + 2] = traceId2;
    wide[i * 4 + 3] = traceId3;
    narrow[i * 2] = spanId0;
    narrow[i * 2 + 1] = spanId1;
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
    const isNegative =
      span.endHigh < span.startHigh || (span.endHigh === span.startHigh && span.endLow < span.startLow);
    span.endsBeforeStart = isNegative;
    if (isNegative) {
      span.endHigh = span.startHigh;
      span.endLow = span.startLow;
    }
    if (this.#room() === 0 || !hasMemoryFor(this.#addRow)) {
      this.#fullBecause ??= 'memory';
      this.dropSpan();
      return false;
    }
    if (isNegative) this.#negativeDurations++;
    this.#keep();
    return true;
  }

  dropSpan(): void {
    this.attributes.rollBack(this.#valuesBefore, this.#numbersBefore);
    this.dropEvents();
    this.dropLinks();
  }

  append(batch: SpanBatch, resource = 0, scope = 0): number {
    const count = this.#room(batch.spans.count);
    if (count === 0 && this.isFull) return 0;
    this.startSpan();
    if (!hasMemoryFor(() => this.#appendAll(batch, count, resource, scope))) {
      this.#fullBecause = 'memory';
      this.dropSpan();
      return 0;
    }
    this.#keep();
    this.#invalidIds += batch.invalidIds;
    this.#negativeDurations += batch.negativeDurations;
    return count;
  }

  /** Everything added so far, to be appended to another builder. This one, made with `isForBatch`, is used up by it. */
  takeBatch(): SpanBatch {
    return {
      strings: this.strings.contents(),
      attributes: this.attributes.takeBatch(),
      spans: this.#spans.batch(),
      events: this.#events.columns(),
      links: this.#links.columns(),
      resources: this.#resources.columns(),
      scopes: this.#scopes.columns(),
      invalidIds: this.#invalidIds,
      negativeDurations: this.#negativeDurations,
    };
  }

  /**
   * The table of everything added so far, assembled (design: analysis, section 1); of less where there is no memory for
   * it, with an Issue. The builder is used up by it. `sourceEnds` are the numbers of spans that there were when each
   * source had been read.
   */
  finish(sourceEnds: readonly number[] = []): SpanTable {
    const attributes = this.attributes.finish();
    const service = resourceServices(attributes, this.#resources, this.strings);
    const raw = {
      spans: this.#spans,
      events: this.#events,
      links: this.#links,
      attributes,
      resources: this.#resources,
      service,
      scopes: this.#scopes,
      invalidIds: this.#invalidIds,
      negativeDurations: this.#negativeDurations,
      sourceEnds,
      isPartial: this.issues.hasErrors,
    };
    return linkWhatFits(raw, this.issues);
  }

  /** Spans last: until they are there, nothing else of the batch counts. */
  #appendAll(batch: SpanBatch, count: number, resource: number, scope: number): void {
    const firstValue = this.attributes.valueCount;
    const strings = this.strings.internAll(batch.strings);
    if (this.strings.isFull) throw new RangeError('there is no memory for the text');
    const shapes = this.attributes.append(batch.attributes, strings);
    const lists = { strings, shapes, firstValue };
    const resources = this.#resources.append(batch.resources, resource, lists);
    const scopes = this.#scopes.append(batch.scopes, scope, lists);
    const spans = inOrder(batch.spans, count);
    const first = this.#spans.count;
    const firstEvent = this.#events.append(batch.events, first, spans.order.place, lists);
    for (let i = firstEvent; i < this.#events.count; i++) this.#events.narrow[i] = strings[this.#events.narrow[i]];
    this.#links.append(batch.links, first, spans.order.place, lists);
    this.#spans.append(spans, { ...lists, resources, scopes });
  }

  /** How many of `wanted` more spans there is room for: where it is fewer, the builder is full. */
  #room(wanted = 1): number {
    if (this.strings.isFull || this.attributes.isFull) this.#fullBecause ??= 'memory';
    const isTextFull = this.strings.textBytes > this.#limits.stringBytes;
    const room = this.isFull || isTextFull ? 0 : Math.max(0, this.#limits.spans - this.#spans.count);
    if (room < wanted || isTextFull) this.#fullBecause ??= this.fullBecause ?? 'limit';
    return Math.min(room, wanted);
  }

  #openItem(items: RawItems): number {
    return items.open(this.#spans.count, this.attributes.shape, this.attributes.listOffset);
  }

  /** What was written last is loaded: there is nothing to take back. */
  #keep(): void {
    this.#valuesBefore = this.attributes.valueCount;
    this.#numbersBefore = this.attributes.numberCount;
    this.#eventsBefore = this.#events.count;
    this.#linksBefore = this.#links.count;
  }
}
