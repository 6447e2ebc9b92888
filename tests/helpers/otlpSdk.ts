import { context, SpanKind, SpanStatusCode, trace, TraceFlags, type SpanContext } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';

/** Spans that the real SDK made: two services, every kind of value, an event, a link, an error. */
export function sdkSpans(): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const tracer = (service: string, scope: string) =>
    new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'shop', 'process.pid': 4711 }),
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
    }).getTracer(scope, '1.2.3');
  const gateway = tracer('gateway', 'http');
  const cart = tracer('cart', 'grpc');
  const root = gateway.startSpan('GET /cart/:id', {
    kind: SpanKind.SERVER,
    startTime: [1_760_000_000, 123_456_789],
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/cart/:id',
      'http.response.status_code': 200,
      sampled: true,
    },
  });
  const inRoot = trace.setSpan(context.active(), root);
  const call = gateway.startSpan(
    'Cart/Get',
    { kind: SpanKind.CLIENT, startTime: [1_760_000_000, 124_000_000] },
    inRoot,
  );
  const remote: SpanContext = { ...call.spanContext(), isRemote: true, traceFlags: TraceFlags.SAMPLED };
  const server = cart.startSpan(
    'Cart/Get',
    {
      kind: SpanKind.SERVER,
      startTime: [1_760_000_000, 125_000_000],
      attributes: {
        ratio: 0.25,
        negative: -7,
        tags: ['a', 'b "quoted"'],
        sizes: [1, 2.5],
        text: 'zwölf ☕ 🚀 \u0000 \n',
      },
      links: [{ context: root.spanContext(), attributes: { why: 'retry' } }],
    },
    trace.setSpanContext(context.active(), remote),
  );
  server.addEvent('exception', { 'exception.type': 'Timeout' }, [1_760_000_000, 126_000_001]);
  server.setStatus({ code: SpanStatusCode.ERROR, message: 'too late' });
  server.end([1_760_000_000, 127_000_000]);
  call.end([1_760_000_000, 128_000_000]);
  root.end([1_760_000_000, 130_000_000]);
  return exporter.getFinishedSpans();
}

export function sdkJson(spans: ReadableSpan[]): Uint8Array {
  return serialized(JsonTraceSerializer.serializeRequest(spans));
}

export function sdkProtobuf(spans: ReadableSpan[]): Uint8Array {
  return serialized(ProtobufTraceSerializer.serializeRequest(spans));
}

function serialized(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error('the serialiser gave nothing');
  return bytes;
}
