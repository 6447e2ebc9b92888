import { SpanKind } from '../../store/spanTable.ts';
import { isObject, objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { PlainAttribute, PlainScope } from '../items/plainSpan.ts';
import type { ConsoleFormat } from './consoleFormat.ts';
import { objectOf } from './plainValues.ts';

/** By OTLP number, which are Go's too. */
const KINDS = Object.values(SpanKind);
/** Go's codes.Code as it is printed, and its numbers, which are not OTLP's (go.opentelemetry.io/otel/codes). */
const STATUS_NAMES = ['Unset', 'Ok', 'Error'];
const STATUS_NUMBERS = [0, 2, 1];
/** OTLP's span flags: whether the parent is remote is known, and it is (trace.proto, SpanFlags). */
const IS_REMOTE_KNOWN = 0x100;
const IS_REMOTE = 0x200;

/**
 * SpanStub objects, as Go's stdouttrace prints them (go.opentelemetry.io/otel, sdk/trace/tracetest/span.go), pretty or
 * one to a line, in a row or in a list.
 *
 *     {"Name": "GET", "SpanContext": {"TraceID": "05…", "SpanID": "f5…", "TraceFlags": "01", …}, "Parent": {…},
 *      "SpanKind": 2, "StartTime": "2024-01-12T14:57:40.147265775Z", "Attributes": [{"Key": …, "Value": {"Type": …}}]}
 */
export const GO_STDOUTTRACE: ConsoleFormat = {
  name: 'Go stdouttrace',
  matches: ({ SpanContext }) => isObject(SpanContext) && 'TraceID' in SpanContext,
  span(value, writer, scalars, at) {
    const context = objectOf(value.SpanContext);
    const parent = objectOf(value.Parent);
    const status = objectOf(value.Status);
    const remote = parent.Remote === true ? IS_REMOTE : 0;
    return {
      traceId: context.TraceID,
      spanId: context.SpanID,
      parentId: parent.SpanID,
      name: textOf(value.Name),
      kind: scalars.enumNumber(KINDS, value.SpanKind, at),
      start: scalars.time(value.StartTime, at),
      end: scalars.time(value.EndTime, at),
      status: scalars.enumNumber(typeof status.Code === 'number' ? STATUS_NUMBERS : STATUS_NAMES, status.Code, at),
      statusMessage: textOf(status.Description),
      traceState: textOf(context.TraceState),
      flags: (Number.parseInt(textOf(context.TraceFlags), 16) || 0) | IS_REMOTE_KNOWN | remote,
      resource: writer.resource(attributes(value.Resource)),
      scope: scope(objectOf(value.InstrumentationScope ?? value.InstrumentationLibrary)),
      attributes: attributes(value.Attributes),
      events: objectsOf(value.Events).map((event) => ({
        time: scalars.time(event.Time, at),
        name: textOf(event.Name),
        attributes: attributes(event.Attributes),
      })),
      links: objectsOf(value.Links).map((link) => {
        const { TraceID, SpanID } = objectOf(link.SpanContext);
        return { traceId: TraceID, spanId: SpanID, attributes: attributes(link.Attributes) };
      }),
    };
  },
};

function attributes(list: JsonValue | undefined): PlainAttribute[] {
  return objectsOf(list).map(({ Key, Value }) => {
    const { Type, Value: value } = objectOf(Value);
    return { key: textOf(Key), value, ...(Type === 'FLOAT64' && { as: 'double' as const }) };
  });
}

function scope({ Name, Version, Attributes }: JsonObject): PlainScope {
  return { name: textOf(Name), version: textOf(Version), attributes: attributes(Attributes) };
}
