import fc from 'fast-check';
import { joined, text } from './otlpEncodings.ts';

/**
 * OTLP messages as bytes, with everything that the wire format allows (protobuf.dev, Encoding) and no encoder of ours
 * writes: fields in any order, given twice, unknown, with their default values, numbers in more bytes than they need.
 */
type Bytes = fc.Arbitrary<Uint8Array>;

const TRACE_IDS = [1, 2].map((byte) => new Uint8Array(16).fill(byte));
const SPAN_IDS = [1, 2, 3].map((byte) => new Uint8Array(8).fill(byte));
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 127n, 128n, 2n ** 31n, -(2n ** 31n), 2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n), 2n ** 62n),
);
const string = fc
  .oneof(
    fc.constantFrom('', 'GET', 'a', 'ö€🚀', '\u0000', 'x'.repeat(130)),
    fc.string({ unit: 'binary', maxLength: 9 }),
  )
  .map(text);

/** A varint, now and then with zeros behind that say nothing. */
const varint = (value: fc.Arbitrary<bigint>, mostBytes = 10): Bytes =>
  fc.tuple(value, fc.integer({ min: 0, max: 9 })).map(([number, padding]) => {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, number);
    for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
    for (let more = padding - 7; more > 0 && bytes.length < mostBytes; more--) {
      bytes[bytes.length - 1] |= 0x80;
      bytes.push(0);
    }
    return Uint8Array.from(bytes);
  });
const tag = (number: number, wireType: number): Bytes => varint(fc.constant(BigInt(number * 8 + wireType)), 5);
const field = (number: number, wireType: number, value: Bytes): Bytes =>
  fc.tuple(tag(number, wireType), value).map(joined);
const number = (at: number, value: fc.Arbitrary<bigint>): Bytes => field(at, 0, varint(value));
const delimited = (at: number, content: Bytes): Bytes =>
  content.chain((bytes) =>
    field(
      at,
      2,
      varint(fc.constant(BigInt(bytes.length)), 5).map((length) => joined([length, bytes])),
    ),
  );
const fixed = (at: number, length: 4 | 8, value: Bytes): Bytes => field(at, length === 8 ? 1 : 5, value);
const bytesOf = (length: number): Bytes => fc.uint8Array({ minLength: length, maxLength: length });
/** In no message of OTLP; 1000 was, once. */
const unknown = fc
  .constantFrom(17, 18, 99, 2047, 2048, 536_870_911)
  .chain((at) =>
    fc.oneof(
      number(at, int64),
      fixed(at, 4, bytesOf(4)),
      fixed(at, 8, bytesOf(8)),
      delimited(at, fc.uint8Array({ maxLength: 9 })),
    ),
  );

/** Fields in any order and number, unknown ones among them; those that there must be at least once. */
function message(fields: readonly Bytes[], required: readonly Bytes[] = [], maxLength = 5): Bytes {
  const some = fc.array(
    fc.oneof(...fields.map((arbitrary) => ({ weight: 4, arbitrary })), { weight: 1, arbitrary: unknown }),
    {
      maxLength,
    },
  );
  return fc
    .tuple(fc.tuple(...required), some)
    .chain(([needed, more]) => fc.shuffledSubarray([...needed, ...more], { minLength: needed.length + more.length }))
    .map(joined);
}

/** Of the oneof several may come: the last one counts. */
const scalarValue = message([
  delimited(1, string),
  number(2, fc.constantFrom(0n, 1n, 2n, 2n ** 40n)),
  number(3, int64),
  fixed(4, 8, bytesOf(8)),
  delimited(7, fc.uint8Array({ maxLength: 9 })),
]);
/** Arrays and maps stand alone: nobody writes two that would have to be put together. */
const { anyValue, keyValue } = fc.letrec<{ anyValue: Uint8Array; keyValue: Uint8Array }>((tie) => ({
  anyValue: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalarValue,
    delimited(5, message([delimited(1, tie('anyValue'))], [], 3)),
    delimited(6, message([delimited(1, tie('keyValue'))], [], 3)),
  ),
  keyValue: fc.oneof(
    message([delimited(1, string), delimited(2, scalarValue)], [], 3),
    message([delimited(1, string)], [delimited(2, tie('anyValue'))], 2),
  ),
}));
/** Keys from a small pool, so that lists share shapes and break them. */
const attribute = fc.oneof(
  keyValue,
  fc.tuple(delimited(1, fc.constantFrom('a', 'b').map(text)), delimited(2, anyValue)).map(joined),
);
const count = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
const enumeration = fc.oneof(fc.bigInt({ min: 0n, max: 7n }), fc.constantFrom(-1n, 2n ** 31n - 1n));

const event = message([fixed(1, 8, bytesOf(8)), delimited(2, string), delimited(3, attribute), number(4, count)]);
const link = message([
  delimited(1, fc.constantFrom(...TRACE_IDS)),
  delimited(2, fc.constantFrom(...SPAN_IDS)),
  delimited(3, string),
  delimited(4, attribute),
  fixed(6, 4, bytesOf(4)),
]);
const traceId = delimited(1, fc.constantFrom(...TRACE_IDS));
const spanId = delimited(2, fc.constantFrom(...SPAN_IDS));
const span = message(
  [
    traceId,
    spanId,
    delimited(3, string),
    delimited(4, fc.constantFrom(...SPAN_IDS, new Uint8Array(), new Uint8Array(8))),
    delimited(5, string),
    number(6, enumeration),
    fixed(7, 8, bytesOf(8)),
    fixed(8, 8, bytesOf(8)),
    delimited(9, attribute),
    delimited(9, attribute),
    number(10, count),
    delimited(11, event),
    delimited(13, link),
    delimited(15, message([delimited(2, string), number(3, fc.bigInt({ min: 0n, max: 2n }))], [], 3)),
    fixed(16, 4, bytesOf(4)),
  ],
  [traceId, spanId],
  14,
);
const scope = message([delimited(1, string), delimited(2, string), delimited(3, attribute), number(4, count)]);
const resource = message([delimited(1, attribute), number(2, count), delimited(3, message([delimited(3, string)]))]);
/** One of each at most: what merging a second one with it means, nobody writes. */
const once = (at: number, content: Bytes, rest: Bytes): Bytes =>
  fc.tuple(fc.option(delimited(at, content)), rest, fc.boolean()).map(([own, others, isFirst]) => {
    if (own === null) return others;
    return joined(isFirst ? [own, others] : [others, own]);
  });
const scopeSpans = once(1, scope, message([delimited(2, span), delimited(2, span), delimited(3, string)]));
const resourceSpans = once(1, resource, message([delimited(2, scopeSpans), delimited(3, string)], [], 3));

export const arbitraryTraces: Bytes = message([delimited(1, resourceSpans)], [], 3);
