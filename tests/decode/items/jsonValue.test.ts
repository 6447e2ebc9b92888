import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson, type JsonValue } from '../../../src/decode/items/jsonValue.ts';

test('parseJson keeps whole numbers beyond 2⁵³ exact, and nothing else is changed by it', () => {
  expect(parseJson('{"a":9007199254740993,"b":[-12345678901234567890,1],"c":9007199254740991}')).toEqual({
    a: 9_007_199_254_740_993n,
    b: [-12_345_678_901_234_567_890n, 1],
    c: Number.MAX_SAFE_INTEGER,
  });
  // In a text, behind a point, before an exponent: no whole numbers.
  expect(
    parseJson('[9007199254740993,"[9007199254740993]","\\"[9007199254740993,",0.12345678901234567,1e400]'),
  ).toEqual([
    9_007_199_254_740_993n,
    '[9007199254740993]',
    '"[9007199254740993,',
    Number('0.12345678901234567'),
    Infinity,
  ]);
  expect(parseJson('[12345678901234567890.5,12345678901234567890e2, 99999999999999999 ]')).toEqual([
    Number('12345678901234567890.5'),
    Number('12345678901234567890e2'),
    99_999_999_999_999_999n,
  ]);
});

test('parseJson throws where JSON.parse does', () => {
  for (const text of [
    '',
    '{',
    '{"a":tru}',
    '[1,]',
    '[12345678901234567890,]',
    '["a" 12345678901234567890]',
    '[012345678901234567890]',
  ]) {
    expect(() => parseJson(text), text).toThrow(SyntaxError);
  }
});

test('parseJson gives what JSON.parse gives, with long numbers beside it', () => {
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.constantFrom(' "12345678901234567890, ', '\\', '\\"', ':99999999999999999}'),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(value, fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }), fc.boolean(), (inner, long, isIndented) => {
      const json = JSON.stringify(inner, null, isIndented ? 2 : 0);
      expect(parseJson(json)).toEqual(exact(JSON.parse(json)));
      expect(parseJson(`[${json},${long}]`)).toEqual([exact(JSON.parse(json)), long]);
    }),
    { seed: 7, numRuns: 300 },
  );
});

/** Whole numbers that JSON.stringify writes with all their digits, as bigints. */
function exact(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value), (_, item: JsonValue) =>
    typeof item === 'number' && Number.isInteger(item) && !Number.isSafeInteger(item) && /^-?\d+$/.test(String(item))
      ? BigInt(String(item))
      : item,
  );
}
