import fc from 'fast-check';
import { RawNumber } from './oddJson.ts';
import type { AnyValue, KeyValue, Request, Span } from './otlpReference.ts';

const hex = (digits: number) =>
  fc.bigInt({ min: 1n, max: 16n ** BigInt(digits) - 1n }).map((id) => id.toString(16).padStart(digits, '0'));
const nanoseconds = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 1_760_000_000_000_000_000n, max: 1_760_000_000_999_999_999n }),
);
const text = fc.oneof(
  fc.constantFrom('', 'GET', 'http.method', 'a"b\\c/d', '\u0000\u0001\u001f', 'ö€🚀', '\u2028\u2029', 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
);
const double = fc.oneof(
  // JSON.stringify, which other helpers copy and write with, knows no negative zero.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.constantFrom('NaN', 'Infinity', '-Infinity', 0.1, 0, 2, 1e21, 5e-324, 123456789012345680000),
);
const integer = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -5n, max: 2n ** 31n + 1n }),
);

const { value: anyValue } = fc.letrec<{ value: AnyValue; entry: KeyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((stringValue): AnyValue => ({ stringValue })),
    integer.map((value): AnyValue => ({ intValue: String(value) })),
    fc.boolean().map((boolValue): AnyValue => ({ boolValue })),
    double.map((doubleValue): AnyValue => ({ doubleValue })),
    fc.uint8Array({ maxLength: 9 }).map((bytes): AnyValue => ({ bytesValue: Buffer.from(bytes).toString('base64') })),
    fc.array(tie('value'), { maxLength: 3 }).map((values): AnyValue => ({ arrayValue: { values } })),
    fc.array(tie('entry'), { maxLength: 3 }).map((values): AnyValue => ({ kvlistValue: { values } })),
    fc.constant<AnyValue>({}),
  ),
  entry: fc.record({ key: text, value: tie('value') }),
}));
/** Keys from a small pool, so that lists share shapes and break them. */
const attributes = fc.array(
  fc.record({ key: fc.oneof(fc.constantFrom('a', 'b', 'http.method'), text), value: anyValue }),
  { maxLength: 6 },
);

const span = fc.record<Span>(
  {
    traceId: fc.oneof(fc.constantFrom('0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319d'), hex(32)),
    spanId: fc.oneof(fc.constantFrom('00000000000000a1', '00000000000000a2'), hex(16)),
    parentSpanId: fc.oneof(fc.constantFrom('', '00000000000000a1', '00000000000000a2'), hex(16)),
    traceState: text,
    name: text,
    kind: fc.integer({ min: 0, max: 5 }),
    flags: fc.constantFrom(0, 1, 0x101, 0x301),
    startTimeUnixNano: nanoseconds.map(String),
    endTimeUnixNano: nanoseconds.map(String),
    attributes,
    events: fc.array(fc.record({ timeUnixNano: nanoseconds.map(String), name: text, attributes }), { maxLength: 3 }),
    links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), attributes }), { maxLength: 2 }),
    status: fc.record({ code: fc.constantFrom(0, 1, 2), message: text }, { requiredKeys: [] }),
  },
  { requiredKeys: ['traceId', 'spanId'] },
);

/** Valid requests of every form that the specification allows. */
export const arbitraryRequest: fc.Arbitrary<Request> = fc.record({
  resourceSpans: fc.array(
    fc.record(
      {
        resource: fc.record({ attributes }),
        scopeSpans: fc.array(
          fc.record(
            { scope: fc.record({ name: text, version: text, attributes }), spans: fc.array(span, { maxLength: 4 }) },
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

/** What a JSON text may look like beyond its value. */
export interface JsonStyle {
  /** Numbers from 0 to 2³²−1 that the choices are taken from, over and over. */
  readonly choices: readonly number[];
  /** What is overruled by a later member of the same name may be of another kind. */
  readonly isOdd?: boolean;
}

export const arbitraryStyle: fc.Arbitrary<JsonStyle> = fc.record({
  choices: fc.array(fc.nat({ max: 2 ** 32 - 1 }), { minLength: 50, maxLength: 200 }),
});

/**
 * The value as JSON with keys in any order, unknown and repeated members, white space anywhere, any character as an
 * escape, and 64-bit integers with or without quotes: JSON.parse reads it as the same value.
 */
export function styledJson(value: unknown, style: JsonStyle): string {
  let next = 0;
  const choose = (count: number): number => style.choices[next++ % style.choices.length] % count;
  const space = (): string => ['', '', '', '', ' ', '\n', '\t \r\n'][choose(7)];
  const member = (key: string, item: unknown): string =>
    `${space()}${string(key)}${space()}:${space()}${write(item, key)}${space()}`;
  function write(item: unknown, key: string): string {
    if (Array.isArray(item))
      return `[${item.map((element) => space() + write(element, key)).join(`${space()},`)}${space()}]`;
    if (item instanceof RawNumber) return item.text;
    if (item !== null && typeof item === 'object') return object(Object.entries(item));
    if (typeof item !== 'string') return JSON.stringify(item);
    // A number keeps its digits only below 2⁵³ in JSON.parse.
    const isExact = key.endsWith('UnixNano') && String(Number(item)) === item && Number.isSafeInteger(Number(item));
    return isExact && choose(2) === 0 ? item : string(item);
  }
  function object(entries: [string, unknown][]): string {
    const members = entries.map(([key, item]) => member(key, item));
    if (choose(4) === 0) members.reverse();
    if (choose(6) === 0)
      members.splice(choose(members.length + 1), 0, `"unknown":[{"deep":["x",null,"}]\\""]},1.5e3,true]`);
    // What stands first is overruled by what stands later; but not the outer lists, which are read as they come.
    const [key, item] = entries[choose(Math.max(1, entries.length))] ?? ['spans', null];
    if (choose(8) === 0 && !/^(resourceSpans|scopeSpans|spans)$/.test(key)) {
      // Of an AnyValue the last member that means something counts, whatever its name.
      const isOther = style.isOdd === true && !key.endsWith('Value') && choose(3) === 0;
      members.unshift(member(key, isOther ? [null, 'x', 7, [], {}][choose(5)] : overruled(item)));
    }
    return `{${members.join(',')}${space()}}`;
  }
  const string = (content: string): string =>
    choose(3) > 0
      ? JSON.stringify(content)
      : `"${[...content].map((c) => (choose(3) === 0 ? escaped(c) : JSON.stringify(c).slice(1, -1))).join('')}"`;
  return space() + write(value, '') + space();
}

function escaped(character: string): string {
  if (character === '/') return '\\/';
  return Array.from({ length: character.length }, (_, i) => {
    const digits = character.charCodeAt(i).toString(16).padStart(4, '0');
    return `\\u${character > 'z' ? digits.toUpperCase() : digits}`;
  }).join('');
}

/** Another value of the same kind. */
function overruled(item: unknown): unknown {
  if (typeof item === 'string') return /^\d{17,}$/.test(item) ? '1' : [...item].toReversed().join('');
  if (Array.isArray(item)) return [...item, ...item];
  return typeof item === 'number' ? 0 : item instanceof RawNumber ? 'overruled' : item;
}
