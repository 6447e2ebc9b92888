import { Gunzip, Inflate } from 'fflate';
import { Crc32 } from './crc32.ts';
import { GzipChecksums } from './gzipChecksums.ts';
import { DamagedError, type Bytes } from './readBytes.ts';

/** Compressed bytes that are inflated at a time. One gives at most 1,032, so no more than 17 MB stand here at once. */
const SLICE = 1 << 14;

/**
 * The bytes inside gzip (RFC 1952), of any number of members one after another (rotated files, `cat a.gz b.gz`).
 *
 * What it makes of bad bytes is what Hopline makes of them; where bytes are good, the engine's own way is faster
 * (nativeGunzip.ts). That refuses a second member in browsers, and everywhere it throws away what it still holds when the
 * data turns out to be cut off.
 */
export async function* gunzip(bytes: Bytes): Bytes {
  const checksums = new GzipChecksums();
  let crc = new Crc32();
  const open = (take: (chunk: Uint8Array) => void): Inflater => {
    const gunzip = new Gunzip((chunk) => {
      crc.add(chunk);
      take(chunk);
    });
    gunzip.onmember = (start) => {
      checksums.end(crc.value, start);
      crc = new Crc32();
    };
    return gunzip;
  };
  yield* inflated(checksums.seen(bytes), open, 'gzip');
  checksums.endLast(crc.value);
}

/** The bytes inside a bare deflate stream (RFC 1951): a file of a zip archive. */
export function inflate(bytes: Bytes): Bytes {
  return inflated(bytes, (take) => new Inflate(take), 'deflated');
}

type Inflater = Pick<Inflate, 'push'>;

async function* inflated(bytes: Bytes, open: (take: (chunk: Uint8Array) => void) => Inflater, what: string): Bytes {
  const found: Uint8Array[] = [];
  const inflater = open((chunk) => found.push(chunk));
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      // fflate keeps what it is given, and a source may use its buffer again.
      const damage = push(inflater, chunk.slice(at, at + SLICE), false, what);
      yield* found.splice(0);
      if (damage !== null) throw damage;
    }
  }
  const damage = push(inflater, new Uint8Array(), true, what);
  yield* found.splice(0);
  if (damage !== null) throw damage;
}

function push(inflater: Inflater, chunk: Uint8Array, isLast: boolean, what: string): DamagedError | null {
  try {
    inflater.push(chunk, isLast);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return new DamagedError(`the ${what} data is damaged or cut off (${reason})`);
  }
}
