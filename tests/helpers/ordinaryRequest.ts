import fc from 'fast-check';
import type { AnyValue, Request, Span } from './otlpReference.ts';

const hex = (digits: number) =>
  fc.bigInt({ min: 1n, max: 16n ** BigInt(digits) - 1n }).map((id) => id.toString(16).padStart(digits, '0'));
const time = fc.bigInt({ min: 1_760_000_000_000_000_000n, max: 1_760_000_000_999_999_999n }).map(String);
const text = fc.oneof(
  fc.constantFrom('', 'GET', '/cart/{id}', 'a"b\\c/d', 'ö€🚀', 'x'.repeat(17)),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
);
const value = fc.oneof(
  text.map((stringValue): AnyValue => ({ stringValue })),
  fc.integer().map((number): AnyValue => ({ intValue: String(number) })),
  fc.maxSafeInteger().map((number): AnyValue => ({ intValue: String(number) })),
  fc.boolean().map((boolValue): AnyValue => ({ boolValue })),
  fc
    .double({ min: -1e9, max: 1e9, noNaN: true })
    .map((number): AnyValue => ({ doubleValue: number === 0 ? 0 : number })),
  fc
    .array(fc.string({ unit: 'grapheme-ascii', maxLength: 9 }), { maxLength: 3 })
    .map((texts): AnyValue => ({ arrayValue: { values: texts.map((stringValue) => ({ stringValue })) } })),
);
/** Few keys, in few orders: so lists repeat, and break off where they seemed to. */
const attributes = fc
  .subarray(['http.method', 'http.route', 'count', 'x'])
  .chain((keys) => fc.tuple(...keys.map((key) => value.map((one) => ({ key, value: one })))));
const name = fc.constantFrom('GET /cart', 'POST', 'redis');

const span = fc.record<Span>(
  {
    traceId: fc.oneof(fc.constantFrom('0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319d'), hex(32)),
    spanId: hex(16),
    parentSpanId: fc.oneof(fc.constantFrom('', '00000000000000a1'), hex(16)),
    flags: fc.constantFrom(1, 257),
    name,
    kind: fc.integer({ min: 0, max: 5 }),
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes,
    events: fc.array(fc.record({ timeUnixNano: time, name, attributes }), { maxLength: 2 }),
    links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), attributes }), { maxLength: 1 }),
    status: fc.record({ code: fc.constantFrom(0, 1, 2), message: text }, { requiredKeys: [] }),
  },
  { requiredKeys: ['traceId', 'spanId', 'name'] },
);

/** Requests as exporters write them: much of one is in another too. These are what the kernel is for. */
export const ordinaryRequest: fc.Arbitrary<Request> = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeSpans: fc.array(
        fc.record({ scope: fc.record({ name, version: name }), spans: fc.array(span, { maxLength: 5 }) }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 3 },
  ),
});
