import { ByteReader } from '../bytes/byteReader.ts';
import { checked } from '../bytes/crc32.ts';
import { ChecksumError, type Bytes } from '../bytes/readBytes.ts';
import { fflateInflate } from './fflate.ts';
import { loadInflater } from './inflater.ts';

/**
 * The bytes inside a bare deflate stream (RFC 1951): a file of a zip archive. It says itself where it ends, and what
 * stands behind that is passed over. `checksum` is asked for when everything was given out.
 */
export async function* inflateEntry(packed: Bytes, checksum: () => number): Bytes {
  const inflater = await loadInflater();
  if (inflater === null) return yield* checked(fflateInflate(packed), checksum);
  const reader = new ByteReader(packed);
  try {
    for await (const content of inflater.inflate(reader, 'deflated')) yield content.slice();
    if (inflater.crc32 !== checksum()) throw new ChecksumError('CRC-32');
  } finally {
    inflater.release();
    await reader.close();
  }
}
