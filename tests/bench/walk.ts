import type { AttributeWriter } from '../../src/store/attributeWriter.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';

/** A request as JSON.parse or protobufjs gives it. */
export interface ParsedRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly ParsedAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: readonly ParsedSpan[];
    }[];
  }[];
}

interface ParsedAttribute {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: string | { readonly low: number };
    readonly boolValue?: boolean;
  };
}

interface ParsedSpan {
  readonly traceId: string | Uint8Array;
  readonly spanId: string | Uint8Array;
  readonly parentSpanId?: string | Uint8Array;
  readonly traceState: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string | Words;
  readonly endTimeUnixNano: string | Words;
  readonly attributes: readonly ParsedAttribute[];
  readonly status?: { readonly code?: number } | null;
}

/** 64 bits as protobufjs gives them. */
interface Words {
  readonly high: number;
  readonly low: number;
}

/** The usual way into the same columns: objects first, then a walk over them. Texts are looked up in a Map. */
export class ObjectWalk {
  readonly #builder = new SpanTableBuilder();
  readonly #ids = new Map<string, number>();

  get spanCount(): number {
    return this.#builder.spanCount;
  }

  add({ resourceSpans }: ParsedRequest): void {
    const builder = this.#builder;
    for (const { resource, scopeSpans } of resourceSpans) {
      builder.span.resource = builder.openResource();
      this.#writeList(builder.attributes, resource.attributes);
      builder.fillResource(builder.span.resource);
      for (const { scope, spans } of scopeSpans) {
        builder.span.scope = builder.openScope();
        this.#writeList(builder.attributes, []);
        builder.fillScope(builder.span.scope, this.#id(scope.name), this.#id(scope.version));
        for (const span of spans) this.#addSpan(span);
      }
    }
  }

  #addSpan(span: ParsedSpan): void {
    const builder = this.#builder;
    const record = builder.span;
    builder.startSpan();
    [record.traceId0, record.traceId1, record.traceId2, record.traceId3] = words(span.traceId);
    [record.spanId0, record.spanId1] = words(span.spanId);
    if (span.parentSpanId && span.parentSpanId.length > 0)
      [record.parentId0 = 0, record.parentId1 = 0] = words(span.parentSpanId);
    [record.startHigh, record.startLow] = time(span.startTimeUnixNano);
    [record.endHigh, record.endLow] = time(span.endTimeUnixNano);
    record.name = this.#id(span.name);
    record.traceState = this.#id(span.traceState);
    record.kind = span.kind;
    record.status = span.status?.code ?? 0;
    this.#writeList(builder.attributes, span.attributes);
    record.shape = builder.attributes.shape;
    record.offset = builder.attributes.offset;
    builder.addSpan();
  }

  #writeList(writer: AttributeWriter, list: readonly ParsedAttribute[]): void {
    writer.begin();
    for (const { key, value } of list) {
      const id = this.#id(key);
      if (value.stringValue !== undefined) writer.addString(id, this.#id(value.stringValue));
      else if (value.boolValue !== undefined) writer.addBoolean(id, value.boolValue);
      else writer.addInteger(id, typeof value.intValue === 'object' ? value.intValue.low : Number(value.intValue));
    }
  }

  #id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#builder.strings.intern(text);
    this.#ids.set(text, id);
    return id;
  }
}

function words(id: string | Uint8Array): number[] {
  if (typeof id === 'string') {
    const list: number[] = [];
    for (let at = 0; at < id.length; at += 8) list.push(Number.parseInt(id.slice(at, at + 8), 16));
    return list;
  }
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  return Array.from({ length: id.byteLength >> 2 }, (_, word) => view.getUint32(word * 4));
}

function time(nanoseconds: string | Words): readonly [number, number] {
  if (typeof nanoseconds === 'object') return [nanoseconds.high >>> 0, nanoseconds.low >>> 0];
  const value = BigInt(nanoseconds);
  return [Number(value >> 32n), Number(value & 0xffffffffn)];
}
