import type { SpanSink } from '../../store/spanSink.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { HexId } from './hexId.ts';
import { attributesKey, writeAttributes } from './plainAttributes.ts';
import type { PlainAttribute, PlainEvent, PlainLink, PlainScope, PlainSpan } from './plainSpan.ts';

/** Different resources, or scopes, that are remembered; a source with more of them gets some twice. */
const REMEMBERED = 10_000;
/** The sink's slot of the scope that says nothing. */
const NO_SCOPE = 0;

/** Puts spans in plain words into the sink, and their resources and scopes once for each that differs. */
export class SpanWriter {
  readonly #report: SourceReport;
  readonly #sink: SpanSink;
  readonly #id = new HexId();
  readonly #resources = new Map<string, number>();
  readonly #scopes = new Map<string, number>();

  constructor(report: SourceReport) {
    this.#report = report;
    this.#sink = report.sink;
  }

  /** The slot of the resource with these attributes. */
  resource(attributes: readonly PlainAttribute[]): number {
    return remembered(this.#resources, attributes, () => {
      const slot = this.#sink.openResource();
      this.fillResource(slot, attributes);
      return slot;
    });
  }

  /** A slot whose resource comes later. */
  openResource(): number {
    return this.#sink.openResource();
  }

  fillResource(slot: number, attributes: readonly PlainAttribute[]): void {
    writeAttributes(this.#sink, attributes);
    this.#sink.fillResource(slot);
  }

  /** Adds the span that stands at this place of the source; one without valid ids is counted and left out. */
  write(plain: PlainSpan, at: Position): void {
    const sink = this.#sink;
    const scope = this.#scope(plain.scope);
    sink.startSpan();
    const { span, strings } = sink;
    span.resource = plain.resource;
    span.scope = scope;
    this.#writeIds(plain);
    span.name = strings.intern(plain.name);
    span.kind = plain.kind;
    span.status = plain.status;
    span.statusMessage = strings.intern(plain.statusMessage);
    span.traceState = strings.intern(plain.traceState);
    span.spanFlags = plain.flags;
    span.startHigh = high(plain.start);
    span.startLow = low(plain.start);
    span.endHigh = high(plain.end);
    span.endLow = low(plain.end);
    writeAttributes(sink, plain.attributes);
    span.shape = sink.attributes.shape;
    span.offset = sink.attributes.offset;
    for (const event of plain.events) this.#writeEvent(event);
    for (const link of plain.links) this.#writeLink(link);
    if (sink.addSpan()) this.#report.spans++;
    else this.#report.refuse(at);
  }

  #writeIds({ traceId, spanId, parentId }: PlainSpan): void {
    const { span } = this.#sink;
    const { words } = this.#id;
    const isTraceValid = this.#id.read(traceId, 16) !== 'invalid';
    span.traceId0 = words[0];
    span.traceId1 = words[1];
    span.traceId2 = words[2];
    span.traceId3 = words[3];
    const isSpanValid = this.#id.read(spanId, 8) !== 'invalid';
    span.spanId0 = words[0];
    span.spanId1 = words[1];
    span.hasInvalidParent = this.#id.read(parentId, 8) === 'invalid';
    span.parentId0 = words[0];
    span.parentId1 = words[1];
    span.hasValidIds = isTraceValid && isSpanValid;
  }

  #writeEvent({ time, name, attributes }: PlainEvent): void {
    writeAttributes(this.#sink, attributes);
    this.#sink.addEvent(high(time), low(time), this.#sink.strings.intern(name));
  }

  /** A link to an id that is none is kept with zeros. */
  #writeLink({ traceId, spanId, attributes }: PlainLink): void {
    const { words } = this.#id;
    this.#id.read(traceId, 16);
    const [a, b, c, d] = words;
    this.#id.read(spanId, 8);
    writeAttributes(this.#sink, attributes);
    this.#sink.addLink(a, b, c, d, words[0], words[1]);
  }

  #scope(scope: PlainScope): number {
    const { name, version, attributes = [] } = scope;
    if (name === '' && version === '' && attributes.length === 0) return NO_SCOPE;
    const key: PlainAttribute[] = [{ key: name, value: version }, ...attributes];
    return remembered(this.#scopes, key, () => {
      const { strings } = this.#sink;
      const slot = this.#sink.openScope();
      writeAttributes(this.#sink, attributes);
      this.#sink.fillScope(slot, strings.intern(name), strings.intern(version));
      return slot;
    });
  }
}

/** The slot that is remembered for these attributes, or a new one. */
function remembered(slots: Map<string, number>, attributes: readonly PlainAttribute[], open: () => number): number {
  const key = attributesKey(attributes);
  const known = slots.get(key);
  if (known !== undefined) return known;
  const slot = open();
  if (slots.size < REMEMBERED) slots.set(key, slot);
  return slot;
}

function high(time: bigint): number {
  return Number(BigInt.asUintN(32, time >> 32n));
}

function low(time: bigint): number {
  return Number(BigInt.asUintN(32, time));
}
