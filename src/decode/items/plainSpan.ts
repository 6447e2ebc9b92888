import type { JsonValue } from './jsonValue.ts';

/** An attribute as a plain value: text, number (a whole one is an integer), bigint, boolean, list or map. */
export interface PlainAttribute {
  readonly key: string;
  /** Nothing, or null, says nothing and is left out. */
  readonly value: JsonValue | undefined;
  /** Where the value does not show it: 1 that is a double, or in a list of doubles, text that is base64. */
  readonly as?: 'double' | 'bytes';
}

export interface PlainEvent {
  readonly time: bigint;
  readonly name: string;
  readonly attributes: readonly PlainAttribute[];
}

export interface PlainLink {
  readonly traceId: JsonValue | undefined;
  readonly spanId: JsonValue | undefined;
  readonly attributes: readonly PlainAttribute[];
}

/** An instrumentation scope. */
export interface PlainScope {
  readonly name: string;
  readonly version: string;
  readonly attributes?: readonly PlainAttribute[];
}

/**
 * A span in plain words, for formats that are read item by item. Ids are hex text, which may have lost leading zeros;
 * times are nanoseconds since 1970; kind and status are OTLP's numbers.
 */
export interface PlainSpan {
  readonly traceId: JsonValue | undefined;
  readonly spanId: JsonValue | undefined;
  /** Nothing, null, empty or zeros: no parent. */
  readonly parentId: JsonValue | undefined;
  readonly name: string;
  readonly kind: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly status: number;
  readonly statusMessage: string;
  readonly traceState: string;
  readonly flags: number;
  /** A slot of SpanWriter. */
  readonly resource: number;
  readonly scope: PlainScope;
  readonly attributes: readonly PlainAttribute[];
  readonly events: readonly PlainEvent[];
  readonly links: readonly PlainLink[];
}
