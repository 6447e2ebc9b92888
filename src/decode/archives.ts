import type { ArchiveEntry } from './bytes/archiveEntry.ts';
import { isTar, tarEntries } from './bytes/tar.ts';
import type { Bytes } from './bytes/readBytes.ts';
import { isZip, zipEntries } from './bytes/zip.ts';
import { listedZipEntries, type ReadPart } from './bytes/zipDirectory.ts';

/** Bytes around many files, each of which is a source of its own. */
export interface Archive {
  readonly name: string;
  matches(head: Uint8Array): boolean;
  /** An entry's bytes are to be taken before the next entry is asked for. Throws DamagedError, behind what came before. */
  entries(bytes: Bytes): AsyncIterable<ArchiveEntry>;
  /** The same by a list of the files, where any part of the bytes can be read. Null where there is none to rely on. */
  listed?(read: ReadPart, size: number): Promise<AsyncIterable<ArchiveEntry> | null>;
}

export const ARCHIVES: readonly Archive[] = [
  { name: 'zip', matches: isZip, entries: zipEntries, listed: listedZipEntries },
  { name: 'tar', matches: isTar, entries: tarEntries },
];

/** Folders, hidden files, and what macOS puts beside the files: nobody means these. */
export function isPassedOver(name: string): boolean {
  return name.endsWith('/') || name.split('/').some((part) => part === '__MACOSX' || /^\.[^./]/.test(part));
}
