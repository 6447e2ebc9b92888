import { SpanKind, StatusCode } from '../../store/spanTable.ts';
import { isObject, objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { MicroTimes } from '../items/microTimes.ts';
import { otelTags, type OtelTags } from '../items/otelTags.ts';
import type { PlainAttribute, PlainSpan } from '../items/plainSpan.ts';
import type { SpanWriter } from '../items/spanWriter.ts';
import { isSameId } from '../sameId.ts';
import type { Position } from '../sourceReport.ts';
import { zipkinEvent } from './zipkinEvent.ts';

const KINDS: Readonly<Record<string, number>> = {
  CLIENT: SpanKind.client,
  SERVER: SpanKind.server,
  PRODUCER: SpanKind.producer,
  CONSUMER: SpanKind.consumer,
};

/**
 * A span of Zipkin's API, v2 (openzipkin/zipkin-api, zipkin2-api.yaml).
 *
 *     localEndpoint {serviceName: cart, ipv4: 10.0.0.7}      resource service.name=cart · network.local.address=10.0.0.7
 *     remoteEndpoint {serviceName: redis, port: 6379}        service.peer.name=redis · network.peer.port=6379
 *     tags {http.method: GET, error: timeout}                http.method=GET · status error, "timeout"
 *
 * Both halves of a call may have one id; the store puts the server's below the client's.
 */
export function zipkinSpan(span: JsonObject, writer: SpanWriter, times: MicroTimes, at: Position): PlainSpan {
  const { traceId, id, parentId, name, timestamp, duration, localEndpoint, remoteEndpoint, annotations } = span;
  const told = zipkinTags(span['tags']);
  // Zero is Zipkin's word for unknown.
  const { start, end } = times.interval(timestamp === 0 ? null : timestamp, duration, at);
  return {
    traceId,
    spanId: id,
    // Some libraries write of a root that it is its own parent; Zipkin's server ignores that.
    parentId: isSameId(parentId, id) ? null : parentId,
    name: textOf(name),
    kind: zipkinKind(span) ?? told.kind,
    start,
    end,
    status: told.status,
    statusMessage: told.statusMessage,
    traceState: told.traceState,
    flags: 0,
    resource: writer.resource([{ key: 'service.name', value: serviceName(localEndpoint) }]),
    scope: told.scope,
    attributes: [
      { key: 'service.peer.name', value: serviceName(remoteEndpoint) },
      ...address('network.peer', remoteEndpoint),
      ...address('network.local', localEndpoint),
      ...told.attributes,
    ],
    events: objectsOf(annotations).map((annotation) => zipkinEvent(annotation, times, at)),
    links: [],
  };
}

/** Whether its kind is one that Zipkin does not have; a span may have none. */
export function hasUnknownKind({ kind }: JsonObject): boolean {
  return kind !== undefined && kind !== null && kind !== '' && !Object.hasOwn(KINDS, textOf(kind).toUpperCase());
}

function zipkinKind({ kind, shared }: JsonObject): number | undefined {
  // Only a server shares the id of its caller.
  return KINDS[textOf(kind).toUpperCase()] ?? (shared === true ? SpanKind.server : undefined);
}

/** A tag `error` means that the span failed, whatever is in it: mostly what went wrong. */
function zipkinTags(value: JsonValue | undefined): OtelTags {
  const tags: PlainAttribute[] = isObject(value)
    ? Object.entries(value).map(([key, content]) => ({ key, value: content }))
    : [];
  const error = tags.find((tag) => tag.key === 'error' && tag.value !== 'false' && tag.value !== false);
  const told = otelTags(tags.filter((tag) => tag !== error));
  if (error === undefined) return told;
  const message = textOf(error.value) === 'true' ? '' : textOf(error.value);
  return { ...told, status: StatusCode.error, statusMessage: told.statusMessage === '' ? message : told.statusMessage };
}

function serviceName(endpoint: JsonValue | undefined): string | undefined {
  const name = isObject(endpoint) ? textOf(endpoint['serviceName']) : '';
  return name === '' ? undefined : name;
}

function address(prefix: string, endpoint: JsonValue | undefined): PlainAttribute[] {
  if (!isObject(endpoint)) return [];
  const { ipv4, ipv6, port } = endpoint;
  return [
    { key: `${prefix}.address`, value: ipv4 ?? ipv6 },
    { key: `${prefix}.port`, value: port === 0 ? null : port },
  ];
}
