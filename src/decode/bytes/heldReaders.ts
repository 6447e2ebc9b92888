const HELD = new Set<object>();

/**
 * Keeps the reader of a stream alive until it is let go of. A stream that is waited for by those alone whom it would
 * wake is garbage to Chromium (156), which may collect it with them: then the reading never goes on, and never fails.
 */
export function holdReader(reader: object): void {
  HELD.add(reader);
}

export function letGoOfReader(reader: object): void {
  HELD.delete(reader);
}
