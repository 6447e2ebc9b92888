/** Bytes with a name: a dropped file, a path in the CLI, standard input. The name is for messages alone; formats are told by bytes. */
export interface Source {
  readonly name: string;
  /** Bytes as they lie on disk; null where that is not known (standard input). */
  readonly size: number | null;
  /** Opens the bytes from their beginning. Called once. */
  stream(): ReadableStream<Uint8Array>;
  /** Why there is nothing to open, where that is known: a sentence without its full stop, "permission denied". */
  readonly problem?: string;
  /** Where any part of the bytes can be read at any time. */
  readonly file?: SourceFile;
}

/** Bytes that stay where they are, so that every thread can read its own part of them. */
export interface SourceFile {
  /** What another thread finds them by; it goes there as a message: a path, a File. */
  readonly place: unknown;
  /**
   * The bytes `[start, end)`, fewer where the file ends before. Rejects where they cannot be read. They may lie in
   * `into`, where that has room for them.
   */
  read(start: number, end: number, into?: Uint8Array): Promise<Uint8Array>;
  /**
   * The same bytes one after another, quicker than by many reads or by `stream`: a piece is good until the next but one
   * is asked for, so whoever keeps bytes copies them.
   */
  pieces(start: number, end: number): AsyncIterable<Uint8Array>;
}
