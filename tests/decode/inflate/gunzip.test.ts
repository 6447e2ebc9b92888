import { constants, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../src/decode/bytes/readBytes.ts';
import { fflateGunzip } from '../../../src/decode/inflate/fflate.ts';
import { gunzip } from '../../../src/decode/inflate/gunzip.ts';
import { mutated, randomNumbers } from '../../helpers/mutations.ts';
import { joined, text } from '../../helpers/otlpEncodings.ts';

/** By WebAssembly, and where there is none. */
const WAYS = { gunzip, fflateGunzip };

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

const DAMAGED = /^DamagedError: the gzip data is (damaged|cut off)/;

test.each(Object.entries(SAMPLES))('gunzip comes to the same as fflateGunzip: %s', async (_sample, bytes) => {
  for (const size of [1000, 20_000, 1e9]) {
    const found = await outcome(gunzip(inPieces(bytes, size)));
    const expected = await outcome(fflateGunzip(inPieces(bytes, size)));
    expect(found.error).toBe(expected.error);
    // Of what is cut off, it gives out more.
    expect(found.content.startsWith(expected.content)).toBe(true);
    if (!DAMAGED.test(expected.error ?? '')) expect(found.content.length).toBe(expected.content.length);
  }
});

test('gunzip takes for damaged what fflateGunzip takes for damaged, and gives out as much of it', async () => {
  for (let run = 0; run < 100; run++) {
    const bytes = mutated(run % 2 === 0 ? whole : members, random);
    const found = await outcome(gunzip(inPieces(bytes, 5000)));
    const expected = await outcome(fflateGunzip(inPieces(bytes, 5000)));
    if (DAMAGED.test(expected.error ?? '')) expect(found.error, `run ${run}`).toMatch(DAMAGED);
    else expect(found.error, `run ${run}`).toBe(expected.error);
    // Of the last bytes it takes up to three symbols at once, or none.
    const content = expected.content.slice(0, -2);
    expect(found.content.startsWith(content), `run ${run}`).toBe(true);
  }
});

describe.each(Object.entries(WAYS))('%s', (_way, gunzip) => {
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
          const more = joined([padded, text('x')]);
          const told = { content, error: behind };
          expect(await outcome(gunzip(inPieces(more, size))), `${name}, ${zeros} and more by ${size}`).toEqual(told);
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

  test('gunzip hands on what came before its source failed, and the failure', async () => {
    async function* failing(): Bytes {
      yield whole.slice(0, 30_000);
      throw new Error('the disk was pulled out');
    }
    const { content, error } = await outcome(gunzip(failing()));
    expect(error).toMatch(/pulled out/);
    expect(content.length).toBeGreaterThan(30_000);
    expect(words.startsWith(content)).toBe(true);
  });

  test('gunzip stops reading where nobody wants more', async () => {
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
    for await (const content of gunzip(counted())) if (content.length > 0) break;
    expect(taken).toBeLessThan(bomb.length / 2);
    expect(isClosed).toBe(true);
  });
});
