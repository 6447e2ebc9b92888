import { DamagedError, type Bytes } from './readBytes.ts';

/** A file in an archive, or why it cannot be read: "encrypted". The name is text, never a path. */
export type ArchiveEntry =
  | { readonly name: string; readonly bytes: Bytes }
  | { readonly name: string; readonly problem: string };

/** The bytes end where an entry does, without what ends an archive: there may have been more entries. */
export class NoEndError extends DamagedError {
  constructor() {
    super('the end of the archive is missing');
  }
}
