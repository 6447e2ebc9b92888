import type { KeyValue, Request, Span } from './otlpReference.ts';

const KINDS = [undefined, undefined, 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
/** Attributes that are fields of endpoints. */
const ENDPOINT = /^(service\.peer|network\.(peer|local))\./;

/** The spans as Zipkin's API has them, v2. */
export function toZipkin(request: Request): object[] {
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) =>
    (scopeSpans ?? []).flatMap(({ scope, spans }) =>
      (spans ?? []).map((span) => zipkinSpan(span, scope, textOf(resource?.attributes, 'service.name'))),
    ),
  );
}

/** The spans as Zipkin's first API has them: a call's begin and end as annotations, tags as binary ones. */
export function toZipkinV1(request: Request): object[] {
  return (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) =>
    (scopeSpans ?? []).flatMap(({ spans }) =>
      (spans ?? []).map((span) => zipkinV1Span(span, { serviceName: textOf(resource?.attributes, 'service.name') })),
    ),
  );
}

function zipkinV1Span(span: Span, endpoint: object): object {
  const times = [span.startTimeUnixNano ?? 0, span.endTimeUnixNano ?? 0].map((time) => Number(BigInt(time) / 1000n));
  const core = [undefined, undefined, ['sr', 'ss'], ['cs', 'cr'], ['ms'], ['mr']][span.kind ?? 0] ?? [];
  return {
    traceId: span.traceId,
    id: span.spanId,
    ...(span.parentSpanId && { parentId: span.parentSpanId }),
    name: span.name,
    ...(core.length === 0 && { timestamp: times[0], duration: times[1] - times[0] }),
    annotations: core.map((value, i) => ({ timestamp: times[i], value, endpoint })),
    binaryAnnotations: Object.entries(textsOf(span.attributes ?? [])).map(([key, value]) => ({ key, value, endpoint })),
  };
}

function zipkinSpan(span: Span, scope: { name?: string; version?: string } = {}, serviceName?: string): object {
  const { attributes = [] } = span;
  const start = BigInt(span.startTimeUnixNano ?? 0) / 1000n;
  const { code = 0, message = '' } = span.status ?? {};
  const port = attributes.find(({ key }) => key === 'network.peer.port')?.value?.intValue;
  return {
    traceId: span.traceId.replace(/^0{16}/, ''),
    id: span.spanId,
    ...(span.parentSpanId && { parentId: span.parentSpanId }),
    name: span.name,
    kind: KINDS[span.kind ?? 0],
    timestamp: Number(start),
    duration: Number(BigInt(span.endTimeUnixNano ?? 0) / 1000n - start),
    localEndpoint: { serviceName, ipv4: textOf(attributes, 'network.local.address') },
    remoteEndpoint: {
      serviceName: textOf(attributes, 'service.peer.name'),
      ipv6: textOf(attributes, 'network.peer.address'),
      ...(port !== undefined && { port: Number(port) }),
    },
    annotations: (span.events ?? []).map(({ timeUnixNano = '0', name = '', attributes: list = [] }) => ({
      timestamp: Number(BigInt(timeUnixNano) / 1000n),
      value: list.length === 0 ? name : `"${name}": ${JSON.stringify(textsOf(list))}`,
    })),
    tags: {
      ...textsOf(attributes.filter(({ key }) => !ENDPOINT.test(key))),
      ...(scope.name && { 'otel.scope.name': scope.name }),
      ...(scope.version && { 'otel.scope.version': scope.version }),
      ...(span.traceState && { 'w3c.tracestate': span.traceState }),
      ...(code === 1 && { 'otel.status_code': 'OK' }),
      ...(code === 2 && { 'otel.status_code': 'ERROR', error: message }),
    },
  };
}

function textOf(attributes: readonly KeyValue[] = [], wanted: string): string | undefined {
  return attributes.find(({ key }) => key === wanted)?.value?.stringValue;
}

function textsOf(attributes: readonly KeyValue[]): Record<string, string | undefined> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value?.stringValue]));
}
