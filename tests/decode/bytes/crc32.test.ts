import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Crc32 } from '../../../src/decode/bytes/crc32.ts';
import { text } from '../../helpers/otlpEncodings.ts';

function crcOf(...chunks: readonly Uint8Array[]): number {
  const crc = new Crc32();
  for (const chunk of chunks) crc.add(chunk);
  return crc.value;
}

test('Crc32 gives the check value of the standard, and 0 for nothing', () => {
  expect(crcOf(text('123456789')).toString(16)).toBe('cbf43926');
  expect(crcOf()).toBe(0);
});

test('Crc32 is that of zlib, however the bytes are cut', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(chunks, (given) => {
      expect(crcOf(...given)).toBe(crc32(Buffer.concat(given)));
    }),
    { numRuns: 300, seed: 20260611 },
  );
});
