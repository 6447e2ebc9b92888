import type { Limits } from '../config/limits.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { ChunkPool } from './pool/chunk.ts';

export interface DecodeOptions {
  readonly limits: Limits;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called as bytes of this source are taken in, with their number so far (as on disk, before decompression). */
  readonly onBytes?: (bytes: number) => void;
  /** Decodes parts of a large source at the same time. What comes out is the same without it. */
  readonly pool?: ChunkPool;
  /** Decodes what is ordinary; one of its own where none is given. What comes out is the same with null. */
  readonly kernel?: Kernel | null;
}

/** With the kernel found, if there is one. */
export type ReadOptions = DecodeOptions & Required<Pick<DecodeOptions, 'onBytes'>> & { readonly kernel: Kernel | null };
