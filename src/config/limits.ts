/**
 * What Hopline refuses to go beyond, so that no file can take the machine down. Each is checked before anything is
 * allocated, and reaching one is an Issue that says what was loaded and what was not.
 */
export interface Limits {
  /** Spans in one dataset. */
  readonly spans: number;
  /** Resources in one dataset, and as many scopes: some exporters write one of each for every span. */
  readonly owners: number;
  /** Bytes of distinct strings in one dataset; offsets into them are 32 bits wide. */
  readonly stringBytes: number;
  /** Bytes of one unit that has to be whole in memory: a span, a resource, a compressed block. */
  readonly unitBytes: number;
  /** Levels of nesting in JSON and in protobuf attribute values. */
  readonly depth: number;
  /** Bytes that are looked at before a source without any span is given up as unknown. */
  readonly sniffBytes: number;
  /** zstd's window: what a frame may ask a reader to keep. The format's own recommendation is 8 MiB, `--long` asks for 128. */
  readonly zstdWindowBytes: number;
  /** Files in the archives of one source, and bytes that come out of them: their content, before it is decoded. */
  readonly archiveFiles: number;
  readonly archiveBytes: number;
  /** Request paths that the page lists: each carries its numbers from the worker to the page. */
  readonly listedPaths: number;
}

export const LIMITS: Limits = {
  spans: 50_000_000,
  owners: 20_000_000,
  stringBytes: 3_000_000_000,
  unitBytes: 64 * 1024 * 1024,
  depth: 256,
  sniffBytes: 4 * 1024 * 1024,
  zstdWindowBytes: 128 * 1024 * 1024,
  archiveFiles: 100_000,
  archiveBytes: 64 * 1024 * 1024 * 1024,
  listedPaths: 500,
};
