import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashBytes } from '../../src/base/hashBytes.ts';
import { StringTable } from '../../src/base/strings.ts';

const encoder = new TextEncoder();

test('StringTable gives equal bytes one id, in order of first appearance, with and without a hash', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 12 })), (texts) => {
      const one = new StringTable();
      const other = new StringTable();
      const distinct = [...new Set(['', ...texts])];
      for (const text of texts) {
        const bytes = encoder.encode(text);
        const id = one.intern(text);
        expect(other.internHashed(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))).toBe(id);
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
