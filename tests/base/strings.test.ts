import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashBytes, StringTable } from '../../src/base/strings.ts';

const encoder = new TextEncoder();

function hash(text: string): number {
  const bytes = encoder.encode(text);
  return hashBytes(bytes, 0, bytes.length);
}

/** One round, in big numbers. */
function round(hash: bigint, word: bigint): bigint {
  const product = ((hash ^ word) * 0x9e3779b1n) & 0xffffffffn;
  return product ^ (product >> 15n);
}

test('hashBytes takes four bytes a round, and the last four once more where bytes are left over', () => {
  const words = { 'GET ': 0x20544547n, '/car': 0x7261632fn, cart: 0x74726163n };
  const expected = round(round(round(9n, words['GET ']), words['/car']), words.cart);
  expect(hash('GET /cart')).toBe(Number(BigInt.asIntN(32, expected)));
  expect(hash('GET ')).toBe(Number(BigInt.asIntN(32, round(4n, words['GET ']))));
});

test('hashBytes takes a text that is shorter than four bytes as one word', () => {
  expect(hash('')).toBe(0);
  expect(hash('ab')).toBe(Number(BigInt.asIntN(32, round(2n, 0x6261n))));
});

test('hashBytes does not depend on where the bytes lie', () => {
  const bytes = encoder.encode('xxGET /cartyyy');
  expect(hashBytes(bytes, 2, 11)).toBe(hash('GET /cart'));
  expect(hashBytes(bytes.subarray(2), 0, 9)).toBe(hash('GET /cart'));
});

test('StringTable gives equal bytes one id, in order of first appearance, with and without a hash', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })), (texts) => {
      const one = new StringTable();
      const other = new StringTable();
      const distinct = [...new Set(['', ...texts])];
      for (const text of texts) {
        const bytes = encoder.encode(text);
        const id = one.intern(text);
        expect(other.internHashed(bytes, 0, bytes.length, hash(text))).toBe(id);
        expect(one.text(id)).toBe(text);
        expect(one.find(text)).toBe(id);
      }
      expect(one.count).toBe(distinct.length);
      expect(distinct.map((text) => one.find(text))).toEqual(distinct.map((_, index) => index));
      const { count, offsets } = other.contents();
      expect(one.contents().offsets.subarray(0, count + 1)).toEqual(offsets.subarray(0, count + 1));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test('StringTable knows whether all of it is ASCII, and counts what is not UTF-8', () => {
  const strings = new StringTable();
  strings.intern('GET');
  expect(strings.contents().isAscii).toBe(true);
  strings.intern('café');
  expect(strings.contents().isAscii).toBe(false);
  expect(strings.invalidTexts).toBe(0);
  strings.internBytes(Uint8Array.of(0x61, 0xff), 0, 2);
  strings.internBytes(Uint8Array.of(0x61, 0xff), 0, 2);
  expect(strings.invalidTexts).toBe(1);
});
