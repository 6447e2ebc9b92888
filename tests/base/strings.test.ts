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

/** All of the texts, in an order of their own, as another table's contents. */
const contentsOf = (texts: readonly string[]) => {
  const table = new StringTable();
  for (const text of texts) table.intern(text);
  return table.contents();
};

test('StringTable takes over all strings of another table as if they came one by one', () => {
  const text = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ max: 400, min: 0 }).map((number) => `number ${number}`) },
    { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1000, max: 3000 }).map((length) => 'long '.repeat(length)) },
  );
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 300 }), { maxLength: 6 }), (batches) => {
      const together = new StringTable();
      const oneByOne = new StringTable();
      for (const batch of batches) {
        const contents = contentsOf(batch);
        const ids = together.internAll(contents);
        const { count, offsets, bytes } = contents;
        for (let i = 0; i < count; i++) expect(oneByOne.internBytes(bytes, offsets[i], offsets[i + 1])).toBe(ids[i]);
      }
      const { offsets, hashes, bytes, ...counts } = together.contents();
      const expected = oneByOne.contents();
      expect({ ...counts }).toEqual({ count: expected.count, isAscii: expected.isAscii });
      expect(offsets).toEqual(expected.offsets);
      expect(hashes.subarray(0, counts.count)).toEqual(expected.hashes.subarray(0, counts.count));
      expect(bytes).toEqual(expected.bytes);
      for (const each of new Set(batches.flat())) expect(together.text(together.find(each))).toBe(each);
    }),
    { seed: 5, numRuns: 60 },
  );
});
