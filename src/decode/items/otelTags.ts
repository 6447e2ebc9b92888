import { SpanKind, StatusCode } from '../../store/spanTable.ts';
import { textOf } from './jsonValue.ts';
import type { PlainAttribute, PlainScope } from './plainSpan.ts';

/** What tags say that OTLP has fields for, and the attributes that are left. */
export interface OtelTags {
  readonly kind: number;
  readonly status: number;
  readonly statusMessage: string;
  readonly traceState: string;
  readonly scope: PlainScope;
  readonly attributes: readonly PlainAttribute[];
}

const KINDS: ReadonlyMap<string, number> = new Map([
  ['internal', SpanKind.internal],
  ['server', SpanKind.server],
  ['client', SpanKind.client],
  ['producer', SpanKind.producer],
  ['consumer', SpanKind.consumer],
]);
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['OK', StatusCode.ok],
  ['ERROR', StatusCode.error],
]);

/**
 * Formats that have only tags carry OTLP's fields in these, by the specification (common/mapping-to-non-otlp.md) and
 * before it (OpenTracing: `span.kind`, `error`; `otel.library.…` until 2023).
 *
 *     span.kind=server · error=true · http.method=GET   →   kind 2 · status 2 · attributes http.method=GET
 *
 * A tag that says none of the known words stays an attribute, as does an `error` that is a text: some write what went
 * wrong into it whether or not the call failed.
 */
export function otelTags(tags: readonly PlainAttribute[]): OtelTags {
  let kind: number = SpanKind.unspecified;
  let isError = false;
  let code: number = StatusCode.unset;
  let statusMessage = '';
  let traceState = '';
  let name = '';
  let version = '';
  const attributes = tags.filter(({ key, value }) => {
    const text = textOf(value);
    switch (key) {
      case 'span.kind':
        kind = KINDS.get(text.toLowerCase()) ?? kind;
        return !KINDS.has(text.toLowerCase());
      case 'error':
        isError ||= value === true || text === 'true';
        return value !== true && text !== 'true';
      case 'otel.status_code':
        code = STATUSES.get(text.toUpperCase()) ?? code;
        return !STATUSES.has(text.toUpperCase());
      case 'otel.status_description':
        statusMessage = text;
        return false;
      case 'w3c.tracestate':
        traceState = text;
        return false;
      case 'otel.scope.name':
      case 'otel.library.name':
        name = text;
        return false;
      case 'otel.scope.version':
      case 'otel.library.version':
        version = text;
        return false;
      default:
        return true;
    }
  });
  const status = isError ? StatusCode.error : code;
  return { kind, status, statusMessage, traceState, scope: { name, version }, attributes };
}
