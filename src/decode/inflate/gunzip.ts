import { ByteReader } from '../bytes/byteReader.ts';
import { BytesBehindError, ChecksumError, DamagedError, type Bytes } from '../bytes/readBytes.ts';
import { CUT_OFF, fflateGunzip } from './fflate.ts';
import { loadInflater } from './inflater.ts';

/** RFC 1952, 2.3, behind the two bytes that say that it is gzip. */
const HEADER_BYTES = 8;
const DEFLATE = 8;
const Flag = { headerChecksum: 2, extra: 4, name: 8, comment: 16 };
const TRAILER_BYTES = 8;

/**
 * The bytes inside gzip (RFC 1952), of any number of members one after another (rotated files, `cat a.gz b.gz`). As gzip
 * does, it passes over zeros behind the last one (padding of tapes and blocks); a BytesBehindError tells of anything else,
 * and a ChecksumError, when all was read, of a member that is not what its checksum says. A piece is good until the next
 * is asked for.
 */
export async function* gunzip(bytes: Bytes): Bytes {
  const inflater = await loadInflater();
  if (inflater === null) return yield* fflateGunzip(bytes);
  const reader = new ByteReader(bytes);
  let damage: ChecksumError | null = null;
  try {
    for (let isFirst = true; await isMemberNext(reader, isFirst, damage); isFirst = false) {
      await passHeader(reader);
      yield* inflater.inflate(reader, 'gzip');
      const trailer = new DataView((await exactly(reader, TRAILER_BYTES)).buffer);
      // Its checksum says more than the length behind it, which counts to 4 GB.
      const isRight = trailer.getUint32(0, true) === inflater.crc32;
      if (!isRight) damage ??= new ChecksumError('CRC-32');
    }
    if (damage !== null) throw damage;
  } finally {
    inflater.release();
    await reader.close();
  }
}

/** False at the end. */
async function isMemberNext(reader: ByteReader, isFirst: boolean, damage: ChecksumError | null): Promise<boolean> {
  const first = await reader.some(1);
  if (first === null) return false;
  if (first[0] === 0x1f && (await exactly(reader, 1))[0] === 0x8b) return true;
  if (isFirst) throw new DamagedError('the gzip data is damaged');
  for (let rest: Uint8Array | null = first; rest !== null; rest = await reader.some(Number.POSITIVE_INFINITY)) {
    if (rest.some((byte) => byte !== 0)) throw damage ?? new BytesBehindError('gzip');
  }
  return false;
}

async function passHeader(reader: ByteReader): Promise<void> {
  const [method, flags] = await exactly(reader, HEADER_BYTES);
  if (method !== DEFLATE) throw new DamagedError('the gzip data is damaged');
  if ((flags & Flag.extra) !== 0) {
    const [low, high] = await exactly(reader, 2);
    await exactly(reader, low + high * 256);
  }
  if ((flags & Flag.name) !== 0) await passText(reader);
  if ((flags & Flag.comment) !== 0) await passText(reader);
  if ((flags & Flag.headerChecksum) !== 0) await exactly(reader, 2);
}

async function passText(reader: ByteReader): Promise<void> {
  for (;;) {
    const part = await reader.some(Number.POSITIVE_INFINITY);
    if (part === null) throw new DamagedError(CUT_OFF);
    const end = part.indexOf(0);
    if (end >= 0) return reader.giveBack(part.subarray(end + 1));
  }
}

async function exactly(reader: ByteReader, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = length === 0 ? new Uint8Array() : await reader.exactly(length, CUT_OFF);
  if (bytes === null) throw new DamagedError(CUT_OFF);
  return bytes;
}
