import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { DamagedError } from '../../../src/decode/bytes/readBytes.ts';
import { isZstd, ZstdReader } from '../../../src/decode/unzstd/unzstd.ts';
import { FzstdBlocks, loadZstdBlocks, type ZstdBlocks } from '../../../src/decode/unzstd/zstdBlocks.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { joined, text, toZstd } from '../../helpers/otlpEncodings.ts';
import { ZSTD_FRAMES } from '../../helpers/zstdFrames.ts';
import { sampleLines, ZSTD_SAMPLES } from '../../helpers/zstdSamples.ts';

const MIB = 1 << 20;
const WASM = await loadZstdBlocks();
/** By WebAssembly, and where there is none. */
const WAYS = { wasm: WASM, fzstd: new FzstdBlocks() };
/** XXH64 of "abc" is 44bc2cf5ad770999 (the specification's reference implementation). */
const OF_ABC = 0xad770999;

function contentOf(bytes: Uint8Array, blocks: ZstdBlocks, chunk = bytes.length, windowBytes = 128 * MIB): Uint8Array {
  const reader = new ZstdReader(windowBytes, blocks);
  const content: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    for (const piece of reader.push(bytes.slice(at, at + chunk))) content.push(piece.slice());
  }
  reader.finish();
  return joined(content);
}

/** Whether the content of some frame is not that of its checksum. */
function isWrong(bytes: Uint8Array, blocks: ZstdBlocks = WASM): boolean {
  const reader = new ZstdReader(128 * MIB, blocks);
  for (const _ of reader.push(bytes)) continue;
  reader.finish();
  return reader.hasWrongChecksum;
}

function fromBase64(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** Its end where damage is found; null where none is. */
function damageIn(bytes: Uint8Array, blocks: ZstdBlocks): string | null {
  try {
    contentOf(bytes, blocks);
    return null;
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    return error.message;
  }
}

describe.each(Object.entries(WAYS))('ZstdReader by %s', (_way, blocks) => {
  const unzstd = (bytes: Uint8Array, chunk?: number, windowBytes?: number): string =>
    new TextDecoder().decode(contentOf(bytes, blocks, chunk, windowBytes));

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
    const reader = new ZstdReader(MIB * 2, blocks);
    const content = reader.push(joined([header, ...Array.from({ length: 800 }, () => rle)]));
    expect(content.next().value).toHaveLength(128 * 1024);
  });
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
  expect(isWrong(toZstd(text('abd'), OF_ABC), new FzstdBlocks())).toBe(false);
});

/** Literals as they are, and tables of one state each (RFC 8878, 3.1.1.3.2.1), so that no bit is needed. */
test('ZstdReader follows a frame that was put together by hand', () => {
  // "ab" and four bytes that stand one back, "cd" and four, "ef" and four.
  const literals = [(6 << 3) | 0, ...text('abcdef')];
  const sequences = [3, 0b01010100, 2, 0, 1, 0b1];
  const block = [...literals, ...sequences];
  const header = (block.length << 3) | (2 << 1) | 1;
  const frame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 18, header & 255, header >> 8, 0, ...block);
  for (const blocks of Object.values(WAYS)) {
    expect(new TextDecoder().decode(contentOf(frame, blocks))).toBe('abbbbbcdddddefffff');
  }
  // A byte so many times, and no sequences.
  const repeated = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 20, (3 << 3) | 5, 0, 0, (20 << 3) | 1, 0x61, 0);
  expect(new TextDecoder().decode(contentOf(repeated, WASM))).toBe('a'.repeat(20));
});

test.each(ZSTD_FRAMES)('ZstdReader comes to what the zstd tool compressed: $name', ({ base64, length }) => {
  const frame = fromBase64(base64);
  const content = contentOf(frame, WASM);
  expect(content).toHaveLength(length);
  expect(isWrong(frame)).toBe(false);
  expect(Buffer.from(contentOf(frame, WASM, 13)).equals(content)).toBe(true);
  expect(Buffer.from(contentOf(frame, new FzstdBlocks())).equals(content)).toBe(true);
});

test('ZstdReader tells damage from what is right by every frame’s checksum, and never throws anything else', () => {
  const random = randomNumbers(29);
  const frames = ZSTD_FRAMES.map(({ base64 }) => fromBase64(base64));
  let damaged = 0;
  for (let run = 0; run < 3000; run++) {
    const bytes = mutated(frames[run % frames.length], random);
    const damage = damageIn(bytes, WASM);
    if (damage !== null) damaged++;
    // A frame may have lost its checksum with the bit that says that it has one.
    else if ((bytes[4] & 4) !== 0 && !isWrong(bytes))
      expect(
        frames.some((frame) => isIn(frame, bytes)),
        `run ${run}`,
      ).toBe(true);
  }
  expect(damaged).toBeGreaterThan(500);
});

/** Whether the content is that of a whole frame, perhaps more than once. */
function isIn(frame: Uint8Array, bytes: Uint8Array): boolean {
  const content = Buffer.from(contentOf(bytes, WASM));
  const whole = Buffer.from(contentOf(frame, WASM));
  return content.length === 0 || content.equals(whole) || content.subarray(0, whole.length).equals(whole);
}

const hasTool = spawnSync('zstd', ['--version']).status === 0;

test.skipIf(!hasTool)('ZstdReader comes to what the zstd tool on this machine compresses, at any level', () => {
  const random = randomNumbers(31);
  const noise = Uint8Array.from({ length: 150_000 }, () => random(256));
  const few = Uint8Array.from({ length: 150_000 }, () => random(5) * random(3));
  const lines = text(
    Array.from({ length: 10_000 }, () => `{"name":"GET /item/${random(90)}","n":${random(1e6)}}\n`).join(''),
  );
  for (const content of [
    noise,
    few,
    lines,
    joined([lines, few, noise, lines, new Uint8Array(1_000_000), few, lines]),
  ]) {
    for (const options of [
      ['-1'],
      ['--fast=20'],
      ['-3'],
      ['-9'],
      ['-19'],
      ['--ultra', '-22', '--long=27'],
      ['-5', '--no-check'],
    ]) {
      const { stdout } = spawnSync('zstd', ['-q', '-c', ...options], { input: content, maxBuffer: 1 << 30 });
      expect(isWrong(stdout), options.join(' ')).toBe(false);
      expect(Buffer.from(contentOf(stdout, WASM, 65_536)).equals(content), options.join(' ')).toBe(true);
    }
  }
});
