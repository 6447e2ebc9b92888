import { constants, crc32, deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../../src/decode/bytes/byteReader.ts';
import { fflateInflate } from '../../../src/decode/inflate/fflate.ts';
import type { Bytes } from '../../../src/decode/bytes/readBytes.ts';
import { loadInflater, type Inflater } from '../../../src/decode/inflate/inflater.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { joined, text } from '../../helpers/otlpEncodings.ts';

const BEHIND = text('behind');

async function inflater(): Promise<Inflater> {
  const found = await loadInflater();
  if (found === null) throw new Error('there is no WebAssembly');
  return found;
}

async function* inPieces(bytes: Uint8Array, size: number): Bytes {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** What came out, its checksum, and what the reader stands before then. The error's message where it failed. */
async function inflated(deflated: Uint8Array, size = 1e9) {
  const found = await inflater();
  const reader = new ByteReader(inPieces(deflated, size));
  const pieces: Uint8Array[] = [];
  let error: string | null = null;
  try {
    for await (const piece of found.inflate(reader, 'deflated')) pieces.push(piece.slice());
  } catch (thrown) {
    error = String(thrown);
  }
  const checksum = found.crc32;
  found.release();
  const behind: Uint8Array[] = [];
  for (let part = await reader.some(1e9); part !== null; part = await reader.some(1e9)) behind.push(part);
  return {
    content: Buffer.from(joined(pieces)),
    checksum,
    error,
    behind: Buffer.from(joined(behind)).toString('latin1', 0, 9),
  };
}

async function expectInflated(content: Uint8Array, options: ZlibOptions, size: number): Promise<void> {
  const deflated = joined([deflateRawSync(content, options), BEHIND]);
  const { content: found, checksum, error, behind } = await inflated(deflated, size);
  expect({ error, checksum, behind }).toEqual({ error: null, checksum: crc32(content), behind: 'behind' });
  expect(found.equals(content)).toBe(true);
}

const random = randomNumbers(11);
/** Text that is like itself, at any distance; noise; and one byte many times over. */
const words = text(
  Array.from({ length: 60_000 }, () => `"key.${random(40)}":${random(3) === 0 ? random(1e9) : random(20)}`).join(','),
);
const noise = Uint8Array.from({ length: 300_000 }, () => random(256));
const zeros = new Uint8Array(1_000_000);
/** Lengths of codes up to fifteen bits: each byte half as often as the one before. */
const skewed = Uint8Array.from({ length: 400_000 }, () =>
  Math.min(255, Math.floor(-Math.log2(random(1e9) / 1e9) * 1.4)),
);
const CONTENTS = { words, noise, zeros, skewed, mixed: joined([zeros, words, noise, words, zeros, noise]) };

describe.each(Object.entries(CONTENTS))('Inflater on %s', (_name, content) => {
  test.each([
    ['stored', { level: 0 }],
    ['fast', { level: 1 }],
    ['small', { level: 9 }],
    ['of a fixed code', { strategy: constants.Z_FIXED }],
    ['of literals alone', { strategy: constants.Z_HUFFMAN_ONLY }],
    ['of runs', { strategy: constants.Z_RLE }],
    ['of a small window', { windowBits: 9 }],
    ['of many blocks', { memLevel: 1 }],
  ])('Inflater gives back what was deflated, %s', async (_way, options) => {
    for (const size of [1000, 65_536, 1e9]) await expectInflated(content, options, size);
  });
});

test('Inflater gives back what was deflated, of any bytes, by any pieces', async () => {
  const pieces = fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3000 })), {
    maxLength: 12,
  });
  const strategy = fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_RLE,
    constants.Z_HUFFMAN_ONLY,
  );
  const options = fc.record({
    level: fc.integer({ min: 0, max: 9 }),
    strategy,
    memLevel: fc.integer({ min: 1, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(pieces, options, fc.integer({ min: 1, max: 5000 }), async (parts, zlibOptions, size) => {
      const content = joined(
        parts.flatMap(([part, times]) => Array.from({ length: Math.ceil(times / 10) }, () => part)),
      );
      await expectInflated(content, zlibOptions, size);
    }),
    { numRuns: 150 },
  );
});

test.each(Object.entries(CONTENTS))(
  'fflateInflate gives back what was deflated, where there is no WebAssembly: %s',
  async (_name, content) => {
    for (const size of [1000, 1e9]) {
      const pieces: Uint8Array[] = [];
      const deflated = joined([deflateRawSync(content), BEHIND]);
      for await (const piece of fflateInflate(inPieces(deflated, size))) pieces.push(piece);
      expect(Buffer.from(joined(pieces)).equals(content)).toBe(true);
    }
  },
);

test('Inflater gives of what is cut off nothing that is not there, and says that it is cut off', async () => {
  for (const options of [{ level: 9 }, { level: 0 }, { strategy: constants.Z_FIXED }]) {
    const content = words.subarray(0, 700);
    const deflated = deflateRawSync(content, options);
    for (let length = 0; length < deflated.length; length++) {
      const { content: found, error } = await inflated(deflated.subarray(0, length), 7);
      expect(error, `${length} bytes`).toMatch(/is cut off: its end is missing/);
      expect(content.subarray(0, found.length), `${length} bytes`).toEqual(new Uint8Array(found));
    }
  }
});

test('Inflater takes for damaged what zlib takes for damaged, and comes to the same on everything else', async () => {
  const samples = [{ level: 9 }, { level: 0 }, { strategy: constants.Z_FIXED }, { memLevel: 1 }].map((options) =>
    deflateRawSync(words.subarray(0, 9000), options),
  );
  let whole = 0;
  for (let run = 0; run < 1500; run++) {
    const bytes = mutated(samples[run % samples.length], random);
    const expected = byZlib(bytes);
    const { content, error } = await inflated(bytes, 3000);
    expect(error === null, `run ${run}`).toBe(expected !== null);
    if (expected !== null) {
      whole++;
      expect(content.equals(expected), `run ${run}`).toBe(true);
    }
  }
  expect(whole).toBeGreaterThan(10);
});

function byZlib(bytes: Uint8Array): Buffer | null {
  try {
    return inflateRawSync(bytes);
  } catch {
    return null;
  }
}
