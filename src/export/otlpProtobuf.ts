import { assertNever } from '../base/assert.ts';
import { attributeValue, ValueType } from '../store/attributes.ts';
import { itemsOf, traceStateOf, type SpanTable } from '../store/spanTable.ts';
import { absoluteTime } from './absoluteTime.ts';
import { parseAnyValue, type AnyValue } from './anyValue.ts';
import type { ListWalk } from './listWalk.ts';
import { textOf, utf8Of, type OtlpWriter } from './otlpWriter.ts';
import { ProtobufBuffer } from './protobufBuffer.ts';
import type { ResourceGroup } from './spanGroups.ts';
import { WrittenParents } from './writtenParents.ts';

/** Field numbers of opentelemetry-proto: trace.proto, resource.proto, common.proto. */
const RequestField = { resourceSpans: 1 } as const;
const ResourceSpansField = { resource: 1, scopeSpans: 2 } as const;
const ResourceField = { attributes: 1 } as const;
const ScopeSpansField = { scope: 1, spans: 2 } as const;
const ScopeField = { name: 1, version: 2, attributes: 3 } as const;
const SpanField = {
  traceId: 1,
  spanId: 2,
  traceState: 3,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  start: 7,
  end: 8,
  attributes: 9,
  events: 11,
  links: 13,
  status: 15,
  flags: 16,
} as const;
const EventField = { time: 1, name: 2, attributes: 3 } as const;
const LinkField = { traceId: 1, spanId: 2, attributes: 4 } as const;
const StatusField = { message: 2, code: 3 } as const;
const KeyValueField = { key: 1, value: 2 } as const;
const AnyValueField = { string: 1, boolean: 2, integer: 3, double: 4, array: 5, map: 6, bytes: 7 } as const;
/** Of ArrayValue and of KeyValueList. */
const VALUES = 1;

const encoder = new TextEncoder();

/**
 * OTLP as protobuf. The requests one after another are one request: a repeated field may come in pieces, and
 * `resource_spans` is all that a request has. So a file of any size is written piece by piece, without a framing.
 */
export class OtlpProtobufWriter implements OtlpWriter {
  readonly #table: SpanTable;
  readonly #parents: WrittenParents;
  readonly #walk: ListWalk;
  readonly #out = new ProtobufBuffer();

  constructor(table: SpanTable, walk: ListWalk) {
    this.#table = table;
    this.#parents = new WrittenParents(table);
    this.#walk = walk;
  }

  write(groups: readonly ResourceGroup[]): Uint8Array<ArrayBuffer> {
    const { resources, scopes } = this.#table;
    const out = this.#out;
    for (const { resource, scopes: below } of groups) {
      const resourceSpans = out.open(RequestField.resourceSpans);
      const owner = out.open(ResourceSpansField.resource);
      this.#attributes(ResourceField.attributes, resources.shape[resource], resources.offset[resource]);
      out.close(owner);
      for (const { scope, rows } of below) {
        const scopeSpans = out.open(ResourceSpansField.scopeSpans);
        const library = out.open(ScopeSpansField.scope);
        this.#text(ScopeField.name, scopes.name[scope]);
        this.#text(ScopeField.version, scopes.version[scope]);
        this.#attributes(ScopeField.attributes, scopes.shape[scope], scopes.offset[scope]);
        out.close(library);
        for (const row of rows) this.#span(row);
        out.close(scopeSpans);
      }
      out.close(resourceSpans);
    }
    return out.take();
  }

  #span(row: number): void {
    const table = this.#table;
    const out = this.#out;
    const trace = table.trace[row];
    const origin = table.traceOrigin[trace];
    const span = out.open(ScopeSpansField.spans);
    out.words(SpanField.traceId, table.traceId, trace * 4, 4);
    out.words(SpanField.spanId, table.spanId, row * 2, 2);
    this.#text(SpanField.traceState, traceStateOf(table, row));
    const parent = this.#parents.of(row);
    if (parent !== null) out.words(SpanField.parentSpanId, parent, 0, 2);
    this.#text(SpanField.name, table.name[row]);
    if (table.kind[row] !== 0) out.varint(SpanField.kind, table.kind[row]);
    out.fixed64(SpanField.start, absoluteTime(origin, table.start[row]));
    out.fixed64(SpanField.end, absoluteTime(origin, table.end[row]));
    this.#attributes(SpanField.attributes, table.shape[row], table.offset[row]);
    this.#events(row, origin);
    this.#links(row);
    this.#status(table.status[row], table.statusMessage.get(row) ?? 0);
    if (table.spanFlags[row] !== 0) out.fixed32(SpanField.flags, table.spanFlags[row]);
    out.close(span);
  }

  #events(row: number, origin: bigint): void {
    const { events } = this.#table;
    const [from, to] = itemsOf(events, row);
    for (let i = from; i < to; i++) {
      const event = this.#out.open(SpanField.events);
      this.#out.fixed64(EventField.time, absoluteTime(origin, events.time[i]));
      this.#text(EventField.name, events.name[i]);
      this.#attributes(EventField.attributes, events.shape[i], events.offset[i]);
      this.#out.close(event);
    }
  }

  #links(row: number): void {
    const { links } = this.#table;
    const [from, to] = itemsOf(links, row);
    for (let i = from; i < to; i++) {
      const link = this.#out.open(SpanField.links);
      this.#out.words(LinkField.traceId, links.traceId, i * 4, 4);
      this.#out.words(LinkField.spanId, links.spanId, i * 2, 2);
      this.#attributes(LinkField.attributes, links.shape[i], links.offset[i]);
      this.#out.close(link);
    }
  }

  #status(code: number, message: number): void {
    if (code === 0 && message === 0) return;
    const status = this.#out.open(SpanField.status);
    this.#text(StatusField.message, message);
    if (code !== 0) this.#out.varint(StatusField.code, code);
    this.#out.close(status);
  }

  #attributes(field: number, shape: number, offset: number): void {
    const { shapeKey, shapeType, strings } = this.#walk.attributes;
    const out = this.#out;
    let position = offset;
    for (const node of this.#walk.way(shape)) {
      const entry = out.open(field);
      out.data(KeyValueField.key, utf8Of(strings, shapeKey[node]));
      const value = out.open(KeyValueField.value);
      this.#value(shapeType[node], position++);
      out.close(value);
      out.close(entry);
    }
  }

  #value(type: number, position: number): void {
    const { attributes } = this.#walk;
    const { strings, values } = attributes;
    switch (type) {
      case ValueType.string:
        return this.#out.data(AnyValueField.string, utf8Of(strings, values.at(position)));
      case ValueType.json:
        return this.#anyValue(parseAnyValue(textOf(strings, values.at(position))));
      case ValueType.boolean:
        return this.#out.varint(AnyValueField.boolean, values.at(position));
      case ValueType.integer:
        return this.#out.int64(AnyValueField.integer, BigInt(attributeValue(attributes, type, position)));
      default:
        return this.#out.double(AnyValueField.double, Number(attributeValue(attributes, type, position)));
    }
  }

  #anyValue(value: AnyValue): void {
    const out = this.#out;
    switch (value.type) {
      case 'none':
        return;
      case 'string':
        return out.data(AnyValueField.string, encoder.encode(value.text));
      case 'boolean':
        return out.varint(AnyValueField.boolean, Number(value.value));
      case 'integer':
        return out.int64(AnyValueField.integer, value.value);
      case 'double':
        return out.double(AnyValueField.double, value.value);
      case 'bytes':
        return out.data(AnyValueField.bytes, value.bytes);
      case 'array': {
        const array = out.open(AnyValueField.array);
        for (const each of value.values) this.#message(VALUES, each);
        return out.close(array);
      }
      case 'map': {
        const map = out.open(AnyValueField.map);
        for (const [key, each] of value.entries) {
          const entry = out.open(VALUES);
          out.data(KeyValueField.key, encoder.encode(key));
          this.#message(KeyValueField.value, each);
          out.close(entry);
        }
        return out.close(map);
      }
      default:
        assertNever(value);
    }
  }

  #message(field: number, value: AnyValue): void {
    const start = this.#out.open(field);
    this.#anyValue(value);
    this.#out.close(start);
  }

  #text(field: number, id: number): void {
    if (id !== 0) this.#out.data(field, utf8Of(this.#walk.attributes.strings, id));
  }
}
