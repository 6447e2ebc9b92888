import { StatusCode } from '../../store/spanTable.ts';
import { isList, isObject, objectsOf, textOf, type JsonObject } from '../items/jsonValue.ts';
import type { PlainAttribute, PlainSpan } from '../items/plainSpan.ts';
import type { SpanWriter } from '../items/spanWriter.ts';
import type { Position } from '../sourceReport.ts';
import type { ConsoleFormat } from './consoleFormat.ts';
import { microseconds, type ConsoleScalars } from './consoleScalars.ts';
import { memberAttributes, objectOf } from './plainValues.ts';

/** By OTLP number. JavaScript's SpanKind begins with INTERNAL = 0 (opentelemetry-js, api/src/trace/span_kind.ts). */
const KINDS = [null, 0, 1, 2, 3, 4];
/** By OTLP number, which are JavaScript's too. */
const STATUSES = Object.values(StatusCode);

/**
 * What JavaScript's ConsoleSpanExporter prints (opentelemetry-js, sdk-trace, ConsoleSpanExporter.ts) through
 * console.dir, or as JSON. Version 2 has `parentSpanContext` and `instrumentationScope`, version 1 `parentId`.
 *
 *     { resource: { attributes: { 'service.name': 'dice' } }, traceId: '14…', parentSpanContext: undefined,
 *       name: 'GET', id: '76…', kind: 1, timestamp: 1751361608089000, duration: 477.219,
 *       attributes: {}, status: { code: 0 }, events: [], links: [] }
 */
export const NODE_CONSOLE: ConsoleFormat = {
  name: 'Node ConsoleSpanExporter',
  matches: ({ traceId, id, timestamp, duration, status }) =>
    typeof traceId === 'string' &&
    typeof id === 'string' &&
    isObject(status) &&
    (timestamp !== undefined || duration !== undefined),
  span(value, writer, scalars, at) {
    const start = microseconds(value.timestamp) ?? scalars.time(value.timestamp, at);
    return {
      ...common(value, writer, scalars, at),
      traceId: value.traceId,
      spanId: value.id,
      parentId: value.parentId ?? objectOf(value.parentSpanContext).spanId,
      start,
      end: start + (microseconds(value.duration) ?? 0n),
      traceState: textOf(value.traceState),
    };
  },
};

/** The SDK's ReadableSpan objects themselves, as JSON.stringify or console.log writes them. */
export const NODE_READABLE: ConsoleFormat = {
  name: 'Node ReadableSpan dump',
  matches: (value) => 'traceId' in contextOf(value),
  span(value, writer, scalars, at) {
    const context = contextOf(value);
    return {
      ...common(value, writer, scalars, at),
      traceId: context.traceId,
      spanId: context.spanId,
      parentId: value.parentSpanId ?? objectOf(value.parentSpanContext).spanId,
      start: scalars.time(value.startTime, at),
      end: scalars.time(value.endTime, at),
      traceState: textOf(context.traceState),
    };
  },
};

function contextOf({ spanContext, _spanContext }: JsonObject): JsonObject {
  return objectOf(spanContext ?? _spanContext);
}

type Common = Omit<PlainSpan, 'traceId' | 'spanId' | 'parentId' | 'start' | 'end' | 'traceState'>;

function common(value: JsonObject, writer: SpanWriter, scalars: ConsoleScalars, at: Position): Common {
  const { code, message } = objectOf(value.status);
  const events = objectsOf(value.events).filter(({ time }) => time !== null);
  const links = objectsOf(value.links).filter(({ context }) => context !== null);
  if (!isWhole(value)) scalars.notPrinted(at);
  const scope = objectOf(value.instrumentationScope ?? value.instrumentationLibrary);
  return {
    name: textOf(value.name),
    kind: scalars.enumNumber(KINDS, value.kind, at),
    status: scalars.enumNumber(STATUSES, code, at),
    statusMessage: textOf(message),
    flags: 0,
    resource: writer.resource(resourceAttributes(objectOf(value.resource))),
    scope: { name: textOf(scope.name), version: textOf(scope.version) },
    attributes: memberAttributes(value.attributes),
    events: events.map((event) => ({
      time: scalars.time(event.time, at),
      name: textOf(event.name),
      attributes: memberAttributes(event.attributes),
    })),
    links: links.map((link) => {
      const { traceId, spanId } = objectOf(link.context);
      return { traceId, spanId, attributes: memberAttributes(link.attributes) };
    }),
  };
}

/**
 * Whether all parts were printed that a span is made of. What lies deeper than console.log goes is null, as is
 * `undefined`, which attributes may be: of an event or link they are as deep as its time or context.
 */
function isWhole({ events, links, resource }: JsonObject): boolean {
  const { attributes, _attributes, _rawAttributes } = objectOf(resource);
  const parts = [events, links].flatMap((each) => (isList(each) ? each : []));
  const times = parts.filter(isObject).flatMap(({ time, context }) => [time, context]);
  return [attributes, _attributes, _rawAttributes, ...parts, ...times].every((part) => part !== null);
}

/** Version 2 keeps them as a list of pairs inside. */
function resourceAttributes(resource: JsonObject): PlainAttribute[] {
  const pairs = resource._rawAttributes;
  if (!isList(pairs)) return memberAttributes(resource.attributes ?? resource._attributes);
  return pairs.flatMap((pair) =>
    isList(pair) && typeof pair[0] === 'string' ? [{ key: pair[0], value: pair[1] }] : [],
  );
}
