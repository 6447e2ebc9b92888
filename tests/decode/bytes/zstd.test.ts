import { describe, expect, test } from 'vitest';
import { DamagedError } from '../../../src/decode/bytes/readBytes.ts';
import { isZstd, ZstdReader } from '../../../src/decode/bytes/zstd.ts';
import { joined, text, toZstd } from '../../helpers/otlpEncodings.ts';
import { sampleLines, ZSTD_SAMPLES } from '../../helpers/zstdSamples.ts';

const MIB = 1 << 20;

function unzstd(bytes: Uint8Array, chunk = bytes.length, windowBytes = 128 * MIB): string {
  const reader = new ZstdReader(windowBytes);
  const content: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunk) content.push(...reader.push(bytes.slice(at, at + chunk)));
  reader.finish();
  return new TextDecoder().decode(joined(content));
}

describe('ZstdReader', () => {
  test.each(ZSTD_SAMPLES)('ZstdReader reads what the zstd tool wrote: $name', ({ base64, copies }) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    expect(isZstd(bytes)).toBe(true);
    for (const chunk of [bytes.length, 1, 7]) expect(unzstd(bytes, chunk)).toBe(sampleLines(copies));
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
    const reader = new ZstdReader(MIB * 2);
    const content = reader.push(joined([header, ...Array.from({ length: 800 }, () => rle)]));
    expect(content.next().value).toHaveLength(128 * 1024);
  });
});
