import protobuf from 'protobufjs';
import type { AnyValue, KeyValue, Request, Span } from './otlpReference.ts';

/**
 * The slow, obvious decoder of OTLP protobuf: protobufjs' reflection over the definitions of OpenTelemetry
 * (opentelemetry-proto v1.9, trace/v1/trace.proto, common/v1/common.proto, resource/v1/resource.proto).
 */
const PROTO = `
  syntax = "proto3";

  message AnyValue {
    oneof value {
      string string_value = 1;
      bool bool_value = 2;
      int64 int_value = 3;
      double double_value = 4;
      ArrayValue array_value = 5;
      KeyValueList kvlist_value = 6;
      bytes bytes_value = 7;
    }
  }
  message ArrayValue { repeated AnyValue values = 1; }
  message KeyValueList { repeated KeyValue values = 1; }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message InstrumentationScope {
    string name = 1;
    string version = 2;
    repeated KeyValue attributes = 3;
    uint32 dropped_attributes_count = 4;
  }
  message EntityRef {
    string schema_url = 1;
    string type = 2;
    repeated string id_keys = 3;
    repeated string description_keys = 4;
  }
  message Resource {
    repeated KeyValue attributes = 1;
    uint32 dropped_attributes_count = 2;
    repeated EntityRef entity_refs = 3;
  }

  message TracesData { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans {
    reserved 1000;
    Resource resource = 1;
    repeated ScopeSpans scope_spans = 2;
    string schema_url = 3;
  }
  message ScopeSpans { InstrumentationScope scope = 1; repeated Span spans = 2; string schema_url = 3; }
  message Span {
    bytes trace_id = 1;
    bytes span_id = 2;
    string trace_state = 3;
    bytes parent_span_id = 4;
    fixed32 flags = 16;
    string name = 5;
    enum SpanKind {
      SPAN_KIND_UNSPECIFIED = 0;
      SPAN_KIND_INTERNAL = 1;
      SPAN_KIND_SERVER = 2;
      SPAN_KIND_CLIENT = 3;
      SPAN_KIND_PRODUCER = 4;
      SPAN_KIND_CONSUMER = 5;
    }
    SpanKind kind = 6;
    fixed64 start_time_unix_nano = 7;
    fixed64 end_time_unix_nano = 8;
    repeated KeyValue attributes = 9;
    uint32 dropped_attributes_count = 10;
    message Event {
      fixed64 time_unix_nano = 1;
      string name = 2;
      repeated KeyValue attributes = 3;
      uint32 dropped_attributes_count = 4;
    }
    repeated Event events = 11;
    uint32 dropped_events_count = 12;
    message Link {
      bytes trace_id = 1;
      bytes span_id = 2;
      string trace_state = 3;
      repeated KeyValue attributes = 4;
      uint32 dropped_attributes_count = 5;
      fixed32 flags = 6;
    }
    repeated Link links = 13;
    uint32 dropped_links_count = 14;
    Status status = 15;
  }
  message Status {
    reserved 1;
    string message = 2;
    enum StatusCode { STATUS_CODE_UNSET = 0; STATUS_CODE_OK = 1; STATUS_CODE_ERROR = 2; }
    StatusCode code = 3;
  }
`;

const TracesData = protobuf.parse(PROTO).root.lookupType('TracesData');

/** What a message says, in the plain form that `tableOfRequests` takes. */
export function reflectedRequest(message: Uint8Array): Request {
  const found: Decoded = TracesData.toObject(TracesData.decode(message), { longs: String, arrays: true });
  return {
    resourceSpans: (found.resourceSpans ?? []).map(({ resource, scopeSpans = [] }) => ({
      resource: { attributes: plainList(resource?.attributes) },
      scopeSpans: scopeSpans.map(({ scope, spans = [] }) => ({
        scope: { ...scope, attributes: plainList(scope?.attributes) },
        spans: spans.map(plainSpan),
      })),
    })),
  };
}

/** What protobufjs makes of the messages: names in camel case, 64-bit integers as text. */
interface Decoded {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly DecodedKeyValue[] };
    readonly scopeSpans?: readonly {
      readonly scope?: { readonly name?: string; readonly attributes?: readonly DecodedKeyValue[] };
      readonly spans?: readonly DecodedSpan[];
    }[];
  }[];
}
interface DecodedSpan extends Omit<Span, 'traceId' | 'spanId' | 'parentSpanId' | 'attributes' | 'events' | 'links'> {
  readonly traceId?: Uint8Array;
  readonly spanId?: Uint8Array;
  readonly parentSpanId?: Uint8Array;
  readonly attributes?: readonly DecodedKeyValue[];
  readonly events?: readonly { timeUnixNano?: string; name?: string; attributes?: readonly DecodedKeyValue[] }[];
  readonly links?: readonly { traceId?: Uint8Array; spanId?: Uint8Array; attributes?: readonly DecodedKeyValue[] }[];
}
interface DecodedKeyValue {
  readonly key?: string;
  readonly value?: DecodedValue;
}
interface DecodedValue extends Omit<AnyValue, 'arrayValue' | 'kvlistValue' | 'bytesValue'> {
  readonly arrayValue?: { readonly values?: readonly DecodedValue[] };
  readonly kvlistValue?: { readonly values?: readonly DecodedKeyValue[] };
  readonly bytesValue?: Uint8Array;
}

function plainSpan({ traceId, spanId, parentSpanId, attributes, events, links, kind = 0, ...rest }: DecodedSpan): Span {
  return {
    ...rest,
    traceId: hex(traceId, 16),
    spanId: hex(spanId, 8),
    parentSpanId: hex(parentSpanId, 8),
    // What is none of OTLP's numbers is unspecified.
    kind: kind < 0 || kind > 5 ? 0 : kind,
    attributes: plainList(attributes),
    events: (events ?? []).map((event) => ({ ...event, attributes: plainList(event.attributes) })),
    links: (links ?? []).map((link) => ({
      traceId: hex(link.traceId, 16),
      spanId: hex(link.spanId, 8),
      attributes: plainList(link.attributes),
    })),
  };
}

function plainList(list: readonly DecodedKeyValue[] = []): KeyValue[] {
  return list.map(({ key = '', value = {} }) => ({ key, value: plainValue(value) }));
}

function plainValue({ arrayValue, kvlistValue, bytesValue, ...scalar }: DecodedValue): AnyValue {
  if (arrayValue) return { arrayValue: { values: (arrayValue.values ?? []).map(plainValue) } };
  if (kvlistValue) return { kvlistValue: { values: plainList(kvlistValue.values) } };
  return bytesValue ? { bytesValue: Buffer.from(bytesValue).toString('base64') } : scalar;
}

function hex(bytes: Uint8Array | undefined, length: number): string {
  return bytes === undefined || bytes.length === 0 ? '0'.repeat(length * 2) : Buffer.from(bytes).toString('hex');
}
