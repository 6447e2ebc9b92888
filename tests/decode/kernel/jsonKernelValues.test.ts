import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBothWays } from '../../helpers/decodeBothWays.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import { referenceTable } from '../../helpers/otlpReference.ts';
import { tableContent } from '../../helpers/otlpTable.ts';
import { takenByKernel } from '../../helpers/takenByKernel.ts';
import { documentOf, documentWith, spanJson } from '../../helpers/jsonDocument.ts';

/** The attributes of the first span, which are the same with the kernel, without it, and by the slow reference. */
async function attributesOf(json: string) {
  const { table, issues } = await decodeBothWays(json);
  expect(issues).toEqual([]);
  const content = tableContent(table);
  expect(content).toEqual(tableContent(referenceTable([json])));
  return content.traces[0].spans[0].attributes;
}

describe('JsonKernel and attributes', () => {
  test.each<[string, unknown]>([
    ['{"stringValue":"GET"}', [1, 'GET']],
    ['{"stringValue":""}', [1, '']],
    ['{"stringValue":"zwölf ☕ 🚀"}', [1, 'zwölf ☕ 🚀']],
    [String.raw`{"stringValue":"\"\\\/\b\f\n\r\t"}`, [1, '"\\/\b\f\n\r\t']],
    [String.raw`{"stringValue":"\u0000\u00e9\u20AC\ud83d\uDE80"}`, [1, '\u0000é€🚀']],
    [String.raw`{"stringValue":"\ud83d, \ude80 and \ud83d\u0041"}`, [1, '\ufffd, \ufffd and \ufffdA']],
    [' { "stringValue" : "in space" } ', [1, 'in space']],
    ['{"boolValue":true}', [2, true]],
    ['{"boolValue":false}', [2, false]],
    ['{"intValue":"200"}', [3, 200]],
    ['{"intValue":200}', [3, 200]],
    ['{"intValue":"-7"}', [3, -7]],
    ['{"intValue":"-0"}', [3, 0]],
    ['{"intValue":"007"}', [3, 7]],
    ['{"intValue":"2147483648"}', [3, 2147483648]],
    ['{"intValue":"9007199254740991"}', [3, 9007199254740991]],
    ['{"intValue":"9007199254740992"}', [5, '9007199254740992']],
    ['{"intValue":"-9223372036854775808"}', [5, '-9223372036854775808']],
    ['{"intValue":"123456789012345678901234567890"}', [5, '123456789012345678901234567890']],
    ['{"doubleValue":0.25}', [4, 0.25]],
    ['{"doubleValue":-1.5E+3}', [4, -1500]],
    ['{"doubleValue":12}', [4, 12]],
    ['{"doubleValue":0.1234567890123456789}', [4, 0.12345678901234568]],
    ['{"doubleValue":0.00012345678901234567}', [4, 0.00012345678901234567]],
    ['{"doubleValue":9007199254740993}', [4, 9007199254740992]],
    ['{"doubleValue":1.7976931348623157e22}', [4, Number('17976931348623157000000')]],
    ['{"arrayValue":{}}', [5, '[]']],
    ['{"arrayValue":{"values":[]}}', [5, '[]']],
    [
      '{"arrayValue":{"values":[{"stringValue":"-jar"},{"intValue":"-80"},{"boolValue":true},{}]}}',
      [5, '["-jar",-80,true,null]'],
    ],
    [String.raw`{"arrayValue":{"values":[{"stringValue":"a \"b\" \\ \n"}]}}`, [5, String.raw`["a \"b\" \\ \n"]`]],
  ])('JsonKernel takes the value %s', async (value, expected) => {
    const json = documentWith(value);
    expect(await takenByKernel(json)).toBe(1);
    expect(await attributesOf(json)).toEqual([['k', ...(expected as [number, unknown])]]);
  });

  test('JsonKernel leaves out a value without anything in it', async () => {
    expect(await takenByKernel(documentWith('{}'))).toBe(1);
    expect(await attributesOf(documentWith('{}'))).toEqual([]);
  });

  test.each([
    '{"stringValue":null}',
    '{"string_value":"GET"}',
    '{"stringValue":"a","stringValue":"b"}',
    String.raw`{"string\u0056alue":"GET"}`,
    '{"boolValue":"true"}',
    '{"intValue":5.0}',
    '{"intValue":"twelve"}',
    '{"intValue":"009007199254740993"}',
    '{"doubleValue":"NaN"}',
    '{"doubleValue":1e-30}',
    '{"doubleValue":0.12345678901234567890123}',
    '{"bytesValue":"aGk="}',
    '{"kvlistValue":{"values":[]}}',
    '{"arrayValue":{"values":[{"doubleValue":1.5}]}}',
    '{"arrayValue":{"values":[{"stringValue":"ö"}]}}',
    String.raw`{"arrayValue":{"values":[{"stringValue":"\u0041"}]}}`,
    '{"arrayValue":{"values":[{"intValue":"007"}]}}',
    'null',
  ])('JsonKernel leaves the value %s to the TypeScript decoder', async (value) => {
    expect(await takenByKernel(documentWith(value))).toBe(0);
    await decodeBothWays(documentWith(value));
  });

  test('JsonKernel and JsonAttributes read a number as one where a text stood for one before', async () => {
    const values = ['{"intValue":"twelve"}', '{"intValue":"12"}', '{"doubleValue":"x"}', '{"doubleValue":"1.5"}'];
    const { table } = await decodeBothWays(
      values.map((value, i) => documentWith(value).replace('00a1', `00b${i}`)).join('\n'),
    );
    const all = tableContent(table).traces[0].spans.map(({ attributes }) => attributes[0].slice(1));
    expect(all).toEqual([
      [1, 'twelve'],
      [3, 12],
      [1, 'x'],
      [4, 1.5],
    ]);
  });

  test('JsonKernel reads a double as Number does', async () => {
    const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
    const number = fc
      .record({
        whole: digits(18),
        part: fc.option(digits(18)),
        exponent: fc.option(fc.integer({ min: -30, max: 30 })),
      })
      .map(
        ({ whole, part, exponent }) =>
          whole + (part === null ? '' : `.${part}`) + (exponent === null ? '' : `e${exponent}`),
      );
    const short = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }).map(String);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(number, short), { minLength: 1, maxLength: 60 }), async (numbers) => {
        const values = numbers.map((one, i) =>
          spanJson(`"attributes":[{"key":"${i}","value":{"doubleValue":${one}}}]`),
        );
        const { table } = await decode(values.map((one) => documentOf(one)).join('\n'));
        const { numbers: column } = table.attributes;
        const known = new Set(Array.from({ length: numbers.length }, (_, i) => String(Number(numbers[i]))));
        for (const one of known) expect(Array.from(column, String)).toContain(one);
      }),
      { numRuns: 40, seed: 20260512 },
    );
  });
});
