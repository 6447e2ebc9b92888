import type { Bytes } from './readBytes.ts';

/** A file in an archive, or why it cannot be read: "encrypted". The name is text, never a path. */
export type ArchiveEntry =
  | { readonly name: string; readonly bytes: Bytes }
  | { readonly name: string; readonly problem: string };
