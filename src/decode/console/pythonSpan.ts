import { isObject, objectsOf, textOf, type JsonValue } from '../items/jsonValue.ts';
import type { ConsoleFormat } from './consoleFormat.ts';
import { memberAttributes, objectOf } from './plainValues.ts';

/** By OTLP number; Python has no kind that is unspecified. */
const KINDS = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES = ['UNSET', 'OK', 'ERROR'];

/**
 * What Python's ConsoleSpanExporter prints (opentelemetry-sdk, trace/__init__.py, ReadableSpan.to_json). Times have
 * microseconds; the scope and the flags are not in it.
 *
 *     {"name": "GET", "context": {"trace_id": "0x05…", "span_id": "0xf5…", "trace_state": "[]"}, "kind":
 *      "SpanKind.SERVER", "parent_id": null, "start_time": "2024-01-12T14:57:40.147265Z", "status": {"status_code":
 *      "UNSET"}, "attributes": {}, "events": [], "links": [], "resource": {"attributes": {}, "schema_url": ""}}
 */
export const PYTHON_CONSOLE: ConsoleFormat = {
  name: 'Python ConsoleSpanExporter',
  matches: ({ context }) => isObject(context) && 'trace_id' in context,
  span(value, writer, scalars, at) {
    const context = objectOf(value.context);
    const status = objectOf(value.status);
    const resource = objectOf(value.resource);
    // Before 1.12 the resource's attributes stood in it themselves.
    const owner = isObject(resource.attributes) ? resource.attributes : resource;
    return {
      traceId: hex(context.trace_id),
      spanId: hex(context.span_id),
      parentId: hex(value.parent_id),
      name: textOf(value.name),
      kind: scalars.enumNumber(KINDS, behind('SpanKind.', value.kind), at),
      start: scalars.time(value.start_time, at),
      end: scalars.time(value.end_time, at),
      // Before 1.0 it was called canonical_code.
      status: scalars.enumNumber(STATUSES, status.status_code ?? status.canonical_code, at),
      statusMessage: textOf(status.description),
      traceState: traceState(textOf(context.trace_state)),
      flags: 0,
      resource: writer.resource(memberAttributes(owner)),
      scope: { name: '', version: '' },
      attributes: memberAttributes(value.attributes),
      events: objectsOf(value.events).map((event) => ({
        time: scalars.time(event.timestamp, at),
        name: textOf(event.name),
        attributes: memberAttributes(event.attributes),
      })),
      links: objectsOf(value.links).map((link) => {
        const { trace_id, span_id } = objectOf(link.context);
        return { traceId: hex(trace_id), spanId: hex(span_id), attributes: memberAttributes(link.attributes) };
      }),
    };
  },
};

/** `['{key=ot, value=th:c}']`, which is the list's repr, as W3C writes it: `ot=th:c`. */
function traceState(repr: string): string {
  return [...repr.matchAll(/\{key=([^,{}]*), value=([^{}]*)\}/g)].map(([, key, value]) => `${key}=${value}`).join();
}

function hex(id: JsonValue | undefined): JsonValue | undefined {
  return behind('0x', id);
}

function behind(prefix: string, value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' && value.startsWith(prefix) ? value.slice(prefix.length) : value;
}
