import { Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate';
import { joined, text } from './otlpEncodings.ts';

export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A tar of the year 1988: no name is longer than 100 bytes. */
export function toTar(files: readonly (ArchivedFile & { readonly type?: string })[]): Uint8Array {
  const blocks = files.flatMap(({ name, bytes, type }) => [tarHeader(name, bytes.length, type), filled(bytes)]);
  return joined([...blocks, new Uint8Array(1024)]);
}

/** With each name in an extended header of its own, as POSIX has it. */
export function toPaxTar(files: readonly ArchivedFile[]): Uint8Array {
  return toTar(
    files.flatMap(({ name, bytes }) => [
      { name: 'PaxHeader', bytes: text(paxRecord('mtime', '1760000000.5') + paxRecord('path', name)), type: 'x' },
      { name: 'short', bytes },
    ]),
  );
}

/** With each name in an entry of its own, as GNU has it. */
export function toGnuTar(files: readonly ArchivedFile[]): Uint8Array {
  return toTar(
    files.flatMap(({ name, bytes }) => [
      { name: '././@LongLink', bytes: text(`${name}\0`), type: 'L' },
      { name: 'short', bytes },
    ]),
  );
}

/** With sizes in front of the contents. */
export function toZip(files: readonly ArchivedFile[], level: 0 | 6 = 6): Uint8Array {
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level });
}

/** As it is written to a pipe: sizes behind the contents. */
export function toStreamedZip(files: readonly ArchivedFile[], level: 0 | 6 = 6): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((_, piece) => pieces.push(piece));
  for (const { name, bytes } of files) {
    const file = level === 0 ? new ZipPassThrough(name) : new ZipDeflate(name);
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return joined(pieces);
}

function tarHeader(name: string, size: number, type = '0'): Uint8Array {
  const header = new Uint8Array(512);
  const put = (at: number, field: string): void => header.set(text(field), at);
  put(0, name);
  put(124, size.toString(8).padStart(11, '0'));
  put(148, ' '.repeat(8));
  put(156, type);
  put(257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

export function paxRecord(key: string, value: string): string {
  const rest = text(` ${key}=${value}\n`).length;
  let length = rest + 1;
  while (`${length}`.length + rest !== length) length++;
  return `${length} ${key}=${value}\n`;
}

function filled(bytes: Uint8Array): Uint8Array {
  const blocks = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  blocks.set(bytes);
  return blocks;
}
