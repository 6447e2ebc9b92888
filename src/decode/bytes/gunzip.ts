import { Gunzip } from 'fflate';
import { DamagedError, type Bytes } from './readBytes.ts';

/** Compressed bytes that are inflated at a time. One gives at most 1,032, so no more than 17 MB stand here at once. */
const SLICE = 1 << 14;

/**
 * The bytes inside gzip (RFC 1952), of any number of members one after another (rotated files, `cat a.gz b.gz`).
 *
 * Not by the engine's DecompressionStream: in browsers it refuses a second member, everywhere it throws away what it
 * still holds when the data turns out to be cut off, and in Node it takes in a whole file before it has given out the
 * beginning, so that a bomb cannot be stopped early. fflate does none of that, at about the same speed in Node.
 */
export async function* gunzip(bytes: Bytes): Bytes {
  const inflated: Uint8Array[] = [];
  const gunzipper = new Gunzip((chunk) => inflated.push(chunk));
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      // fflate keeps what it is given, and a source may use its buffer again.
      const damage = push(gunzipper, chunk.slice(at, at + SLICE), false);
      yield* inflated.splice(0);
      if (damage !== null) throw damage;
    }
  }
  const damage = push(gunzipper, new Uint8Array(), true);
  yield* inflated.splice(0);
  if (damage !== null) throw damage;
}

function push(gunzipper: Gunzip, chunk: Uint8Array, isLast: boolean): DamagedError | null {
  try {
    gunzipper.push(chunk, isLast);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return new DamagedError(`the gzip data is damaged or cut off (${reason})`);
  }
}
