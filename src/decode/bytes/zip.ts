import type { ArchiveEntry } from './archiveEntry.ts';
import { ByteReader, Section } from './byteReader.ts';
import { DamagedError, type Bytes } from './readBytes.ts';
import {
  CENTRAL_HEADER,
  END,
  END_BYTES,
  FULL,
  half,
  HAS_DESCRIPTOR,
  LOCAL_HEADER,
  long,
  toName,
  withZip64,
  word,
  zipEntry,
} from './zipParts.ts';

const DESCRIPTOR = 0x08074b50;
/** Of a local header behind its signature. */
const HEADER_BYTES = 26;
/** Before a place that may be a descriptor's end, and behind it: what telling takes. */
const BEFORE = 20;
const BEHIND = 26;

export function isZip(head: Uint8Array): boolean {
  const signature = word(head, 0);
  return (head.length >= 30 && signature === LOCAL_HEADER) || (head.length >= END_BYTES && signature === END);
}

/**
 * The files in a zip, from its beginning to its end, for bytes that can be read but once: the directory at the end is
 * not needed (with it: zipDirectory.ts).
 *
 *     PK34 header a.json │ deflated │ PK34 header b.json │ deflated │ PK78 descriptor │ PK12 directory …
 *
 * Where the sizes were not known when the header was written, they stand behind the content in a descriptor. It is
 * found by its signature, or that of what follows, and by its size being just the number of bytes before it.
 * An entry's bytes are to be taken before the next entry is asked for.
 */
export async function* zipEntries(bytes: Bytes): AsyncGenerator<ArchiveEntry> {
  const reader = new ByteReader(bytes);
  let name = '';
  try {
    for (;;) {
      const signature = await reader.exactly(4);
      if (signature === null) throw new DamagedError('the archive is cut off');
      if (word(signature, 0) !== LOCAL_HEADER) {
        // The directory, or what may stand before it: all begin with PK.
        if (signature[0] === 0x50 && signature[1] === 0x4b) return await reader.skipAll();
        throw new DamagedError(
          `behind “${name.slice(0, 200)}” stands no file: the size that is given for it may be wrong`,
        );
      }
      const header = await part(reader, HEADER_BYTES);
      const flags = half(header, 2);
      name = toName(await part(reader, half(header, 22)));
      const extra = await part(reader, half(header, 24));
      const content =
        (flags & HAS_DESCRIPTOR) === 0
          ? new SizedSection(reader, sizeIn(header, extra), word(header, 10))
          : new DescribedSection(reader);
      yield zipEntry(name, flags, half(header, 4), content.bytes(), () => content.checksum);
      await content.skip();
    }
  } finally {
    await reader.close();
  }
}

async function part(reader: ByteReader, length: number): Promise<Uint8Array> {
  const bytes = length === 0 ? new Uint8Array() : await reader.exactly(length);
  if (bytes === null) throw new DamagedError('the archive is cut off');
  return bytes;
}

/** The size as it lies in the archive. */
function sizeIn(header: Uint8Array, extra: Uint8Array): number {
  const [, size] = withZip64([word(header, 18), word(header, 14)], extra);
  if (size === FULL) throw new DamagedError('a header of the zip archive is damaged');
  return size;
}

/** A content whose size and checksum stand before it. */
class SizedSection extends Section {
  readonly checksum: number;

  constructor(reader: ByteReader, length: number, checksum: number) {
    super(reader, length);
    this.checksum = checksum;
  }
}

/** A content whose size and checksum stand behind it. */
class DescribedSection {
  /** Known when all bytes were taken. */
  checksum = 0;
  readonly #reader: ByteReader;
  #kept: Uint8Array = new Uint8Array();
  #count = 0;
  #isAtEnd = false;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  async *bytes(): Bytes {
    while (!this.#isAtEnd) {
      const chunk = await this.#reader.some(Number.POSITIVE_INFINITY);
      if (chunk === null) throw new DamagedError('the archive is cut off');
      const bytes = new Uint8Array(this.#kept.length + chunk.length);
      bytes.set(this.#kept);
      bytes.set(chunk, this.#kept.length);
      const found = findDescriptor(bytes, this.#count);
      const end = found?.end ?? Math.max(0, bytes.length - BEFORE - BEHIND);
      this.#count += end;
      this.#kept = bytes.slice(end);
      if (found !== null) {
        this.#isAtEnd = true;
        this.checksum = found.checksum;
        this.#reader.giveBack(bytes.subarray(found.next));
      }
      if (end > 0) yield bytes.subarray(0, end);
    }
  }

  async skip(): Promise<void> {
    for await (const content of this.bytes()) void content;
  }
}

interface Described {
  readonly end: number;
  readonly checksum: number;
  readonly next: number;
}

/**
 * Where the content ends and what comes behind its descriptor begins; `count` bytes of the content came before.
 *
 *     … content │ [PK78] crc · size · size │ PK34 or PK12        the sizes have 4 bytes each, or 8 (zip64)
 */
function findDescriptor(bytes: Uint8Array, count: number): Described | null {
  for (let at = bytes.indexOf(0x50); at >= 0 && at + BEHIND <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    const signature = word(bytes, at);
    if (signature === DESCRIPTOR) {
      const size = count + at;
      const checksum = word(bytes, at + 4);
      if (word(bytes, at + 8) === size && isNext(bytes, at + 16)) return { end: at, checksum, next: at + 16 };
      if (long(bytes, at + 8) === size && isNext(bytes, at + 24)) return { end: at, checksum, next: at + 24 };
    } else if (signature === LOCAL_HEADER || signature === CENTRAL_HEADER) {
      const [end, end64] = [at - 12, at - 20];
      if (end >= 0 && word(bytes, end + 4) === count + end) return { end, checksum: word(bytes, end), next: at };
      if (end64 >= 0 && long(bytes, end64 + 4) === count + end64)
        return { end: end64, checksum: word(bytes, end64), next: at };
    }
  }
  return null;
}

function isNext(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x50 && bytes[at + 1] === 0x4b;
}
