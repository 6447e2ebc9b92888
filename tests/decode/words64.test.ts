import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Words64 } from '../../src/decode/words64.ts';

const encoder = new TextEncoder();

function read(digits: string): bigint | null {
  const words = new Words64();
  const bytes = encoder.encode(`x${digits}x`);
  return words.readDigits(bytes, 1, bytes.length - 1) ? (BigInt(words.high) << 32n) | BigInt(words.low) : null;
}

test('Words64 reads every whole number below 2⁶⁴ exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => read(String(value)) === value),
    { numRuns: 2000, seed: 3 },
  );
  for (const value of [0n, 9n, 999_999_999n, 10n ** 9n, 2n ** 32n, 2n ** 53n + 1n, 10n ** 19n, 2n ** 64n - 1n])
    expect(read(String(value))).toBe(value);
  expect(read('000000000000000000000000000001')).toBe(1n);
});

test('Words64 refuses what is no whole number below 2⁶⁴', () => {
  for (const digits of [
    '',
    '-1',
    '1.5',
    '1e3',
    ' 1',
    String(2n ** 64n),
    '99999999999999999999',
    '123456789012345678901',
  ])
    expect(read(digits)).toBeNull();
});

test('Words64 reads a JSON number in another form', () => {
  const words = new Words64();
  expect(words.readText('1.76e18')).toBe(true);
  expect([words.high, words.low]).toEqual([Math.floor(1.76e18 / 2 ** 32), 1.76e18 % 2 ** 32]);
  expect(words.readText('yesterday')).toBe(false);
  expect([words.high, words.low]).toEqual([0, 0]);
});
