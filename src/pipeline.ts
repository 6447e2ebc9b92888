import { InputError, IssueLog, type Issue } from './base/issues.ts';
import { LIMITS, type Limits } from './config/limits.ts';
import { decodeSource } from './decode/decodeSource.ts';
import type { Source } from './decode/source.ts';
import type { SpanTable } from './store/spanTable.ts';
import { SpanTableBuilder } from './store/spanTableBuilder.ts';

/** What was read from one source. */
export interface LoadedSource {
  readonly name: string;
  readonly bytes: number;
  readonly spans: number;
  /** In words: "OTLP JSON Lines, gzip". */
  readonly format: string;
}

export interface Dataset {
  readonly table: SpanTable;
  readonly sources: readonly LoadedSource[];
  readonly issues: readonly Issue[];
}

export interface LoadProgress {
  /** Bytes as they lie on disk, over all sources. */
  readonly bytesRead: number;
  readonly spans: number;
  readonly source: string;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly limits?: Limits;
}

/**
 * Reads all sources into one dataset: a trace may be split over lines and files.
 * Throws InputError where not one span could be read, saying why for each source; what is merely damaged is an Issue.
 */
export async function load(sources: readonly Source[], options: LoadOptions = {}): Promise<Dataset> {
  const issues = new IssueLog();
  const builder = new SpanTableBuilder(issues, options.limits ?? LIMITS);
  const loaded: LoadedSource[] = [];
  const failures: string[] = [];
  let bytesBefore = 0;
  for (const source of sources) {
    const spansBefore = builder.spanCount;
    const result = await decodeSource(source, builder, {
      limits: options.limits ?? LIMITS,
      ...(options.signal && { signal: options.signal }),
      onBytes: (bytes) => {
        options.onProgress?.({ bytesRead: bytesBefore + bytes, spans: builder.spanCount, source: source.name });
      },
    });
    bytesBefore += result.bytes;
    loaded.push({
      name: source.name,
      bytes: result.bytes,
      format: result.format,
      spans: builder.spanCount - spansBefore,
    });
    if (result.failure !== null) failures.push(`${source.name}: ${result.failure}`);
  }
  if (builder.spanCount === 0) {
    throw new InputError(failures.length > 0 ? failures.join('\n') : 'There is no span in the input.');
  }
  if (failures.length > 0) {
    const message = `No span could be read from ${failures.length} of ${sources.length} sources: ${failures.join('; ')}`;
    issues.add('unreadable-source', 'error', message);
  }
  return { table: builder.finish(), sources: loaded, issues: issues.list() };
}
