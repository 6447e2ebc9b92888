import { SpanKind, StatusCode } from '../../store/spanTable.ts';
import { isList, isObject, objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { PlainAttribute, PlainScope, PlainSpan } from '../items/plainSpan.ts';
import type { Position } from '../sourceReport.ts';
import type { ConsoleFormat } from './consoleFormat.ts';
import type { ConsoleScalars } from './consoleScalars.ts';
import { objectOf } from './plainValues.ts';

/** By OTLP number, which are Go's too; and by name, as the first versions printed them. */
const KINDS = Object.values(SpanKind);
const KIND_NAMES = Object.keys(SpanKind);
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
 *
 * And SpanSnapshot and SpanData objects, as versions before 1 did (sdk/export/trace/trace.go, exporters/stdout):
 *
 *     {"SpanContext": {…, "TraceFlags": 1, "TraceState": [{"Key": …}]}, "ParentSpanID": "c1…", "HasRemoteParent": true,
 *      "MessageEvents": […], "Links": [{"TraceID": …}], "StatusCode": "Error", "StatusMessage": "timeout", …}
 */
export const GO_STDOUTTRACE: ConsoleFormat = {
  name: 'Go stdouttrace',
  matches: ({ SpanContext }) => isObject(SpanContext) && 'TraceID' in SpanContext,
  span(value, writer, scalars, at) {
    const context = objectOf(value.SpanContext);
    const parent = objectOf(value.Parent);
    const remote = parent.Remote === true || value.HasRemoteParent === true ? IS_REMOTE : 0;
    const { TraceFlags } = context;
    const flags = typeof TraceFlags === 'number' ? TraceFlags : Number.parseInt(textOf(TraceFlags), 16) || 0;
    return {
      traceId: context.TraceID,
      spanId: context.SpanID,
      parentId: parent.SpanID ?? value.ParentSpanID,
      name: textOf(value.Name),
      kind: scalars.enumNumber(typeof value.SpanKind === 'string' ? KIND_NAMES : KINDS, value.SpanKind, at),
      start: scalars.time(value.StartTime, at),
      end: scalars.time(value.EndTime, at),
      ...status(value, scalars, at),
      traceState: traceState(context.TraceState),
      flags: flags | IS_REMOTE_KNOWN | remote,
      resource: writer.resource(attributes(value.Resource)),
      scope: scope(objectOf(value.InstrumentationScope ?? value.InstrumentationLibrary)),
      attributes: attributes(value.Attributes),
      events: objectsOf(value.Events ?? value.MessageEvents).map((event) => ({
        time: scalars.time(event.Time, at),
        name: textOf(event.Name),
        attributes: attributes(event.Attributes),
      })),
      links: objectsOf(value.Links).map((link) => {
        const { TraceID, SpanID } = objectOf(link.SpanContext ?? link);
        return { traceId: TraceID, spanId: SpanID, attributes: attributes(link.Attributes) };
      }),
    };
  },
};

/** Before codes had names they were gRPC's, of which all but 0 are failures (open-telemetry/opentelemetry-go#1214). */
function status(value: JsonObject, scalars: ConsoleScalars, at: Position): Pick<PlainSpan, 'status' | 'statusMessage'> {
  const { Code, Description } = objectOf(value.Status);
  const statusMessage = textOf(Description ?? value.StatusMessage);
  const old = typeof value.Status === 'number' ? value.Status : value.StatusCode;
  if (typeof old === 'number') return { status: old === 0 ? StatusCode.unset : StatusCode.error, statusMessage };
  const code = Code ?? old;
  const known = typeof code === 'number' ? STATUS_NUMBERS : STATUS_NAMES;
  return { status: scalars.enumNumber(known, code, at), statusMessage };
}

/** Go writes doubles without a fraction as it does integers. */
const DOUBLES = ['FLOAT64', 'FLOAT64SLICE'];

/** A list of attributes before it was a text. */
function traceState(value: JsonValue | undefined): string {
  if (!isList(value)) return textOf(value);
  return attributes(value)
    .map((member) => `${member.key}=${textOf(member.value)}`)
    .join();
}

function attributes(list: JsonValue | undefined): PlainAttribute[] {
  return objectsOf(list).map(({ Key, Value }) => {
    const { Type, Value: value } = objectOf(Value);
    return { key: textOf(Key), value, ...(DOUBLES.includes(textOf(Type)) && { as: 'double' as const }) };
  });
}

function scope({ Name, Version, Attributes }: JsonObject): PlainScope {
  return { name: textOf(Name), version: textOf(Version), attributes: attributes(Attributes) };
}
