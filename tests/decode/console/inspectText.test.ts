import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspectedValue } from '../../../src/decode/console/inspectText.ts';

test.each([
  ["{ name: 'GET', 'http.status': 200 }", { name: 'GET', 'http.status': 200 }],
  ['{ a: undefined, b: null, c: true, d: -0.5e-7, e: NaN }', { a: null, b: null, c: true, d: -0.5e-7, e: Number.NaN }],
  ['{ a: 9007199254740993n }', { a: 9007199254740993n }],
  // As Python writes numbers of 64 bits beside one that JSON does not have; and a double with the digits it is printed in.
  [
    '{ "a": NaN, "b": 9223372036854775807, "c": -9007199254740993, "d": 9223372036854776000, "e": 1e+21 }',
    { a: Number.NaN, b: 9223372036854775807n, c: -9007199254740993n, d: 2 ** 63, e: 1e21 },
  ],
  ['{ a: [], b: {}, c: [ 1, 2 ] }', { a: [], b: {}, c: [1, 2] }],
  ['{ a: [Object], b: [Array], c: [Function: it], d: Symbol(x) }', { a: null, b: null, c: null, d: null }],
  ['{ a: [ [Object], [Object] ] }', { a: [null, null] }],
  ["{ a: [ 1, 2, ... 98 more items ], b: [ <2 empty items>, 'x' ] }", { a: [1, 2], b: ['x'] }],
  ["{ a: 'long'... 9 more characters }", { a: 'long…' }],
  ["{ a: 'one\\n' +\n    'two' }", { a: 'one\ntwo' }],
  ["{ a: \"it's\", b: `it's \"so\"`, c: '\\x1B\\u2028\\'' }", { a: "it's", b: 'it\'s "so"', c: "\u001b\u2028'" }],
  [
    "<ref *1> Span {\n  r: Resource { a: 1 },\n  m: Map(1) { 'k' => 'v' },\n  self: [Circular *1]\n}",
    {
      r: { a: 1 },
      m: { k: 'v' },
      self: null,
    },
  ],
  [
    '{ a: [Object: null prototype] { b: 1 }, [Symbol(k)]: 2, c: Uint8Array(2) [ 1, 2 ] }',
    {
      a: { b: 1 },
      '[Symbol(k)]': 2,
      c: [1, 2],
    },
  ],
  [
    '{ a: Buffer(2) [Uint8Array] [ 104, 105 ], b: Name [tag] { c: 1 }, d: Empty(0) [Uint8Array] [], e: [Foo [tag]] }',
    { a: [104, 105], b: { c: 1 }, d: [], e: null },
  ],
  ['{ a: Name [a tag] { b: [ true ] }, c: [Object: null prototype] [Tag] {} }', { a: { b: [true] }, c: {} }],
  ['{ a: [Function: f] { b: 1 }, c: [class A extends B] [tag] { d: 2 } }', { a: { b: 1 }, c: { d: 2 } }],
  // As Bun and Deno write it.
  [
    '{\n  a: "it\'s",\n  "b.c": [\n    1, "two"\n  ],\n  d: [Object ...],\n  e: {},\n}',
    { a: "it's", 'b.c': [1, 'two'], d: null, e: {} },
  ],
  ['{ t: 2024-01-12T14:57:40.147Z }', { t: '2024-01-12T14:57:40.147Z' }],
])('inspectedValue reads %s', (text, value) => {
  expect(inspectedValue(text)).toEqual(value);
});

test.each(['{', '{ a }', "{ a: 'b }", '{ a: 1 } }', '{ a: }', "{ a: '\\u12' }", 'a: 1, b', `${'{ a: '.repeat(300)}1`])(
  'inspectedValue answers null to %s',
  (text) => {
    expect(inspectedValue(text)).toBeNull();
  },
);

test('inspectedValue keeps an entry of any name an entry', () => {
  const value = inspectedValue("{ ['__proto__']: { polluted: true }, constructor: 1 }");
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect('polluted' in {}).toBe(false);
});

test('inspectedValue gives what was inspected', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double({ noDefaultInfinity: true }),
    fc.boolean(),
    fc.bigInt(),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 8 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 8, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value, { noNullPrototype: true }), (inspected) => {
      const text = inspect(inspected, { depth: null, maxArrayLength: null, maxStringLength: null });
      expect(inspectedValue(text)).toEqual(inspected);
    }),
    { seed: 3, numRuns: 500 },
  );
});
