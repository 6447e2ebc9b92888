import { ByteReader } from '../bytes/byteReader.ts';
import type { QuickDecompressors } from '../bytes/quickDecompress.ts';
import { BytesBehindError, ChecksumError, DamagedError, type Bytes } from '../bytes/readBytes.ts';
import { loadInflater } from './inflater.ts';

/** RFC 1952, 2.3. */
const HEADER_BYTES = 10;
const DEFLATE = 8;
const Flag = { headerChecksum: 2, extra: 4, name: 8, comment: 16 };
const KNOWN_FLAGS = 31;

/**
 * The bytes inside gzip (RFC 1952), of any number of members, as `gunzip` has them. A piece is good until the next is
 * asked for. Throws where anything is not as it should be, and where there is no WebAssembly.
 */
export async function* quickGunzip(bytes: Bytes): Bytes {
  const inflater = await loadInflater();
  if (inflater === null) throw new Error('there is no WebAssembly');
  const reader = new ByteReader(bytes);
  try {
    await passHeader(reader);
    do {
      let length = 0;
      for await (const content of inflater.inflate(reader)) {
        length += content.length;
        yield content;
      }
      const trailer = await exactly(reader, 8);
      const view = new DataView(trailer.buffer);
      if (view.getUint32(0, true) !== inflater.crc32 || view.getUint32(4, true) !== length % 2 ** 32) {
        throw new ChecksumError('CRC-32');
      }
    } while (await isAnotherBehind(reader));
  } finally {
    inflater.release();
    await reader.close();
  }
}

/** What works wherever there is WebAssembly, and what an engine has of its own. */
export function quickDecompressors(native: QuickDecompressors = new Map()): QuickDecompressors {
  return new Map([['gzip', quickGunzip], ...native]);
}

/** A member's beginning, up to the deflated bytes. */
async function passHeader(reader: ByteReader): Promise<void> {
  const [first, second, method, flags] = await exactly(reader, HEADER_BYTES);
  if (first !== 0x1f || second !== 0x8b || method !== DEFLATE || flags > KNOWN_FLAGS) throw new DamagedError('no gzip');
  if ((flags & Flag.extra) !== 0) {
    const [low, high] = await exactly(reader, 2);
    await exactly(reader, low + high * 256);
  }
  if ((flags & Flag.name) !== 0) await passText(reader);
  if ((flags & Flag.comment) !== 0) await passText(reader);
  if ((flags & Flag.headerChecksum) !== 0) await exactly(reader, 2);
}

async function passText(reader: ByteReader): Promise<void> {
  while ((await exactly(reader, 1))[0] !== 0);
}

/** As gzip does, zeros behind the last member are passed over. */
async function isAnotherBehind(reader: ByteReader): Promise<boolean> {
  const first = await reader.some(1);
  if (first === null) return false;
  if (first[0] !== 0) {
    reader.giveBack(first);
    await passHeader(reader);
    return true;
  }
  for (;;) {
    const zeros = await reader.some(Number.POSITIVE_INFINITY);
    if (zeros === null) return false;
    if (zeros.some((byte) => byte !== 0)) throw new BytesBehindError('gzip');
  }
}

async function exactly(reader: ByteReader, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = length === 0 ? new Uint8Array() : await reader.exactly(length);
  if (bytes === null) throw new DamagedError('the gzip data is cut off');
  return bytes;
}
