import { assertNever } from '../base/assert.ts';
import { attributeValue, ValueType } from '../store/attributes.ts';
import { itemsOf, traceStateOf, type SpanEvents, type SpanLinks, type SpanTable } from '../store/spanTable.ts';
import { absoluteTime } from './absoluteTime.ts';
import { parseAnyValue, toBase64, type AnyValue } from './anyValue.ts';
import { ByteBuffer } from './byteBuffer.ts';
import type { ListWalk } from './listWalk.ts';
import { textOf, utf8Of, type OtlpWriter } from './otlpWriter.ts';
import type { ResourceGroup } from './spanGroups.ts';
import { WrittenParents } from './writtenParents.ts';

const NEWLINE = 0x0a;
const COMMA = 0x2c;
const encoder = new TextEncoder();

/**
 * OTLP/JSON (opentelemetry-proto, docs/specification.md): ids in hex, enums as numbers, 64-bit integers as text, what is
 * empty left away. One request a line, as the Collector's file exporter writes it.
 *
 *     {"resourceSpans":[{"resource":{"attributes":[…]},"scopeSpans":[{"scope":{"name":"http"},"spans":[…]}]}]}
 */
export class OtlpJsonWriter implements OtlpWriter {
  readonly #table: SpanTable;
  readonly #parents: WrittenParents;
  readonly #walk: ListWalk;
  readonly #out = new ByteBuffer();

  constructor(table: SpanTable, walk: ListWalk) {
    this.#table = table;
    this.#parents = new WrittenParents(table);
    this.#walk = walk;
  }

  write(groups: readonly ResourceGroup[]): Uint8Array<ArrayBuffer> {
    const { resources, scopes } = this.#table;
    const out = this.#out;
    out.ascii('{"resourceSpans":');
    this.#list(groups, ({ resource, scopes: below }) => {
      out.ascii('{"resource":{');
      this.#attributes('"attributes":', resources.shape[resource], resources.offset[resource]);
      out.ascii('},"scopeSpans":');
      this.#list(below, ({ scope, rows }) => {
        out.ascii('{"scope":{');
        const hasName = this.#text('"name":', scopes.name[scope]);
        const hasVersion = this.#text(hasName ? ',"version":' : '"version":', scopes.version[scope]);
        const lead = hasName || hasVersion ? ',"attributes":' : '"attributes":';
        this.#attributes(lead, scopes.shape[scope], scopes.offset[scope]);
        out.ascii('},"spans":');
        this.#list(rows, (row) => this.#span(row));
        out.ascii('}');
      });
      out.ascii('}');
    });
    out.ascii('}');
    out.byte(NEWLINE);
    return out.take();
  }

  #span(row: number): void {
    const table = this.#table;
    const out = this.#out;
    const trace = table.trace[row];
    const origin = table.traceOrigin[trace];
    out.ascii('{"traceId":"');
    this.#hex(table.traceId, trace * 4, 4);
    out.ascii('","spanId":"');
    this.#hex(table.spanId, row * 2, 2);
    const parent = this.#parents.of(row);
    if (parent !== null) {
      out.ascii('","parentSpanId":"');
      this.#hex(parent, 0, 2);
    }
    out.ascii('"');
    this.#text(',"traceState":', traceStateOf(table, row));
    if (table.spanFlags[row] !== 0) out.ascii(`,"flags":${table.spanFlags[row]}`);
    this.#text(',"name":', table.name[row]);
    if (table.kind[row] !== 0) out.ascii(`,"kind":${table.kind[row]}`);
    out.ascii(`,"startTimeUnixNano":"${absoluteTime(origin, table.start[row])}"`);
    out.ascii(`,"endTimeUnixNano":"${absoluteTime(origin, table.end[row])}"`);
    this.#attributes(',"attributes":', table.shape[row], table.offset[row]);
    this.#events(row, origin);
    this.#links(row);
    const message = table.statusMessage.get(row) ?? 0;
    if (table.status[row] !== 0 || message !== 0) {
      out.ascii(',"status":{');
      const hasMessage = this.#text('"message":', message);
      if (table.status[row] !== 0) out.ascii(`${hasMessage ? ',' : ''}"code":${table.status[row]}`);
      out.ascii('}');
    }
    out.ascii('}');
  }

  #events(row: number, origin: bigint): void {
    const { events } = this.#table;
    const rows = range(events, row);
    if (rows.length === 0) return;
    this.#out.ascii(',"events":');
    this.#list(rows, (event) => {
      this.#out.ascii(`{"timeUnixNano":"${absoluteTime(origin, events.time[event])}"`);
      this.#text(',"name":', events.name[event]);
      this.#attributes(',"attributes":', events.shape[event], events.offset[event]);
      this.#out.ascii('}');
    });
  }

  #links(row: number): void {
    const { links } = this.#table;
    const rows = range(links, row);
    if (rows.length === 0) return;
    this.#out.ascii(',"links":');
    this.#list(rows, (link) => {
      this.#out.ascii('{"traceId":"');
      this.#hex(links.traceId, link * 4, 4);
      this.#out.ascii('","spanId":"');
      this.#hex(links.spanId, link * 2, 2);
      this.#out.ascii('"');
      this.#attributes(',"attributes":', links.shape[link], links.offset[link]);
      this.#out.ascii('}');
    });
  }

  #attributes(lead: string, shape: number, offset: number): void {
    const way = this.#walk.way(shape);
    if (way.length === 0) return;
    const { shapeKey, shapeType, strings } = this.#walk.attributes;
    const out = this.#out;
    out.ascii(lead);
    let position = offset;
    this.#list(way, (node) => {
      out.ascii('{"key":');
      out.quoted(utf8Of(strings, shapeKey[node]));
      out.ascii(',"value":');
      this.#value(shapeType[node], position++);
      out.ascii('}');
    });
  }

  #value(type: number, position: number): void {
    const { attributes } = this.#walk;
    const { strings, values } = attributes;
    const out = this.#out;
    switch (type) {
      case ValueType.string:
        out.ascii('{"stringValue":');
        out.quoted(utf8Of(strings, values.at(position)));
        return out.ascii('}');
      case ValueType.json:
        return this.#anyValue(parseAnyValue(textOf(strings, values.at(position))));
      case ValueType.boolean:
        return out.ascii(`{"boolValue":${values.at(position) !== 0}}`);
      case ValueType.integer:
        return out.ascii(`{"intValue":"${attributeValue(attributes, type, position)}"}`);
      default:
        return out.ascii(`{"doubleValue":${doubleJson(Number(attributeValue(attributes, type, position)))}}`);
    }
  }

  #anyValue(value: AnyValue): void {
    const out = this.#out;
    switch (value.type) {
      case 'none':
        return out.ascii('{}');
      case 'string':
        out.ascii('{"stringValue":');
        out.quoted(encoder.encode(value.text));
        break;
      case 'boolean':
        out.ascii(`{"boolValue":${value.value}`);
        break;
      case 'integer':
        out.ascii(`{"intValue":"${value.value}"`);
        break;
      case 'double':
        out.ascii(`{"doubleValue":${doubleJson(value.value)}`);
        break;
      case 'bytes':
        out.ascii(`{"bytesValue":"${toBase64(value.bytes)}"`);
        break;
      case 'array':
        out.ascii('{"arrayValue":{"values":');
        this.#list(value.values, (each) => this.#anyValue(each));
        out.ascii('}');
        break;
      case 'map':
        out.ascii('{"kvlistValue":{"values":');
        this.#list(value.entries, ([key, each]) => {
          out.ascii('{"key":');
          out.quoted(encoder.encode(key));
          out.ascii(',"value":');
          this.#anyValue(each);
          out.ascii('}');
        });
        out.ascii('}');
        break;
      default:
        assertNever(value);
    }
    out.ascii('}');
  }

  /** False where the string is empty and nothing was written. */
  #text(lead: string, id: number): boolean {
    if (id === 0) return false;
    this.#out.ascii(lead);
    this.#out.quoted(utf8Of(this.#walk.attributes.strings, id));
    return true;
  }

  #hex(words: Uint32Array, at: number, count: number): void {
    for (let i = 0; i < count; i++) this.#out.hex(words[at + i]);
  }

  #list<T>(items: Iterable<T>, write: (item: T) => void): void {
    let lead = 0x5b;
    for (const item of items) {
      this.#out.byte(lead);
      write(item);
      lead = COMMA;
    }
    this.#out.ascii(lead === COMMA ? ']' : '[]');
  }
}

/** What JSON has no number for is text in protobuf's JSON. */
function doubleJson(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

function range(items: SpanEvents | SpanLinks, row: number): number[] {
  const [from, to] = itemsOf(items, row);
  return Array.from({ length: to - from }, (_, i) => from + i);
}
