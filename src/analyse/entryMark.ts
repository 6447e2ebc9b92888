/** Bits of `TraceEntries.marks`. */
export const EntryMark = {
  /** A visited span is on the account (or, a hop, of its service): it has an own time, be it 0. */
  reached: 1,
  /** A visited span draws the line. */
  crossed: 2,
  /** What reached or crossed it was not an adopted span alone. */
  direct: 4,
} as const;
