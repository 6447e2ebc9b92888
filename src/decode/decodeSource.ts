import type { Limits } from '../config/limits.ts';
import type { SpanSink } from '../store/spanSink.ts';
import type { Source } from './source.ts';

export interface DecodeOptions {
  readonly limits: Limits;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called as bytes of this source are taken in, with their number so far (as on disk, before decompression). */
  readonly onBytes?: (bytes: number) => void;
}

export interface DecodeResult {
  /** Bytes taken in, as on disk. */
  readonly bytes: number;
  /** In words: "OTLP JSON Lines, gzip"; "unknown" where it could not be told. */
  readonly format: string;
  /** One sentence where no span could be read: what the source is instead, or why not. Null otherwise. */
  readonly failure: string | null;
}

/** Decodes one source into the sink. Damage becomes Issues in the sink; it throws only when aborted. */
export async function decodeSource(_source: Source, _sink: SpanSink, _options: DecodeOptions): Promise<DecodeResult> {
  throw new Error('in work');
}
