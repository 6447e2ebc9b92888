import fc from 'fast-check';
import type { AnyValue, KeyValue, Request, Span } from './otlpReference.ts';

/** What a format other than OTLP can say, so that the same traces can be written in both. */
export interface Expressible {
  readonly values: fc.Arbitrary<AnyValue>;
  readonly kinds: readonly number[];
  /** Of a service, beside its name. */
  readonly resource: readonly KeyValue[];
  /** Attributes that come first, from fields of their own. */
  readonly leading?: fc.Arbitrary<readonly KeyValue[]>;
  readonly hasLinks: boolean;
}

export const plainText = fc.oneof(
  fc.constantFrom('GET', 'a"b\\c/d', '\u0000\u0001\u001f', 'ö€🚀', '\u2028', 'x'.repeat(300), '1234567890123456789'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
);
const eventName = fc.constantFrom('exception', 'cache miss', 'ö€🚀');
const TRACES = ['0af7651916cd43dd8448eb211c80319c', '000000000000000000c34b2d4a609999'];
const spanId = fc.integer({ min: 1, max: 9 }).map((id) => id.toString(16).padStart(16, '0'));
const micros = fc.integer({ min: 0, max: 2 ** 53 - 1 }).map((time) => `${time}000`);
const START = 1_760_000_000_000_000;

/** Requests of spans in microseconds, a resource for each service and one scope a span. */
export function plainRequests(format: Expressible): fc.Arbitrary<Request> {
  const { values, kinds, resource, leading = fc.constant([]), hasLinks } = format;
  const attributes = fc.uniqueArray(
    fc.record({ key: fc.constantFrom('http.method', 'http.route', 'ratio', 'note', ''), value: values }),
    { maxLength: 5, selector: ({ key }) => key },
  );
  const links = fc.record({
    traceId: fc.constant('0000000000000000000000000000abcd'),
    spanId,
    attributes: fc
      .constantFrom('child_of', 'follows_from')
      .map((stringValue) => [{ key: 'opentracing.ref_type', value: { stringValue } }]),
  });
  const span = fc
    .record({
      traceId: fc.constantFrom(...TRACES),
      spanId,
      parentSpanId: fc.oneof(fc.constant(''), spanId),
      traceState: fc.constantFrom('', 'ot=th:8'),
      name: plainText,
      kind: fc.constantFrom(...kinds),
      start: fc.oneof(fc.integer({ min: 1, max: 2 ** 52 }), fc.integer({ min: START, max: START + 5000 })),
      duration: fc.integer({ min: 0, max: 3000 }),
      leading,
      attributes,
      events: fc.array(fc.record({ timeUnixNano: micros, name: eventName, attributes }), { maxLength: 2 }),
      links: hasLinks ? fc.array(links, { maxLength: 2 }) : fc.constant([]),
      status: fc.oneof(
        fc.constant({}),
        fc.constant({ code: 1 }),
        plainText.map((message) => ({ code: 2, message })),
      ),
    })
    .map(({ start, duration, leading: first, ...rest }): Span => ({
      ...rest,
      // A span that is its own parent is a root in Zipkin.
      parentSpanId: rest.parentSpanId === rest.spanId ? '' : rest.parentSpanId,
      startTimeUnixNano: `${start}000`,
      endTimeUnixNano: `${start + duration}000`,
      attributes: [...first, ...rest.attributes],
    }));
  const scope = fc.constantFrom(
    { name: '', version: '' },
    { name: 'lib', version: '1.2' },
    { name: 'lib', version: '' },
  );
  const service = fc.constantFrom('shop', 'cart', 'Käse');
  return fc
    .array(fc.record({ service, scope, spans: fc.array(span, { minLength: 1, maxLength: 5 }) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((groups) => ({
      resourceSpans: groups.map((group) => ({
        resource: { attributes: [{ key: 'service.name', value: { stringValue: group.service } }, ...resource] },
        scopeSpans: [{ scope: group.scope, spans: group.spans }],
      })),
    }));
}
