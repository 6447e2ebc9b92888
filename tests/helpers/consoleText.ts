import { inspect } from 'node:util';
import { ConsoleSpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { AnyValue, KeyValue, Request, Span } from './otlpReference.ts';

/** What the SDK's own exporter prints: it calls console.dir. */
export function nodeConsole(spans: ReadableSpan[]): string[] {
  const printed: string[] = [];
  const { dir } = console;
  console.dir = (value: unknown, options?: object) => void printed.push(`${inspect(value, options)}\n`);
  try {
    new ConsoleSpanExporter().export(spans, () => {});
  } finally {
    console.dir = dir;
  }
  return printed;
}

/** Go's stdouttrace, one object a span (go.opentelemetry.io/otel/sdk/trace/tracetest, SpanStub). */
export function goSpans(request: Request): object[] {
  return eachSpan(request, (span, resource, scope) => ({
    Name: span.name,
    SpanContext: {
      TraceID: span.traceId,
      SpanID: span.spanId,
      TraceFlags: ((span.flags ?? 0) & 0xff).toString(16).padStart(2, '0'),
      TraceState: span.traceState ?? '',
      Remote: false,
    },
    Parent: {
      TraceID: span.parentSpanId === undefined ? '0'.repeat(32) : span.traceId,
      SpanID: span.parentSpanId ?? '0'.repeat(16),
      TraceFlags: '01',
      TraceState: '',
      Remote: ((span.flags ?? 0) & 0x200) !== 0,
    },
    SpanKind: span.kind,
    StartTime: isoTime(span.startTimeUnixNano, 9),
    EndTime: isoTime(span.endTimeUnixNano, 9),
    Attributes: goAttributes(span.attributes),
    Events: span.events?.map(({ name, timeUnixNano, attributes }) => ({
      Name: name,
      Attributes: goAttributes(attributes),
      DroppedAttributeCount: 0,
      Time: isoTime(timeUnixNano, 9),
    })),
    Links: span.links?.map(({ traceId, spanId, attributes }) => ({
      SpanContext: { TraceID: traceId, SpanID: spanId, TraceFlags: '01', TraceState: '', Remote: false },
      Attributes: goAttributes(attributes),
      DroppedAttributeCount: 0,
    })),
    Status: { Code: ['Unset', 'Ok', 'Error'][span.status?.code ?? 0], Description: span.status?.message ?? '' },
    DroppedAttributes: 0,
    ChildSpanCount: 0,
    Resource: goAttributes(resource),
    InstrumentationScope: { Name: scope?.name, Version: scope?.version, SchemaURL: '', Attributes: null },
  }));
}

/** Python's ConsoleSpanExporter, one object a span (opentelemetry-sdk, ReadableSpan.to_json). */
export function pythonSpans(request: Request): object[] {
  const kinds = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
  return eachSpan(request, (span, resource) => ({
    name: span.name,
    context: {
      trace_id: `0x${span.traceId}`,
      span_id: `0x${span.spanId}`,
      trace_state: span.traceState === undefined ? '[]' : `['{key=ot, value=${span.traceState.slice(3)}}']`,
    },
    kind: `SpanKind.${kinds[span.kind ?? 0]}`,
    parent_id: span.parentSpanId === undefined ? null : `0x${span.parentSpanId}`,
    start_time: isoTime(span.startTimeUnixNano, 6),
    end_time: isoTime(span.endTimeUnixNano, 6),
    status: {
      status_code: ['UNSET', 'OK', 'ERROR'][span.status?.code ?? 0],
      ...(span.status?.message !== undefined && { description: span.status.message }),
    },
    attributes: members(span.attributes),
    events: (span.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
      name,
      timestamp: isoTime(timeUnixNano, 6),
      attributes: members(attributes),
    })),
    links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
      context: { trace_id: `0x${traceId}`, span_id: `0x${spanId}`, trace_state: '[]' },
      attributes: members(attributes),
    })),
    resource: { attributes: members(resource), schema_url: '' },
  }));
}

/** PHP's ConsoleSpanExporter, one object a span (opentelemetry-php, FriendlySpanConverter); times are quoted digits. */
function phpObjects(request: Request): object[] {
  const kinds = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
  return eachSpan(request, (span, resource) => ({
    name: span.name,
    context: {
      trace_id: span.traceId,
      span_id: span.spanId,
      trace_state: span.traceState ?? '',
      trace_flags: (span.flags ?? 0) & 0xff,
    },
    resource: phpMembers(resource),
    parent_span_id: span.parentSpanId ?? '',
    kind: `KIND_${kinds[span.kind ?? 0]}`,
    start: span.startTimeUnixNano,
    end: span.endTimeUnixNano,
    attributes: phpMembers(span.attributes),
    status: { code: ['Unset', 'Ok', 'Error'][span.status?.code ?? 0], description: span.status?.message ?? '' },
    events: (span.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
      name,
      timestamp: timeUnixNano,
      attributes: phpMembers(attributes),
    })),
    links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
      context: { trace_id: traceId, span_id: spanId, trace_state: '', trace_flags: 1 },
      attributes: phpMembers(attributes),
    })),
    schema_url: '',
  }));
}

/** Each span in a list of its own, as PHP indents it. */
export function phpConsole(request: Request): string[] {
  return phpObjects(request).map((span) => {
    const lines = JSON.stringify([span], null, 4).replaceAll('/', '\\/');
    return `${lines.replaceAll(/"(start|end|timestamp)": "(\d+)"/g, '"$1": $2')}\n`;
  });
}

/** PHP cannot tell a map without members from a list. */
function phpMembers(attributes: readonly KeyValue[] = []): object {
  return attributes.length === 0 ? [] : members(attributes);
}

/** What JavaScript's ConsoleSpanExporter hands to console.dir, one object a span (opentelemetry-js, sdk-trace). */
export function nodeSpans(request: Request): object[] {
  return eachSpan(request, (span, resource, scope) => {
    const micros = (nanoseconds = '0'): number => Number(nanoseconds) / 1000;
    return {
      resource: { attributes: members(resource) },
      instrumentationScope: { name: scope?.name, version: scope?.version, schemaUrl: undefined },
      traceId: span.traceId,
      parentSpanContext:
        span.parentSpanId === undefined ? undefined : { traceId: span.traceId, spanId: span.parentSpanId },
      traceState: span.traceState,
      name: span.name,
      id: span.spanId,
      kind: (span.kind ?? 1) - 1,
      timestamp: micros(span.startTimeUnixNano),
      duration: micros(String(BigInt(span.endTimeUnixNano ?? 0) - BigInt(span.startTimeUnixNano ?? 0))),
      attributes: members(span.attributes),
      status: span.status ?? { code: 0 },
      events: (span.events ?? []).map(({ name, attributes, timeUnixNano = '0' }) => ({
        name,
        attributes: members(attributes),
        time: [Number(BigInt(timeUnixNano) / 1_000_000_000n), Number(BigInt(timeUnixNano) % 1_000_000_000n)],
        droppedAttributesCount: 0,
      })),
      links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
        context: { traceId, spanId, traceFlags: 1 },
        attributes: members(attributes),
      })),
    };
  });
}

type Scope = { readonly name?: string; readonly version?: string } | undefined;

function eachSpan(
  { resourceSpans = [] }: Request,
  write: (span: Span, resource: readonly KeyValue[], scope: Scope) => object,
): object[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) => spans.map((span) => write(span, resource?.attributes ?? [], scope))),
  );
}

function isoTime(nanoseconds = '0', digits: number): string {
  const seconds = new Date(Number(BigInt(nanoseconds) / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${nanoseconds.slice(-9).slice(0, digits)}Z`;
}

function goAttributes(attributes: readonly KeyValue[] = []) {
  return attributes.map(({ key, value = {} }) => ({ Key: key, Value: { Type: goType(value), Value: plain(value) } }));
}

function goType(value: AnyValue): string {
  if (value.doubleValue !== undefined) return 'FLOAT64';
  if (value.intValue !== undefined) return 'INT64';
  if (value.boolValue !== undefined) return 'BOOL';
  return value.arrayValue === undefined ? 'STRING' : `${goType(value.arrayValue.values?.[0] ?? {})}SLICE`;
}

function members(attributes: readonly KeyValue[] = []): object {
  return Object.fromEntries(attributes.map(({ key, value = {} }) => [key, plain(value)]));
}

function plain(value: AnyValue): unknown {
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(plain);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}
