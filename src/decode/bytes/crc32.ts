import { ChecksumError, type Bytes } from './readBytes.ts';

/**
 * CRC-32 as gzip and zip have it (RFC 1952, 8), eight bytes a step by eight tables, three times as fast as one by one:
 *
 *     "123456789"   →   cbf43926
 *
 * A byte's way through the register is a look into a table; eight bytes behind one another are eight looks that do not
 * wait for one another, since the register is linear: what they change in it is the exclusive or of what each changes.
 */
const POLYNOMIAL = 0xedb88320;
const STEP = 8;

/** At 256 · n + byte: what a byte makes of the register when n more bytes of zero have followed it. */
const TABLES = tables();

export class Crc32 {
  #register = ~0;

  add(bytes: Uint8Array): void {
    let crc = this.#register;
    let i = 0;
    for (const last = bytes.length - STEP; i <= last; i += STEP) {
      crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
      crc =
        TABLES[1792 + (crc & 255)] ^
        TABLES[1536 + ((crc >>> 8) & 255)] ^
        TABLES[1280 + ((crc >>> 16) & 255)] ^
        TABLES[1024 + (crc >>> 24)] ^
        TABLES[768 + bytes[i + 4]] ^
        TABLES[512 + bytes[i + 5]] ^
        TABLES[256 + bytes[i + 6]] ^
        TABLES[bytes[i + 7]];
    }
    for (; i < bytes.length; i++) crc = TABLES[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
    this.#register = crc;
  }

  /** Of all that was added. */
  get value(): number {
    return ~this.#register >>> 0;
  }
}

/** The same bytes; behind them a ChecksumError, where they are not those of the checksum, which may be known only then. */
export async function* checked(bytes: Bytes, checksum: () => number): Bytes {
  const crc = new Crc32();
  for await (const chunk of bytes) {
    crc.add(chunk);
    yield chunk;
  }
  if (crc.value !== checksum()) throw new ChecksumError('CRC-32');
}

function tables(): Int32Array {
  const all = new Int32Array(STEP * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1 ? POLYNOMIAL : 0) ^ (crc >>> 1);
    all[byte] = crc;
  }
  for (let i = 256; i < all.length; i++) all[i] = all[all[i - 256] & 255] ^ (all[i - 256] >>> 8);
  return all;
}
