/** What was kept of a chunk before, and the next one. */
export function joined(kept: Uint8Array, next: Uint8Array): Uint8Array {
  if (kept.length === 0) return next;
  const both = new Uint8Array(kept.length + next.length);
  both.set(kept);
  both.set(next, kept.length);
  return both;
}
