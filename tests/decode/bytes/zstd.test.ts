import { describe, expect, test } from 'vitest';
import { DamagedError } from '../../../src/decode/bytes/readBytes.ts';
import { isZstd, ZstdReader } from '../../../src/decode/bytes/zstd.ts';
import { loadXxh64 } from '../../../src/decode/bytes/xxh64.ts';
import { joined, text, toZstd } from '../../helpers/otlpEncodings.ts';
import { sampleLines, ZSTD_SAMPLES } from '../../helpers/zstdSamples.ts';

const MIB = 1 << 20;
const CHECKSUMS = await loadXxh64();
/** XXH64 of "abc" is 44bc2cf5ad770999 (the specification's reference implementation). */
const OF_ABC = 0xad770999;

function unzstd(bytes: Uint8Array, chunk = bytes.length, windowBytes = 128 * MIB): string {
  const reader = new ZstdReader(windowBytes, CHECKSUMS);
  const content: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunk) content.push(...reader.push(bytes.slice(at, at + chunk)));
  reader.finish();
  return new TextDecoder().decode(joined(content));
}

/** Whether the content of some frame is not that of its checksum. */
function isWrong(bytes: Uint8Array, checksums = CHECKSUMS): boolean {
  const reader = new ZstdReader(128 * MIB, checksums);
  for (const _ of reader.push(bytes)) continue;
  reader.finish();
  return reader.hasWrongChecksum;
}

describe('ZstdReader', () => {
  test.each(ZSTD_SAMPLES)('ZstdReader reads what the zstd tool wrote: $name', ({ base64, copies }) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    expect(isZstd(bytes)).toBe(true);
    for (const chunk of [bytes.length, 1, 7]) expect(unzstd(bytes, chunk)).toBe(sampleLines(copies));
  });

  test.each(ZSTD_SAMPLES)('ZstdReader finds that the content is that of the checksum: $name', ({ name, base64 }) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    expect(isWrong(bytes)).toBe(false);
    bytes[bytes.length - 1] ^= 1;
    if (name !== 'fast, without a checksum') expect(isWrong(bytes)).toBe(true);
  });

  test('ZstdReader compares the checksum of every frame, where there is WebAssembly to compute it', () => {
    const right = toZstd(text('abc'), OF_ABC);
    expect(isWrong(right)).toBe(false);
    expect(isWrong(joined([right, toZstd(text('abd'), OF_ABC), right]))).toBe(true);
    expect(isWrong(joined([right, toZstd(text('abd')), right]))).toBe(false);
    expect(isWrong(toZstd(text('abd'), OF_ABC), null)).toBe(false);
  });

  test('ZstdReader reads a frame without content', () => {
    expect(unzstd(toZstd(new Uint8Array()))).toBe('');
  });

  test('ZstdReader refuses a window above the limit before it is allocated', () => {
    const { base64 } = ZSTD_SAMPLES.find(({ name }) => name.startsWith('--long')) ?? ZSTD_SAMPLES[0];
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    expect(() => unzstd(bytes, 100, 64 * MIB)).toThrow('asks for a window of 134217728 bytes; the limit is 67108864');
    // A single segment claims its content's size as window: here 2⁶⁴−1 bytes.
    const claim = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xe0, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0);
    expect(() => unzstd(claim)).toThrow(DamagedError);
  });

  test('ZstdReader says what is wrong', () => {
    const whole = toZstd(text('hello'));
    expect(() => unzstd(whole.slice(0, -1))).toThrow('the zstd data is cut off');
    expect(() => unzstd(joined([whole, text('junk!')]))).toThrow(
      'between the frames of the zstd data stands something else',
    );
    const reserved = whole.slice();
    reserved[9] |= 6;
    expect(() => unzstd(reserved)).toThrow('the zstd data is damaged');
    const dictionary = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 0, 1, 0, 0);
    expect(() => unzstd(dictionary)).toThrow('the zstd data needs a dictionary');
  });

  test('ZstdReader hands on a bomb block by block', () => {
    // Blocks that say "128 KiB of this byte" in four bytes: 100 MB of them, of which the first is asked for.
    const rle = Uint8Array.of(...[0, 1, 2].map((i) => ((128 * 1024 * 8 + 2) >> (i * 8)) & 255), 0x20);
    const header = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50);
    const reader = new ZstdReader(MIB * 2, CHECKSUMS);
    const content = reader.push(joined([header, ...Array.from({ length: 800 }, () => rle)]));
    expect(content.next().value).toHaveLength(128 * 1024);
  });
});
