import type { AnyValue, KeyValue, Request, Span } from './otlpReference.ts';

/** Where a trace's processes stand. */
export type Processes = 'behind' | 'before' | 'in the spans';

const KINDS = ['', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['', 'OK', 'ERROR'];

/** The traces as Jaeger's UI has them: `{"data": [trace, …]}`, or one trace alone. */
export function toJaeger(request: Request, processes: Processes = 'behind'): { readonly data: readonly object[] } {
  const traces = new Map<string, { spans: object[]; processes: Record<string, object> }>();
  for (const { resource, scopeSpans } of request.resourceSpans ?? []) {
    const process = jaegerProcess(resource?.attributes ?? []);
    for (const { scope, spans } of scopeSpans ?? []) {
      for (const span of spans ?? []) {
        const trace = traces.get(span.traceId) ?? { spans: [], processes: {} };
        traces.set(span.traceId, trace);
        const id = `p${JSON.stringify(process)}`;
        trace.processes[id] = process;
        const owner = processes === 'in the spans' ? { process } : { processID: id };
        trace.spans.push({ ...jaegerSpan(span, scope), ...owner });
      }
    }
  }
  const data = [...traces].map(([traceId, trace]) => ({
    traceID: shortId(traceId),
    ...(processes === 'before' && { processes: trace.processes }),
    spans: trace.spans,
    ...(processes === 'behind' && { processes: trace.processes }),
    warnings: null,
  }));
  return { data };
}

function jaegerProcess(attributes: readonly KeyValue[]): object {
  return {
    serviceName: attributes.find(({ key }) => key === 'service.name')?.value?.stringValue,
    tags: attributes.filter(({ key }) => key !== 'service.name').map(jaegerTag),
  };
}

function jaegerSpan(span: Span, scope: { name?: string; version?: string } = {}): object {
  const start = BigInt(span.startTimeUnixNano ?? 0) / 1000n;
  const { code = 0, message = '' } = span.status ?? {};
  const told = (key: string, stringValue: string): KeyValue[] =>
    stringValue === '' ? [] : [{ key, value: { stringValue } }];
  const tags: KeyValue[] = [
    ...told('otel.scope.name', scope.name ?? ''),
    ...told('otel.scope.version', scope.version ?? ''),
    ...(span.attributes ?? []),
    ...told('span.kind', KINDS[span.kind ?? 0]),
    ...told('otel.status_code', STATUSES[code]),
    ...(code === 2 ? [{ key: 'error', value: { boolValue: true } }] : []),
    ...told('otel.status_description', message),
    ...told('w3c.tracestate', span.traceState ?? ''),
  ];
  return {
    traceID: shortId(span.traceId),
    spanID: shortId(span.spanId),
    flags: span.flags ?? 0,
    operationName: span.name ?? '',
    references: [
      ...(span.links ?? []).map(({ traceId, spanId, attributes }) => ({
        refType: attributes?.[0]?.value?.stringValue?.toUpperCase(),
        traceID: traceId,
        spanID: spanId,
      })),
      ...(span.parentSpanId ? [{ refType: 'CHILD_OF', traceID: span.traceId, spanID: span.parentSpanId }] : []),
    ],
    startTime: Number(start),
    duration: Number(BigInt(span.endTimeUnixNano ?? 0) / 1000n - start),
    tags: tags.map(jaegerTag),
    logs: (span.events ?? []).map(({ timeUnixNano = '0', name = '', attributes = [] }) => ({
      timestamp: Number(BigInt(timeUnixNano) / 1000n),
      fields: [{ key: 'event', value: { stringValue: name } }, ...attributes].map(jaegerTag),
    })),
    warnings: null,
  };
}

function jaegerTag({ key, value = {} }: KeyValue): object {
  return { key, ...typed(value) };
}

function typed({ stringValue, boolValue, intValue, doubleValue, bytesValue }: AnyValue): object {
  if (boolValue !== undefined) return { type: 'bool', value: boolValue };
  if (doubleValue !== undefined) return { type: 'float64', value: doubleValue };
  if (bytesValue !== undefined) return { type: 'binary', value: bytesValue };
  if (intValue === undefined) return { type: 'string', value: stringValue };
  return { type: 'int64', value: Number.isSafeInteger(Number(intValue)) ? Number(intValue) : intValue };
}

/** As Jaeger writes ids: 64 bits where the upper ones are zero; and as old clients do, without leading zeros. */
function shortId(id: string): string {
  return id.replace(/^0{1,31}/, '');
}
