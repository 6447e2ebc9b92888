import type { Limits } from '../../config/limits.ts';
import { BytesBehindError, ChecksumError, DamagedError, type Checksum } from '../bytes/readBytes.ts';

/** A compressed file, for a worker that reads it and hands on what is inside. */
export interface PackedFile {
  /** Name of one of CONTAINERS. */
  readonly container: string;
  /** See `SourceFile`. */
  readonly place: unknown;
  readonly size: number;
  readonly limits: Limits;
}

/** A file that is being unpacked elsewhere. */
export interface Unpacking {
  /** The next part; null where nobody unpacks any more. */
  next(): Promise<Unpacked | null>;
  /** A part is not looked at any more. */
  giveBack(part: Unpacked): void;
  end(): void;
}

/** A buffer that content came in, to be filled again. */
export interface Emptied {
  readonly emptied: ArrayBuffer;
}

/**
 * A part of the content, and what stands between its bytes:
 *
 *     content   0a … 0a …│0a … ✗ 0a …│          marks    │ a message ends, as the framing says    ✗ a record was left out
 */
export interface Unpacked {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly marks: readonly Mark[];
  /** Bytes of the file that were taken in by then. */
  readonly taken: number;
  /** Null where more is to come. */
  readonly end: UnpackedEnd | null;
}

export interface Mark {
  /** In `content`. */
  readonly at: number;
  /** What is wrong with the block that was left out here; null where a message ends. */
  readonly damage: string | null;
}

/** How it ended: `lost` where that is not the file's fault, or where only who reads it can say so. */
export type UnpackedEnd =
  | { readonly how: 'done' | 'lost' }
  | { readonly how: 'damaged'; readonly message: string }
  | { readonly how: 'wrong checksum'; readonly checksum: Checksum }
  | { readonly how: 'bytes behind'; readonly what: string };

/** A thrown error as what can be sent; without one, the end that is as it should be. */
export function toEnd(error: unknown): UnpackedEnd {
  if (error === undefined) return { how: 'done' };
  if (error instanceof ChecksumError) return { how: 'wrong checksum', checksum: error.checksum };
  if (error instanceof BytesBehindError) return { how: 'bytes behind', what: error.what };
  return error instanceof DamagedError ? { how: 'damaged', message: error.message } : { how: 'lost' };
}

/** Throws what was thrown elsewhere. */
export function throwEnd(end: UnpackedEnd): void {
  if (end.how === 'wrong checksum') throw new ChecksumError(end.checksum);
  if (end.how === 'bytes behind') throw new BytesBehindError(end.what);
  if (end.how === 'damaged') throw new DamagedError(end.message);
}
