import type { ArchiveEntry } from './archiveEntry.ts';
import { inflateEntry } from '../inflate/inflateEntry.ts';
import { checked } from './crc32.ts';
import type { Bytes } from './readBytes.ts';

/**
 * PKWARE's APPNOTE.TXT 6.3.10: 4.3.7 local file header, 4.3.12 central directory, 4.3.16 its end, 4.4.4 flags, 4.4.5
 * methods, 4.5.3 zip64.
 */
export const LOCAL_HEADER = 0x04034b50;
export const CENTRAL_HEADER = 0x02014b50;
/** Also how a zip without files begins. */
export const END = 0x06054b50;
export const END_BYTES = 22;
export const HAS_DESCRIPTOR = 8;
/** In a field of 4 bytes: what it says has no room in it and stands in the zip64 field. */
export const FULL = 0xffffffff;
const ENCRYPTED = 1;
const ZIP64 = 1;
const STORED = 0;
const DEFLATED = 8;

const utf8 = new TextDecoder();
const latin = new TextDecoder('latin1');

/** `packed` are its bytes as they lie in the archive; the checksum may be known only when they were taken. */
export function zipEntry(
  name: string,
  flags: number,
  method: number,
  packed: Bytes,
  checksum: () => number,
): ArchiveEntry {
  if ((flags & ENCRYPTED) !== 0) return { name, problem: 'encrypted' };
  if (method === STORED) return { name, bytes: checked(packed, checksum) };
  if (method === DEFLATED) return { name, bytes: inflateEntry(packed, checksum) };
  return { name, problem: `compressed by a method that is not read (${method})` };
}

/** UTF-8 by a flag that half of all writers forget; else what computers of 1989 wrote, whose letters matter little here. */
export function toName(bytes: Uint8Array): string {
  const name = utf8.decode(bytes);
  return name.includes('\ufffd') ? latin.decode(bytes) : name;
}

/** The same sizes and places; those that are full as the zip64 field has them, one behind another, if it does. */
export function withZip64(fields: readonly number[], extra: Uint8Array): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + half(extra, at + 2)) {
    if (half(extra, at) !== ZIP64) continue;
    let next = at + 4;
    return fields.map((field) => {
      if (field !== FULL || next + 8 > extra.length) return field;
      next += 8;
      return long(extra, next - 8);
    });
  }
  return fields;
}

export function half(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}

export function word(bytes: Uint8Array, at: number): number {
  return (half(bytes, at) | (half(bytes, at + 2) << 16)) >>> 0;
}

export function long(bytes: Uint8Array, at: number): number {
  return word(bytes, at) + word(bytes, at + 4) * 2 ** 32;
}
