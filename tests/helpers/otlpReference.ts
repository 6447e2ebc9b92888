import type { SpanTable } from '../../src/store/spanTable.ts';
import type { AttributeWriter } from '../../src/store/attributeWriter.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';

/**
 * The slow, obvious decoder that the real ones are compared with: JSON.parse, then a walk over plain objects.
 * It knows OTLP/JSON as the specification has it, and none of the odd ways that are found in the wild.
 */
export interface Request {
  readonly resourceSpans?: readonly ResourceSpans[];
}
interface ResourceSpans {
  readonly resource?: { readonly attributes?: readonly KeyValue[] };
  readonly scopeSpans?: readonly {
    readonly scope?: { readonly name?: string; readonly version?: string; readonly attributes?: readonly KeyValue[] };
    readonly spans?: readonly Span[];
  }[];
}
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly name?: string;
  readonly kind?: number;
  readonly flags?: number;
  readonly startTimeUnixNano?: string;
  readonly endTimeUnixNano?: string;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly {
    readonly timeUnixNano?: string;
    readonly name?: string;
    readonly attributes?: readonly KeyValue[];
  }[];
  readonly links?: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes?: readonly KeyValue[];
  }[];
  readonly status?: { readonly code?: number; readonly message?: string };
}
export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number | string;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
  readonly bytesValue?: string;
}

/** The table of these JSON documents. */
export function referenceTable(documents: readonly string[]): SpanTable {
  return tableOfRequests(documents.map((document): Request => JSON.parse(document)));
}

export function tableOfRequests(requests: readonly Request[]): SpanTable {
  const builder = new SpanTableBuilder();
  addRequests(builder, requests);
  return builder.finish();
}

export function addRequests(builder: SpanTableBuilder, requests: readonly Request[]): void {
  for (const request of requests) for (const group of request.resourceSpans ?? []) addResourceSpans(builder, group);
}

function addResourceSpans(builder: SpanTableBuilder, group: ResourceSpans): void {
  builder.span.resource = builder.openResource();
  writeList(builder.attributes, group.resource?.attributes);
  builder.fillResource(builder.span.resource);
  for (const { scope, spans } of group.scopeSpans ?? []) {
    builder.span.scope = builder.openScope();
    writeList(builder.attributes, scope?.attributes);
    builder.fillScope(
      builder.span.scope,
      builder.strings.intern(scope?.name ?? ''),
      builder.strings.intern(scope?.version ?? ''),
    );
    for (const span of spans ?? []) addSpan(builder, span);
  }
}

function addSpan(builder: SpanTableBuilder, span: Span): void {
  const record = builder.span;
  builder.startSpan();
  [record.traceId0, record.traceId1, record.traceId2, record.traceId3] = words(span.traceId);
  [record.spanId0, record.spanId1] = words(span.spanId);
  [record.parentId0, record.parentId1] = words(span.parentSpanId || '0000000000000000');
  [record.startHigh, record.startLow] = time(span.startTimeUnixNano);
  [record.endHigh, record.endLow] = time(span.endTimeUnixNano);
  record.name = builder.strings.intern(span.name ?? '');
  record.kind = span.kind ?? 0;
  record.spanFlags = (span.flags ?? 0) & 0xffff;
  record.traceState = builder.strings.intern(span.traceState ?? '');
  record.status = span.status?.code ?? 0;
  record.statusMessage = builder.strings.intern(span.status?.message ?? '');
  writeList(builder.attributes, span.attributes);
  record.shape = builder.attributes.shape;
  record.offset = builder.attributes.offset;
  for (const event of span.events ?? []) {
    writeList(builder.attributes, event.attributes);
    const [high, low] = time(event.timeUnixNano);
    builder.addEvent(high, low, builder.strings.intern(event.name ?? ''));
  }
  for (const link of span.links ?? []) {
    writeList(builder.attributes, link.attributes);
    const [a, b, c, d] = words(link.traceId);
    const [e, f] = words(link.spanId);
    builder.addLink(a, b, c, d, e, f);
  }
  builder.addSpan();
}

function writeList(writer: AttributeWriter, list: readonly KeyValue[] = []): void {
  writer.begin();
  for (const { key, value = {} } of list) {
    const id = writer.strings.intern(key);
    const { stringValue, boolValue, intValue, doubleValue } = value;
    if (stringValue !== undefined) writer.addString(id, writer.strings.intern(stringValue));
    else if (boolValue !== undefined) writer.addBoolean(id, boolValue);
    else if (intValue !== undefined && Number.isSafeInteger(Number(intValue))) writer.addInteger(id, Number(intValue));
    else if (doubleValue !== undefined) writer.addDouble(id, Number(doubleValue));
    else if (jsonText(value) !== 'null') writer.addJson(id, writer.strings.intern(jsonText(value)));
  }
}

function jsonText(value: AnyValue = {}): string {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value;
  if (stringValue !== undefined) return JSON.stringify(wellFormed(stringValue));
  if (boolValue !== undefined) return String(boolValue);
  if (intValue !== undefined) return BigInt(intValue).toString();
  if (doubleValue !== undefined) return doubleText(Number(doubleValue));
  if (bytesValue !== undefined) return `"${bytesValue}"`;
  if (arrayValue) return `[${(arrayValue.values ?? []).map(jsonText).join()}]`;
  if (!kvlistValue) return 'null';
  const entries = (kvlistValue.values ?? []).map(
    (entry) => `${JSON.stringify(wellFormed(entry.key))}:${jsonText(entry.value)}`,
  );
  return `{${entries.join()}}`;
}

/** With a sign and a fraction, or an exponent, so that it is no integer. */
function doubleText(value: number): string {
  return `${Object.is(value, -0) ? '-' : ''}${value}${/^-?\d+$/.test(String(value)) ? '.0' : ''}`;
}

/** 32-bit words of a hex id. */
function words(hex: string): number[] {
  return (hex.match(/.{8}/g) ?? []).map((word) => Number.parseInt(word, 16));
}

function time(digits: string | number = '0'): [high: number, low: number] {
  const value = BigInt(digits);
  return [Number(value >> 32n), Number(value & 0xffffffffn)];
}

/** Half a surrogate pair has no UTF-8: U+FFFD stands for it. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
