import { formatInteger } from './base/format.ts';
import { InputError, IssueLog, type Issue } from './base/issues.ts';
import { LIMITS, type Limits } from './config/limits.ts';
import { nextTask } from './decode/bytes/nextTask.ts';
import { decodeSource } from './decode/decodeSource.ts';
export { pageSource } from './decode/pageSource.ts';
export { KeptWorkers } from './decode/pool/keptWorkers.ts';
import { WorkerPool } from './decode/pool/workerPool.ts';
import type { Workers } from './decode/pool/workers.ts';
import type { Source } from './decode/source.ts';
import { sourcesIn } from './decode/sourcesIn.ts';
import { assemblyIssues } from './store/assemblyIssues.ts';
import type { SpanTable } from './store/spanTable.ts';
import { SpanTableBuilder } from './store/spanTableBuilder.ts';

/** Sources without a span that a message names. */
const MOST_FAILURES = 8;

/** What was read from one source; each file of an archive is one. */
export interface LoadedSource {
  /** Of a file in an archive: `traces.zip/folder/a.json`. */
  readonly name: string;
  /** As on disk; of a file in an archive, as it came out. */
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
  /** Threads that share in decoding large sources. The dataset is the same without them. */
  readonly workers?: Workers;
}

/**
 * Reads all sources into one dataset: a trace may be split over lines and files.
 * Throws InputError where not one span could be read, saying why for each source; what is merely damaged is an Issue.
 */
export async function load(sources: readonly Source[], options: LoadOptions = {}): Promise<Dataset> {
  const { signal, workers } = options;
  if (workers === undefined) return loadWith(undefined, sources, options);
  const pool = new WorkerPool(workers);
  // Before a look at what is in it, which takes as long as a worker's start. Where nobody needs them, nothing is lost.
  if (sources.some(({ size }) => size !== null && size >= pool.sourceBytes)) pool.start();
  const endPool = (): void => pool.end();
  signal?.addEventListener('abort', endPool);
  try {
    return await loadWith(pool, sources, options);
  } finally {
    signal?.removeEventListener('abort', endPool);
    pool.end();
  }
}

async function loadWith(
  pool: WorkerPool | undefined,
  sources: readonly Source[],
  options: LoadOptions,
): Promise<Dataset> {
  const issues = new IssueLog();
  const limits = options.limits ?? LIMITS;
  const builder = new SpanTableBuilder(issues, limits);
  const loaded: LoadedSource[] = [];
  const failures: string[] = [];
  const unreadable: string[] = [];
  const sourceEnds: number[] = [];
  let bytesBefore = 0;
  /** 0 where one of them is not known. */
  const allBytes = sources.some(({ size }) => size === null)
    ? 0
    : sources.reduce((sum, { size }) => sum + (size ?? 0), 0);
  let unread = 0;
  for (const outer of sources) {
    let taken = 0;
    const onBytes = (bytes: number): void => {
      taken = bytes;
      builder.fractionRead = allBytes > 0 ? Math.min(1, (bytesBefore + bytes) / allBytes) : 0;
      options.onProgress?.({ bytesRead: bytesBefore + bytes, spans: builder.spanCount, source: outer.name });
    };
    const found = sourcesIn(outer, {
      limits,
      issues,
      onUnread: (name, why) => {
        unread++;
        unreadable.push(name);
        failures.push(`${name}: ${why}`);
      },
      ...(options.signal && { signal: options.signal }),
      onBytes,
    });
    for await (const source of found) {
      const spansBefore = builder.spanCount;
      const result = await decodeSource(source, builder, {
        limits,
        ...(pool && { pool }),
        // Of a file that is read in parts, past the stream.
        ...(source.file && { onBytes }),
        ...(options.signal && { signal: options.signal }),
      });
      loaded.push({
        name: source.name,
        bytes: result.bytes,
        format:
          source.within.length === 0 ? result.format : `${result.format}, in ${source.within.toReversed().join(', ')}`,
        spans: builder.spanCount - spansBefore,
      });
      sourceEnds.push(builder.spanCount);
      if (result.failure !== null) {
        unreadable.push(source.name);
        failures.push(`${source.name}: ${result.failure}`);
      }
      if (builder.isFull) break;
    }
    bytesBefore += taken;
  }
  if (builder.spanCount === 0) {
    throw new InputError(failures.length > 0 ? listed(failures).join('\n') : 'There is no span in the input.');
  }
  if (failures.length > 0) {
    const of = `${failures.length} of ${loaded.length + unread} sources`;
    const message = `No span could be read from ${of}: ${listed(failures).join('; ')}`;
    issues.add('unreadable-source', 'error', message, { source: unreadable[0] }, failures.length);
  }
  // Their memory is free before that of the columns is needed.
  pool?.end();
  const table = builder.finish(sourceEnds);
  // What assembly needed no more is given back before somebody makes more of it.
  await nextTask();
  const names = loaded.map(({ name }) => name);
  for (const { code, severity, message, firstAt, count } of assemblyIssues(table, names)) {
    // What decoding has told with a better place is not told again.
    const told = issues.count(code);
    if (count > told) issues.add(code, severity, message, firstAt, count - told);
  }
  return { table, sources: loaded, issues: issues.list() };
}

/** An archive of a thousand pictures has one thing to say, not a thousand. */
function listed(failures: readonly string[]): readonly string[] {
  if (failures.length <= MOST_FAILURES) return failures;
  return [...failures.slice(0, MOST_FAILURES), `and ${formatInteger(failures.length - MOST_FAILURES)} more`];
}
