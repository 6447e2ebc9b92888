import fc from 'fast-check';
import type { AnyValue, KeyValue, Request, Span } from './otlpReference.ts';

/**
 * OTLP/JSON as the specification allows it and as writers go beyond it: numbers in every form, `null` for what is
 * absent, halves of surrogate pairs. And the slow, obvious reading of it: `JSON.parse`, then a look at each field.
 */

/** A number as it is written; a double has not all of its digits. */
export class RawNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const raw = (...texts: readonly string[]) => fc.constantFrom(...texts).map((text) => new RawNumber(text));
const digits = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const unit = fc.oneof(
  fc.constantFrom('"', '\\', '/', '\b', '\f', '\n', '\r', '\t', '\u0000', '\u001f', '\u007f', '\u2028', 'ö', '€', '🚀'),
  // High, low, the first and the last of each; by chance in pairs.
  fc.constantFrom('\ud800', '\udbff', '\udc00', '\udfff', '\ud83d', '\ude00'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.oneof(fc.constantFrom('', 'GET', 'x'.repeat(40)), fc.string({ unit, maxLength: 8 }));

const oddNumber = fc.oneof(
  raw('0', '-0', '1.5', '1e3', '1E+2', '0.1e1', '-1e-7', '1e400', '-1e400', '5e-324', '2.2250738585072011e-308'),
  raw(
    '123456789012345678901234567890',
    '0.1000000000000000055511151231257827',
    '9007199254740993',
    '-9007199254740992',
  ),
  raw('100000000000000000000000', '0.30000000000000004', '1.7976931348623157e308', '18446744073709551616'),
  digits.map((value) => new RawNumber(value)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new RawNumber(JSON.stringify(value))),
  fc.constantFrom('12', '-12', '007', '1.5', '1e3', 'NaN', 'Infinity', '-Infinity', 'twelve', '', true, null, [], {}),
  digits,
);

const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((stringValue) => ({ stringValue })),
    oddNumber.map((intValue) => ({ intValue })),
    oddNumber.map((doubleValue) => ({ doubleValue })),
    fc.constantFrom(true, false, 'true', 'false', null, 'yes').map((boolValue) => ({ boolValue })),
    fc.uint8Array({ maxLength: 9 }).map((bytes) => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
    fc.array(tie('entry'), { maxLength: 3 }).map((values) => ({ kvlistValue: { values } })),
    fc.constantFrom({}, null, { stringValue: null }, { stringValue: 7 }, { arrayValue: {} }, { newValue: 'x' }),
  ),
  entry: fc.record({ key: text, value: tie('value') }, { requiredKeys: [] }),
}));
const attributes = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.array(fc.record({ key: fc.oneof(fc.constantFrom('a', 'b'), text), value: anyValue }), {
      maxLength: 4,
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(null, {}, 'none') },
);

const hex = (length: number) =>
  fc.bigInt({ min: 1n, max: 16n ** BigInt(length) - 1n }).map((id) => id.toString(16).padStart(length, '0'));
const id = (length: number) =>
  fc.oneof(
    hex(length),
    hex(length).map((each) => each.toUpperCase()),
    hex(length).map((each) => Buffer.from(each, 'hex').toString('base64')),
  );
const time = fc.oneof(
  fc.bigInt({ min: 1_760_000_000_000_000_000n, max: 1_760_000_000_999_999_999n }).map(String),
  fc.bigInt({ min: 0n, max: 2n ** 64n + 9n }).map((value) => new RawNumber(String(value))),
  raw('1.76e18', '0', '-1', '1.5', '1e400', '18446744073709551615', '18446744073709551616'),
  fc.constantFrom('', '00000001760000000000000000', 'now', null),
);
const span = fc.record(
  {
    traceId: fc.oneof(fc.constantFrom('0af7651916cd43dd8448eb211c80319c'), id(32)),
    spanId: fc.oneof(fc.constantFrom('00000000000000a1', '00000000000000a2'), id(16)),
    parentSpanId: fc.oneof(fc.constantFrom('', null, '0000000000000000', '00000000000000a1'), id(16)),
    traceState: fc.oneof(text, fc.constant(null)),
    name: fc.oneof(text, fc.constantFrom(null, 7)),
    kind: fc.oneof(
      fc.constantFrom(0, 1, 2, 3, 4, 5, 6, '3', 'SPAN_KIND_SERVER', 'client', 'X', null),
      raw('2e0', '1e400'),
    ),
    flags: fc.oneof(fc.constantFrom(0, 257, '769', null), raw('4294967297', '1e2', '-0', '1e400')),
    startTimeUnixNano: time,
    endTimeUnixNano: time,
    attributes,
    droppedAttributesCount: oddNumber,
    events: fc.oneof(
      fc.array(fc.record({ timeUnixNano: time, name: text, attributes }, { requiredKeys: [] }), { maxLength: 2 }),
      fc.constantFrom(null, {}),
    ),
    links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), attributes }), { maxLength: 2 }),
    status: fc.oneof(
      fc.record(
        { code: fc.constantFrom(0, 1, 2, 3, '2', 'STATUS_CODE_OK', null), message: text },
        { requiredKeys: [] },
      ),
      fc.constant(null),
    ),
  },
  { requiredKeys: ['traceId', 'spanId'] },
);

/** Requests with odd values in them; not for JSON.stringify, but for `styledJson`. */
export const oddRequest: fc.Arbitrary<unknown> = fc.record({
  resourceSpans: fc.array(
    fc.record(
      {
        resource: fc.record({ attributes, droppedAttributesCount: oddNumber }),
        scopeSpans: fc.array(
          fc.record(
            { scope: fc.record({ name: text, version: text, attributes }), spans: fc.array(span, { maxLength: 3 }) },
            { requiredKeys: ['spans'] },
          ),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: ['scopeSpans'] },
    ),
    { maxLength: 2 },
  ),
});

type Json = string | RawNumber | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** What such a document says, in the plain form that `tableOfRequests` takes. */
export function plainRequest(document: string): Request {
  return {
    resourceSpans: objects(member(parseKeepingNumbers(document), 'resourceSpans')).map(({ resource, scopeSpans }) => ({
      resource: { attributes: plainList(member(resource, 'attributes')) },
      scopeSpans: objects(scopeSpans).map(({ scope, spans }) => ({
        scope: {
          name: textOf(member(scope, 'name')),
          version: textOf(member(scope, 'version')),
          attributes: plainList(member(scope, 'attributes')),
        },
        spans: objects(spans).map(plainSpan),
      })),
    })),
  };
}

/** JSON.parse, every number as the text that stands there. */
function parseKeepingNumbers(document: string): Json {
  const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
  const marked = document.replace(token, (found) => (found.startsWith('"') ? found : `{"a number":"${found}"}`));
  return JSON.parse(marked, (_, value: Json) => {
    const number = isObject(value) ? value['a number'] : undefined;
    return typeof number === 'string' ? new RawNumber(number) : value;
  });
}

function plainSpan(each: Record<string, Json>): Span {
  const [code, message] = [member(each.status, 'code'), member(each.status, 'message')];
  return {
    traceId: plainId(each.traceId, 16),
    spanId: plainId(each.spanId, 8),
    parentSpanId: plainId(each.parentSpanId, 8),
    traceState: textOf(each.traceState),
    name: textOf(each.name),
    kind: plainEnum(each.kind, ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER']),
    flags: Number(scalar(each.flags) ?? 0) & 0xffff,
    startTimeUnixNano: plainTime(each.startTimeUnixNano),
    endTimeUnixNano: plainTime(each.endTimeUnixNano),
    attributes: plainList(each.attributes),
    events: objects(each.events).map(({ timeUnixNano, name, attributes: list }) => ({
      timeUnixNano: plainTime(timeUnixNano),
      name: textOf(name),
      attributes: plainList(list),
    })),
    links: objects(each.links).map(({ traceId, spanId, attributes: list }) => ({
      traceId: plainId(traceId, 16),
      spanId: plainId(spanId, 8),
      attributes: plainList(list),
    })),
    status: { code: plainEnum(code, ['UNSET', 'OK', 'ERROR']), message: textOf(message) },
  };
}

function plainList(list: Json): KeyValue[] {
  return objects(list).map(({ key, value }) => ({ key: textOf(key), value: plainValue(value) }));
}

function plainValue(value: Json): AnyValue {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = isObject(value)
    ? value
    : {};
  if (typeof stringValue === 'string') return { stringValue };
  const bool = scalar(boolValue);
  if (bool === 'true' || bool === 'false') return { boolValue: bool === 'true' };
  const [integer, double, bytes] = [scalar(intValue), scalar(doubleValue), scalar(bytesValue)];
  if (integer !== null) return plainInteger(integer);
  if (double !== null) return plainDouble(double);
  if (bytes !== null) return { bytesValue: bytes };
  if (isObject(arrayValue)) return { arrayValue: { values: objectsOrNothing(arrayValue.values).map(plainValue) } };
  if (!isObject(kvlistValue)) return {};
  const entries = objectsOrNothing(kvlistValue.values).map((entry) => ({
    key: scalar(member(entry, 'key')) ?? '',
    value: plainValue(member(entry, 'value')),
  }));
  return { kvlistValue: { values: entries } };
}

/** A whole number keeps its digits, however many; another number is a double; what is no number is a text. */
function plainInteger(written: string): AnyValue {
  if (/^[+-]?\d+$/.test(written)) return { intValue: written };
  return Number.isSafeInteger(Number(written)) && written.trim() !== ''
    ? { intValue: String(Number(written)) }
    : plainDouble(written);
}

function plainDouble(written: string): AnyValue {
  const isNumber = written === 'NaN' || (written.trim() !== '' && !Number.isNaN(Number(written)));
  return isNumber ? { doubleValue: Number(written) } : { stringValue: written };
}

function plainTime(value: Json): string {
  const written = scalar(value) ?? '0';
  const time = /^\d+$/.test(written)
    ? BigInt(written)
    : Number.isInteger(Number(written))
      ? BigInt(Number(written))
      : -1n;
  return String(time >= 0n && time < 2n ** 64n ? time : 0n);
}

function plainEnum(value: Json, names: readonly string[]): number {
  const written = scalar(value) ?? '0';
  const number = Number(written);
  const index = names.indexOf(written.toUpperCase().replace(/^(SPAN_KIND_|STATUS_CODE_)/, ''));
  if (Number.isInteger(number)) return number >= 0 && number < names.length ? number : 0;
  return Math.max(0, index);
}

/** As hex; zeros where there is none. */
function plainId(value: Json, bytes: number): string {
  if (typeof value !== 'string' || value === '') return '0'.repeat(bytes * 2);
  return value.endsWith('=') ? Buffer.from(value, 'base64').toString('hex') : value.toLowerCase();
}

/** A text, or a number or a word as it is written. */
function scalar(value: Json): string | null {
  if (value instanceof RawNumber) return value.text;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RawNumber);
}

function member(value: Json, key: string): Json {
  return isObject(value) ? value[key] : undefined;
}

function objects(value: Json): readonly Record<string, Json>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function objectsOrNothing(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
