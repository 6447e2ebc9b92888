/** Bytes with a name: a dropped file, a path in the CLI, standard input. The name is for messages alone; formats are told by bytes. */
export interface Source {
  readonly name: string;
  /** Bytes as they lie on disk; null where that is not known (standard input). */
  readonly size: number | null;
  /** Opens the bytes from their beginning. Called once. */
  stream(): ReadableStream<Uint8Array>;
}
