import { objectsOf, textOf, type JsonObject } from '../items/jsonValue.ts';
import type { MicroTimes } from '../items/microTimes.ts';
import { otelTags } from '../items/otelTags.ts';
import type { PlainEvent, PlainSpan } from '../items/plainSpan.ts';
import type { Position } from '../sourceReport.ts';
import { jaegerReferences } from './jaegerReferences.ts';
import { jaegerTags } from './jaegerTags.ts';

const SAMPLED = 1;

/** A span of Jaeger's UI (jaeger, internal/uimodel/model.go). `resource` is the slot of its process. */
export function jaegerSpan(span: JsonObject, resource: number, times: MicroTimes, at: Position): PlainSpan {
  const { traceID, spanID, operationName, startTime, duration, flags, tags, logs } = span;
  return {
    traceId: traceID,
    spanId: spanID,
    name: textOf(operationName),
    // The other flags are Jaeger's own.
    flags: typeof flags === 'number' ? flags & SAMPLED : 0,
    resource,
    ...times.interval(startTime, duration, at),
    ...jaegerReferences(span),
    ...otelTags(jaegerTags(tags)),
    events: objectsOf(logs).map((log) => jaegerLog(log, times, at)),
  };
}

/** The name of what happened stands in the field `event` (mapping-to-non-otlp, OpenTracing), or there is a `message`. */
function jaegerLog({ timestamp, fields }: JsonObject, times: MicroTimes, at: Position): PlainEvent {
  const tags = jaegerTags(fields);
  const naming =
    tags.find(({ key, value }) => key === 'event' && typeof value === 'string') ??
    tags.find(({ key, value }) => key === 'message' && typeof value === 'string');
  return {
    time: times.time(timestamp, at),
    name: textOf(naming?.value),
    attributes: tags.filter((tag) => tag !== naming),
  };
}
