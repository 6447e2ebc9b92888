import { constants, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { nodeDecompressors } from '../../../src/cli/nodeDecompressors.ts';
import { LIMITS } from '../../../src/config/limits.ts';
import { gunzip } from '../../../src/decode/bytes/gunzip.ts';
import { decompressQuickly, type QuickDecompress } from '../../../src/decode/bytes/quickDecompress.ts';
import { MESSAGE_END, type Bytes, type OnDamage } from '../../../src/decode/bytes/readBytes.ts';
import { zstdRecords, zstdRecordsBy } from '../../../src/decode/bytes/records.ts';
import { unzstd } from '../../../src/decode/bytes/zstd.ts';
import { quickGunzip } from '../../../src/decode/inflate/quickGunzip.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { joined, text, toRecords, toZstd } from '../../helpers/otlpEncodings.ts';
import { ZSTD_SAMPLES } from '../../helpers/zstdSamples.ts';

const nodeUnzstd = nodeDecompressors.get('zstd');
const WAYS = { quickGunzip, useless, shy: shy(quickGunzip) };

/** A way that gives nothing out and then fails. */
async function* useless(bytes: Bytes): Bytes {
  for await (const piece of bytes) if (piece.length > 1e9) yield piece;
  throw new Error('out of order');
}

/** A way that fails behind the first bytes. */
function shy(way: QuickDecompress): QuickDecompress {
  return async function* (bytes, limits) {
    for await (const content of way(bytes, limits)) {
      yield content.subarray(0, 3);
      throw new Error('that is all');
    }
  };
}

function gunzipQuickly(open: () => Bytes, way: QuickDecompress): Bytes {
  return decompressQuickly(way(open(), LIMITS), open, gunzip);
}

async function* inPieces(bytes: Uint8Array, size: number): Bytes {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Everything that came out, and the error at the end. */
interface Outcome {
  readonly content: string;
  readonly error: string | null;
}

async function outcome(bytes: Bytes): Promise<Outcome> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of bytes) pieces.push(piece.slice());
    return { content: Buffer.from(joined(pieces)).toString('latin1'), error: null };
  } catch (error) {
    return { content: Buffer.from(joined(pieces)).toString('latin1'), error: String(error) };
  }
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] ^= 1;
  return copy;
}

const random = randomNumbers(5);
const words = Array.from({ length: 40_000 }, () => `${random(1000)} ${random(3) === 0 ? 'cart' : random(1e9)}`).join(
  ' ',
);
const whole = new Uint8Array(gzipSync(text(words)));
const members = joined([0, 1, 2, 3].map((i) => gzipSync(text(words.slice(i * 9000, i * 9000 + 9000)))));
const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  'one member': whole,
  'four members': members,
  'an empty member between': joined([whole, gzipSync(''), members]),
  'no bytes': new Uint8Array(),
  'something behind the last member': joined([members, text('this is no gzip member')]),
  'cut off': whole.slice(0, whole.length * 0.7),
  'cut off in the trailer': whole.slice(0, -3),
  'a checksum that is wrong': flipped(whole, whole.length - 8),
  'a length that is wrong': flipped(whole, whole.length - 4),
  'a checksum of the first of two members that is wrong': joined([flipped(whole, whole.length - 5), whole]),
  'a line feed behind the last member': joined([members, text('\r\n')]),
  'a bomb': gzipSync(new Uint8Array(3_000_000)),
};

/** Of what is cut off, a way may give out more. */
function expectSame(found: Outcome, expected: Outcome, what: string): void {
  const isCut = expected.error?.includes('cut off') === true;
  expect(found.error, what).toBe(expected.error);
  expect(found.content.startsWith(expected.content), what).toBe(true);
  if (!isCut) expect(found.content.length, what).toBe(expected.content.length);
}

describe.each(Object.entries(WAYS))('gunzipQuickly by %s', (_name, way) => {
  test.each(Object.entries(SAMPLES))('gunzipQuickly comes to the same as gunzip: %s', async (_sample, bytes) => {
    for (const size of [1000, 20_000, 1e9]) {
      const expected = await outcome(gunzip(inPieces(bytes, size)));
      expectSame(await outcome(gunzipQuickly(() => inPieces(bytes, size), way)), expected, `by ${size}`);
    }
  });

  test('gunzipQuickly comes to the same as gunzip on damaged bytes', async () => {
    for (let run = 0; run < 60; run++) {
      const bytes = mutated(run % 2 === 0 ? whole : members, random);
      const expected = await outcome(gunzip(inPieces(bytes, 5000)));
      expectSame(await outcome(gunzipQuickly(() => inPieces(bytes, 5000), way)), expected, `run ${run}`);
    }
  });
});

test('gunzip gives all bytes out before it says that their checksum is wrong, and none of what is right', async () => {
  for (const size of [300, 1e9]) {
    for (const [name, bytes] of Object.entries(SAMPLES)) {
      const { content, error } = await outcome(gunzip(inPieces(bytes, size)));
      if (name.startsWith('a checksum')) {
        expect(content.startsWith(words), `${name}, ${size}`).toBe(true);
        expect(error, `${name}, ${size}`).toMatch(/checksum/);
      } else expect(error ?? '', `${name}, ${size}`).not.toMatch(/checksum/);
    }
  }
});

const few = text(words.slice(0, 150));
const small: Readonly<Record<string, Uint8Array>> = {
  'a name in the header': named(gzipSync(few), 'traces.json'),
  'two members': joined([gzipSync(few), gzipSync(few)]),
  'stored blocks': gzipSync(few, { level: 0 }),
  'a fixed code': gzipSync(few, { strategy: constants.Z_FIXED }),
  'no content': gzipSync(''),
  'a last byte of zeros': gzipSync(new Uint8Array(258 * 4)),
};

/** With a file's name in the header, as gzip itself writes it. */
function named(member: Uint8Array, name: string): Uint8Array {
  const header = member.slice(0, 10);
  header[3] = 8;
  return joined([header, text(`${name}\0`), member.slice(10)]);
}

test.each(Object.entries(small))(
  'gunzip says of each file that is cut off that it is, with %s',
  async (name, bytes) => {
    const { content } = await outcome(gunzip(inPieces(bytes, 1e9)));
    const ends = name === 'two members' ? [bytes.length / 2, bytes.length] : [bytes.length];
    for (let length = 1; length <= bytes.length; length++) {
      const cut = bytes.slice(0, length);
      const error = ends.includes(length) ? null : 'DamagedError: the gzip data is cut off: its end is missing';
      for (const size of [1, 1e9]) {
        const found = await outcome(gunzip(inPieces(cut, size)));
        expect(found.error, `${length} bytes by ${size}`).toBe(error);
        expect(content.startsWith(found.content)).toBe(true);
      }
      const found = await outcome(gunzipQuickly(() => inPieces(cut, 100), quickGunzip));
      expect(found.error, `${length} bytes, quickly`).toBe(error);
      expect(content.startsWith(found.content)).toBe(true);
    }
  },
);

test('gunzip passes over zeros behind the last member, and says what else stands there when all was read', async () => {
  const behind = 'DamagedError: behind the end of the gzip data stands something else';
  for (const [name, bytes] of Object.entries(small)) {
    const { content } = await outcome(gunzip(inPieces(bytes, 1e9)));
    for (const size of [1, 50, 1e9]) {
      for (const zeros of [1, 3, 4, 12, 40_000]) {
        if (size === 1 && zeros > 1000) continue;
        const padded = joined([bytes, new Uint8Array(zeros)]);
        const expected = { content, error: null };
        expect(await outcome(gunzip(inPieces(padded, size))), `${name}, ${zeros} by ${size}`).toEqual(expected);
        expect(await outcome(gunzipQuickly(() => inPieces(padded, size), quickGunzip))).toEqual(expected);
        const more = joined([padded, text('x')]);
        const told = { content, error: behind };
        expect(await outcome(gunzip(inPieces(more, size))), `${name}, ${zeros} and more by ${size}`).toEqual(told);
        expect(await outcome(gunzipQuickly(() => inPieces(more, size), quickGunzip))).toEqual(told);
      }
      for (const rest of ['\n', '\r\n', 'hello trailing junk']) {
        const told = { content, error: behind };
        const more = joined([bytes, text(rest)]);
        expect(await outcome(gunzip(inPieces(more, size))), `${name}, ${rest} by ${size}`).toEqual(told);
      }
    }
  }
});

test('gunzip says rather that a checksum is wrong than that something stands behind the last member', async () => {
  for (const rest of [text('this is no gzip member'), text('\n'), new Uint8Array(600)]) {
    const bytes = joined([flipped(whole, whole.length - 7), rest]);
    for (const size of [1000, 1e9]) {
      const { content, error } = await outcome(gunzip(inPieces(bytes, size)));
      expect(content).toBe(words);
      expect(error).toMatch(/checksum/);
    }
  }
});

test('gunzipQuickly hands on what came before its source failed, and the failure', async () => {
  async function* failing(): Bytes {
    yield whole.slice(0, 30_000);
    throw new Error('the disk was pulled out');
  }
  const expected = await outcome(gunzip(failing()));
  expect(expected.error).toMatch(/pulled out/);
  for (const way of Object.values(WAYS)) {
    expect(await outcome(gunzipQuickly(failing, way))).toEqual(expected);
  }
});

test('gunzipQuickly stops reading where nobody wants more', async () => {
  const bomb = gzipSync(new Uint8Array(200_000_000));
  let taken = 0;
  let isClosed = false;
  const counted = async function* (): Bytes {
    try {
      for await (const piece of inPieces(bomb, 4096)) {
        taken += piece.length;
        yield piece;
      }
    } finally {
      isClosed = true;
    }
  };
  for await (const content of gunzipQuickly(counted, quickGunzip)) if (content.length > 0) break;
  expect(taken).toBeLessThan(bomb.length / 2);
  expect(isClosed).toBe(true);
});

const frames = joined([0, 1, 2, 3].map((i) => toZstd(text(words.slice(i * 9000, i * 9000 + 9000)))));
const zstd: Readonly<Record<string, Uint8Array>> = {
  'one frame': toZstd(text(words)),
  'four frames': frames,
  'frames as the tool writes them': joined(ZSTD_SAMPLES.map(({ base64 }) => Buffer.from(base64, 'base64'))),
  'a skippable frame between': joined([frames, skippable(300), frames]),
  'no content': toZstd(new Uint8Array()),
  'no bytes': new Uint8Array(),
  'something behind the last frame': joined([frames, text('this is no frame')]),
  'one byte behind the last frame': joined([frames, text('\n')]),
  'cut off': frames.slice(0, frames.length * 0.7),
  'cut off between two blocks': toZstd(text(words)).slice(0, -3),
  'cut off in a checksum': frames.slice(0, -2),
  'a checksum of the first of some frames that is wrong': joined([withWrongChecksum(), frames]),
};

/** RFC 8878, 3.1.2. */
function skippable(length: number): Uint8Array {
  const frame = new Uint8Array(8 + length);
  new DataView(frame.buffer).setUint32(0, 0x184d2a50, true);
  new DataView(frame.buffer).setUint32(4, length, true);
  return frame;
}

/** The tool ends its frames with a checksum. */
function withWrongChecksum(): Uint8Array {
  const frame = new Uint8Array(Buffer.from(ZSTD_SAMPLES[0]?.base64 ?? '', 'base64'));
  return flipped(frame, frame.length - 1);
}

const ourUnzstd = (bytes: Bytes): Bytes => unzstd(bytes, LIMITS.zstdWindowBytes);

const ZSTD_WAYS = { useless, shy: shy(ourUnzstd), ...(nodeUnzstd && { nodeUnzstd }) };

describe.each(Object.entries(ZSTD_WAYS))('decompressQuickly by %s', (_name, way) => {
  const quickly = (open: () => Bytes): Bytes => decompressQuickly(way(open(), LIMITS), open, ourUnzstd);

  const expectSameOf = async (bytes: Uint8Array, size: number): Promise<void> => {
    const found = await outcome(quickly(() => inPieces(bytes, size)));
    expectSame(found, await outcome(ourUnzstd(inPieces(bytes, size))), `by ${size}`);
  };

  test.each(Object.entries(zstd))('decompressQuickly comes to the same as unzstd: %s', async (_sample, bytes) => {
    for (const size of [1000, 20_000, 1e9]) await expectSameOf(bytes, size);
  });

  test('decompressQuickly comes to the same as unzstd on damaged bytes', async () => {
    const written = zstd['frames as the tool writes them'] ?? frames;
    for (let run = 0; run < 60; run++) await expectSameOf(mutated(run % 2 === 0 ? frames : written, random), 5000);
  });
});

test.skipIf(nodeUnzstd === undefined)('zstd in Node keeps no more than the limit of the window', async () => {
  const wide = ZSTD_SAMPLES.find(({ name }) => name.includes('long'));
  const bytes = Buffer.from(wide?.base64 ?? '', 'base64');
  const limits = { ...LIMITS, zstdWindowBytes: 64 << 20 };
  const { content, error } = await outcome((nodeUnzstd ?? useless)(inPieces(bytes, 1e9), limits));
  expect({ content, error }).toEqual({ content: '', error: expect.stringContaining('Frame requires too much memory') });
});

const lines = Array.from({ length: 60 }, (_, i) => text(words.slice(i * 700, i * 700 + 700)));
const blocks: Readonly<Record<string, Uint8Array>> = {
  'whole blocks': toRecords(lines.map((line) => toZstd(line))),
  'blocks of several frames': toRecords([joined(lines.slice(0, 9).map((line) => toZstd(line))), toZstd(text('end'))]),
  'a block without content': toRecords([toZstd(text('a')), toZstd(new Uint8Array()), toZstd(text('b'))]),
  'no bytes': new Uint8Array(),
  'a damaged block': toRecords(lines.map((line, i) => (i === 30 ? toZstd(line).slice(0, 20) : toZstd(line)))),
  'something behind a frame': toRecords([toZstd(text('a')), joined([toZstd(text('b')), text('x')]), toZstd(text('c'))]),
  'a checksum that is wrong': toRecords([toZstd(text('a')), toZstd(text('b'), 1), toZstd(text('c'))]),
  'cut off': toRecords(lines.map((line) => toZstd(line))).slice(0, -300),
};

/** Blocks: everything that came out with the ends of messages, what was left out, and the error at the end. */
async function blockOutcome(open: (onDamage: OnDamage) => Bytes) {
  const damage: string[] = [];
  async function* marked(bytes: Bytes): Bytes {
    for await (const part of bytes) yield part === MESSAGE_END ? text('⏎') : part;
  }
  return { ...(await outcome(marked(open(({ message }, byte) => damage.push(`${byte}: ${message}`))))), damage };
}

/** An engine that fails behind the first block. */
async function* shyOfBlocks(blocks: Bytes): Bytes {
  for await (const block of blocks) {
    const pieces: Uint8Array[] = [];
    for await (const piece of ourUnzstd(inPieces(block, 1e9))) pieces.push(piece);
    yield joined(pieces);
    throw new Error('that is all');
  }
}

const nodeBlocks = nodeDecompressors.get('zstd blocks');
const BLOCK_WAYS = { useless, shyOfBlocks, ...(nodeBlocks && { nodeBlocks }) };

test.each(
  Object.entries(BLOCK_WAYS).flatMap(([name, way]) =>
    Object.entries(blocks).map(([sample, bytes]) => [name, sample, way, bytes] as const),
  ),
)('decompressQuickly by %s comes to the same as zstdRecords: %s', async (_name, _sample, way, bytes) => {
  for (const size of [100, 1e9]) {
    const ours = (onDamage: OnDamage) => (all: Bytes) => zstdRecords(all, LIMITS.zstdWindowBytes, onDamage);
    const expected = await blockOutcome((onDamage) => ours(onDamage)(inPieces(bytes, size)));
    const found = await blockOutcome((onDamage) =>
      decompressQuickly(
        zstdRecordsBy(inPieces(bytes, size), (blocks) => way(blocks, LIMITS)),
        () => inPieces(bytes, size),
        ours(onDamage),
      ),
    );
    expect(found).toEqual(expected);
  }
});
