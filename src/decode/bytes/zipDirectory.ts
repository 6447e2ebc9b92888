import type { ArchiveEntry } from './archiveEntry.ts';
import type { Bytes } from './readBytes.ts';
import {
  CENTRAL_HEADER,
  END,
  END_BYTES,
  FULL,
  half,
  LOCAL_HEADER,
  long,
  toName,
  withZip64,
  word,
  zipEntry,
} from './zipParts.ts';

const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const END64_LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
/** Its length is a number of 16 bits. */
const LONGEST_COMMENT = 0xffff;
/** Of 100,000 files; a longer one is not read, but the archive from front to back. */
const LARGEST_DIRECTORY = 1 << 24;
/** Bytes of a content that are read at a time. */
const PIECE = 1 << 20;

/** The bytes `[start, end)` of a file, fewer where it ends before. */
export type ReadPart = (start: number, end: number) => Promise<Uint8Array>;

/** What the directory says of a file. */
interface Listed {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  /** As it lies in the archive. */
  readonly size: number;
  /** Where its local header is. */
  readonly place: number;
}

/**
 * The files in a zip as the directory at its end has them, in the order in which they lie there. Each is found for
 * itself, so what is wrong about one loses nothing of the others:
 *
 *     PK34 header a.json │ … │ PK34 header b.json │ … │ PK12 a.json 0 │ PK12 b.json 812 │ PK56 directory at 1520
 *     ▲───────────────────────────────────────────────────────────┘ ▲──────────────────────────┘
 *
 * Null where there is no directory that is whole: the archive is cut off, perhaps.
 */
export async function listedZipEntries(read: ReadPart, size: number): Promise<AsyncIterable<ArchiveEntry> | null> {
  const directory = await directoryIn(read, size);
  if (directory === null) return null;
  const { start, end } = directory;
  if (start >= end || end > size || end - start > LARGEST_DIRECTORY) return null;
  const files = filesIn(await read(start, end));
  return files && entries(files, start, read);
}

async function* entries(files: readonly Listed[], limit: number, read: ReadPart): AsyncGenerator<ArchiveEntry> {
  for (const { name, flags, method, checksum, size, place } of files) {
    const header = await read(place, place + LOCAL_HEADER_BYTES);
    if (header.length < LOCAL_HEADER_BYTES || word(header, 0) !== LOCAL_HEADER) {
      yield { name, problem: 'not where the directory of the zip archive has it' };
      continue;
    }
    const start = place + LOCAL_HEADER_BYTES + half(header, 26) + half(header, 28);
    const packed = inPieces(read, start, Math.min(start + size, limit));
    yield zipEntry(name, flags, method, packed, () => checksum);
  }
}

async function* inPieces(read: ReadPart, start: number, end: number): Bytes {
  for (let at = start; at < end; at += PIECE) yield await read(at, Math.min(at + PIECE, end));
}

/** Where the directory is. Behind its end may stand a comment, of any text but just as long as the end says. */
async function directoryIn(read: ReadPart, size: number): Promise<{ start: number; end: number } | null> {
  const from = Math.max(0, size - END_BYTES - LONGEST_COMMENT - END64_LOCATOR_BYTES);
  const tail = await read(from, size);
  let at = tail.length - END_BYTES;
  while (at >= 0 && (word(tail, at) !== END || at + END_BYTES + half(tail, at + 20) !== tail.length)) at--;
  if (at < 0) return null;
  const [length, start] = [word(tail, at + 12), word(tail, at + 16)];
  const locator = at - END64_LOCATOR_BYTES;
  if ((length !== FULL && start !== FULL) || locator < 0 || word(tail, locator) !== END64_LOCATOR)
    return { start, end: start + length };
  const place = long(tail, locator + 8);
  const end64 = await read(place, place + END64_BYTES);
  if (end64.length < END64_BYTES || word(end64, 0) !== END64) return null;
  const start64 = long(end64, 48);
  return { start: start64, end: start64 + long(end64, 40) };
}

/** Null where one header does not follow on another. */
function filesIn(directory: Uint8Array): readonly Listed[] | null {
  const files: Listed[] = [];
  let at = 0;
  while (at + CENTRAL_HEADER_BYTES <= directory.length && word(directory, at) === CENTRAL_HEADER) {
    const name = at + CENTRAL_HEADER_BYTES;
    const extra = name + half(directory, at + 28);
    const comment = extra + half(directory, at + 30);
    const fields = [word(directory, at + 24), word(directory, at + 20), word(directory, at + 42)];
    const [, size, place] = withZip64(fields, directory.subarray(extra, comment));
    files.push({
      name: toName(directory.subarray(name, extra)),
      flags: half(directory, at + 8),
      method: half(directory, at + 10),
      checksum: word(directory, at + 16),
      size,
      place,
    });
    at = comment + half(directory, at + 32);
  }
  return at === directory.length ? files.toSorted((a, b) => a.place - b.place) : null;
}
