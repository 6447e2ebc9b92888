import { isList, isObject, objectsOf, textOf, type JsonValue } from '../items/jsonValue.ts';
import type { PlainAttribute } from '../items/plainSpan.ts';
import type { ConsoleFormat } from './consoleFormat.ts';
import { memberAttributes, objectOf } from './plainValues.ts';

/** By OTLP number; PHP has no kind that is unspecified. */
const KINDS = [null, 'KIND_INTERNAL', 'KIND_SERVER', 'KIND_CLIENT', 'KIND_PRODUCER', 'KIND_CONSUMER'];
/** The same as PHP's own numbers, which the first versions printed (opentelemetry-php, API/Trace/SpanKind.php). */
const KIND_NUMBERS = [null, 0, 2, 1, 3, 4];
const STATUSES = ['Unset', 'Ok', 'Error'];

/**
 * What PHP's ConsoleSpanExporter prints (opentelemetry-php, SDK/Trace/SpanExporter/FriendlySpanConverter.php), each span
 * in a list of its own. Times are nanoseconds; of the scope there is no more than its schema.
 *
 *     [{"name": "GET", "context": {"trace_id": "e7…", "span_id": "c6…", "trace_state": "", "trace_flags": 1},
 *       "resource": {"service.name": "cart"}, "parent_span_id": "", "kind": "KIND_SERVER", "start": 1714000000000000000,
 *       "end": 1714000000100000000, "attributes": {}, "status": {"code": "Unset", "description": ""},
 *       "events": [{"name": "found", "timestamp": 1714000000050000000, "attributes": {}}], "links": [], "schema_url": ""}]
 *
 * Before version 1 there were no lists, resource, links and flags, and attributes were `[{"key": …, "value": …}]`.
 */
export const PHP_CONSOLE: ConsoleFormat = {
  name: 'PHP ConsoleSpanExporter',
  matches: ({ context, parent_span_id: parent }) => isObject(context) && 'trace_id' in context && parent !== undefined,
  span(value, writer, scalars, at) {
    const context = objectOf(value.context);
    const status = objectOf(value.status);
    const { trace_flags: flags } = context;
    return {
      traceId: context.trace_id,
      spanId: context.span_id,
      parentId: value.parent_span_id,
      name: textOf(value.name),
      kind: scalars.enumNumber(typeof value.kind === 'number' ? KIND_NUMBERS : KINDS, value.kind, at),
      start: scalars.nanoseconds(value.start, at),
      end: scalars.nanoseconds(value.end, at),
      status: scalars.enumNumber(STATUSES, status.code, at),
      statusMessage: textOf(status.description),
      traceState: textOf(context.trace_state),
      flags: typeof flags === 'number' ? flags & 0xff : 0,
      resource: writer.resource(attributes(value.resource)),
      scope: { name: '', version: '' },
      attributes: attributes(value.attributes),
      events: objectsOf(value.events).map((event) => ({
        time: scalars.nanoseconds(event.timestamp, at),
        name: textOf(event.name),
        attributes: attributes(event.attributes),
      })),
      links: objectsOf(value.links).map((link) => {
        const { trace_id, span_id } = objectOf(link.context);
        return { traceId: trace_id, spanId: span_id, attributes: attributes(link.attributes) };
      }),
    };
  },
};

function attributes(value: JsonValue | undefined): PlainAttribute[] {
  if (!isList(value)) return memberAttributes(value);
  return objectsOf(value).map((member) => ({ key: textOf(member.key), value: member.value }));
}
