import { expect, test } from 'vitest';
import { parseAnyValue, type AnyValue } from '../../src/export/anyValue.ts';

test.each<readonly [text: string, value: AnyValue]>([
  ['9007199254740993', { type: 'integer', value: 9007199254740993n }],
  ['-9223372036854775808', { type: 'integer', value: -(2n ** 63n) }],
  ['9223372036854775808', { type: 'string', text: '9223372036854775808' }],
  ['12345678901234567890', { type: 'string', text: '12345678901234567890' }],
  ['-9223372036854775809', { type: 'string', text: '-9223372036854775809' }],
  ['["12345678901234567890"]', { type: 'array', values: [{ type: 'string', text: '12345678901234567890' }] }],
  ['[100000000000000000000]', { type: 'array', values: [{ type: 'string', text: '100000000000000000000' }] }],
  [
    '["NaN",NaN]',
    {
      type: 'array',
      values: [
        { type: 'string', text: 'NaN' },
        { type: 'double', value: Number.NaN },
      ],
    },
  ],
  ['[-Infinity]', { type: 'array', values: [{ type: 'double', value: -Infinity }] }],
  [
    '[1.0,-0.0,100000000000000000000.0]',
    { type: 'array', values: [1, -0, 1e20].map((value) => ({ type: 'double', value })) },
  ],
  ['"aGk="', { type: 'bytes', bytes: Uint8Array.of(0x68, 0x69) }],
  ['"12345678901234567890"', { type: 'bytes', bytes: Uint8Array.from(Buffer.from('12345678901234567890', 'base64')) }],
  ['"not base64"', { type: 'string', text: 'not base64' }],
  ['["aGk=",null]', { type: 'array', values: [{ type: 'string', text: 'aGk=' }, { type: 'none' }] }],
  [
    '{"2":true,"1":1.5e3,"2":"\\u00e9\\""}',
    {
      type: 'map',
      entries: [
        ['2', { type: 'boolean', value: true }],
        ['1', { type: 'double', value: 1500 }],
        ['2', { type: 'string', text: 'é"' }],
      ],
    },
  ],
  [' [ ] ', { type: 'array', values: [] }],
  ['[1,]', { type: 'string', text: '[1,]' }],
  ['{"a" 1}', { type: 'string', text: '{"a" 1}' }],
  ['["open', { type: 'string', text: '["open' }],
  ['', { type: 'string', text: '' }],
])('parseAnyValue takes %s for what it was', (text, value) => {
  expect(parseAnyValue(text)).toEqual(value);
});

test('parseAnyValue reads a text of millions of escapes without a stack as deep', () => {
  const text = JSON.stringify(['\n'.repeat(2_000_000)]);
  expect(parseAnyValue(text)).toEqual({ type: 'array', values: [{ type: 'string', text: '\n'.repeat(2_000_000) }] });
});
