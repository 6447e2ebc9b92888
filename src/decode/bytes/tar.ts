import { NoEndError, type ArchiveEntry } from './archiveEntry.ts';
import { ByteReader, Section } from './byteReader.ts';
import { DamagedError, type Bytes } from './readBytes.ts';

const BLOCK = 512;
/** Longer names say nothing more to a person. */
const LONGEST_EXTENSION = 1 << 16;
const decoder = new TextDecoder();

/** Where the fields of a header stand (POSIX.1-2017, pax: ustar interchange format). */
const NAME = [0, 100] as const;
const SIZE = [124, 12] as const;
const CHECKSUM = [148, 8] as const;
const TYPE = 156;
const MAGIC = [257, 5] as const;
const PREFIX = [345, 155] as const;

/** What an entry says of the one behind it. */
interface Extended {
  readonly name?: string;
  readonly size?: number;
  readonly isSparse?: boolean;
}

/** The checksum tells: not every tar has the word `ustar` in it, and text may have it anywhere. */
export function isTar(head: Uint8Array): boolean {
  return head.length >= BLOCK && head[0] !== 0 && hasChecksum(head.subarray(0, BLOCK));
}

/**
 * The files in a tar: a header of 512 bytes before each, its content filled up to whole blocks.
 *
 *     header a.json │ content ⋯ 0 │ header x: path=very/long.json │ content │ header │ content ⋯ 0 │ zeros
 *
 * The name may stand in an entry of its own before the file's: `x` of pax, `L` of GNU. Folders, links and devices have
 * no content and are passed over. An entry's bytes are to be taken before the next entry is asked for.
 */
export async function* tarEntries(bytes: Bytes): AsyncGenerator<ArchiveEntry> {
  const reader = new ByteReader(bytes);
  let extended: Extended = {};
  try {
    for (;;) {
      const header = await reader.exactly(BLOCK);
      if (header === null) throw new NoEndError();
      if (header.every((byte) => byte === 0)) return await reader.skipAll();
      if (!hasChecksum(header)) throw new DamagedError('a header of the tar archive is damaged');
      const type = String.fromCharCode(header[TYPE]);
      const own = numberAt(header, SIZE);
      if (type === 'x' || type === 'L') {
        const text = await extension(reader, own);
        extended = type === 'x' ? { ...extended, ...paxFields(text) } : { ...extended, name: untilZero(text) };
        await new Section(reader, -own & (BLOCK - 1)).skip();
        continue;
      }
      const size = extended.size ?? own;
      const content = new Section(reader, size);
      const name = extended.name ?? ownName(header);
      if (type === 'S' || extended.isSparse === true) yield { name, problem: 'a sparse file' };
      else if (type === '0' || type === '\0' || type === '7') yield { name, bytes: content.bytes() };
      if (type !== 'g' && type !== 'K') extended = {};
      await content.skip();
      await new Section(reader, (BLOCK - (size % BLOCK)) % BLOCK).skip();
    }
  } finally {
    await reader.close();
  }
}

async function extension(reader: ByteReader, size: number): Promise<Uint8Array> {
  if (size > LONGEST_EXTENSION) throw new DamagedError('a header of the tar archive is too long');
  const bytes = size === 0 ? new Uint8Array() : await reader.exactly(size);
  if (bytes === null) throw new DamagedError('the archive is cut off');
  return bytes;
}

/** `25 path=folder/trace.json⏎`: the length of the line in bytes, then a key and its value. */
function paxFields(bytes: Uint8Array): Extended {
  const fields: { -readonly [Key in keyof Extended]: Extended[Key] } = {};
  for (let at = 0; at < bytes.length;) {
    const [digits = ''] = /^\d+/.exec(decoder.decode(bytes.subarray(at, at + 8))) ?? [];
    const length = Number(digits);
    if (length <= digits.length) break;
    const [key, ...rest] = decoder.decode(bytes.subarray(at + digits.length + 1, at + length - 1)).split('=');
    const value = rest.join('=');
    if (key === 'path') fields.name ??= value;
    // GNU tar's way to keep holes beside those of its own: `path` is a placeholder, the content begins with a map.
    if (key.startsWith('GNU.sparse.')) fields.isSparse = true;
    if (key === 'GNU.sparse.name') fields.name = value;
    if (key === 'size' && /^\d{1,15}$/.test(value)) fields.size = Number(value);
    at += length;
  }
  return fields;
}

function ownName(header: Uint8Array): string {
  const name = untilZero(field(header, NAME));
  const prefix =
    untilZero(field(header, MAGIC)) === 'ustar' && header[262] === 0 ? untilZero(field(header, PREFIX)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal digits; or, where the first bit is set, a big-endian number (GNU and star, for sizes from 8 GiB on). */
function numberAt(header: Uint8Array, place: readonly [at: number, length: number]): number {
  const bytes = field(header, place);
  if ((bytes[0] & 0x80) === 0) return octal(bytes);
  const value = bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(value)) throw new DamagedError('a header of the tar archive is damaged');
  return value;
}

function octal(bytes: Uint8Array): number {
  return Number.parseInt(untilZero(bytes).trim() || '0', 8) || 0;
}

/** The sum of all bytes, with blanks for those of the sum itself. Any bytes may be asked: this is how a tar is told. */
function hasChecksum(header: Uint8Array): boolean {
  const [at, length] = CHECKSUM;
  let sum = length * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < at || i >= at + length) sum += header[i];
  return octal(field(header, CHECKSUM)) === sum;
}

function field(header: Uint8Array, [at, length]: readonly [at: number, length: number]): Uint8Array {
  return header.subarray(at, at + length);
}

function untilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
