import { isObject, parseJson, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { MicroTimes } from '../items/microTimes.ts';
import type { PlainEvent } from '../items/plainSpan.ts';
import type { Position } from '../sourceReport.ts';

/** As the SDKs' exporters write an event with attributes (specification, trace/sdk_exporters/zipkin.md). */
const OF_SDK = /^"([^"]*)"\s*:\s*(\{.*\})$/s;
/** As the Collector's exporter does: the last number counts what was dropped (pkg/translator/zipkin). */
const OF_COLLECTOR = /^([^|]*)\|(\{.*\})\|\d+$/s;

/**
 * An annotation is a time and a text. OpenTelemetry's exporters put attributes into the text.
 *
 *     retry                               event retry
 *     "exception": {"type":"Timeout"}     event exception, type=Timeout
 *     exception|{"type":"Timeout"}|0      the same
 */
export function zipkinEvent({ timestamp, value }: JsonObject, times: MicroTimes, at: Position): PlainEvent {
  const text = textOf(value);
  const [, name = text, json] = OF_SDK.exec(text) ?? OF_COLLECTOR.exec(text) ?? [];
  const attributes = json === undefined ? {} : parsed(json);
  return {
    time: times.time(timestamp, at),
    name: attributes === null ? text : name,
    attributes: Object.entries(attributes ?? {}).map(([key, content]) => ({ key, value: content })),
  };
}

/** Null where it is no JSON object. */
function parsed(json: string): JsonObject | null {
  try {
    const value: JsonValue = parseJson(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
