/**
 * The candidate that a person most likely meant, or null where none is near.
 *
 *     budgt  → budget    one letter missing
 *     /catlog → /catalog
 *
 * Optimal string alignment: letters that are inserted, left out, replaced or swapped count one each, and at most a
 * third of the word may be wrong. Where nothing is that near, a single candidate that contains the word will do.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  if (best !== null || wanted.length < 3) return best;
  const containing = candidates.filter((candidate) => candidate.toLowerCase().includes(wanted));
  return containing.length === 1 ? (containing[0] ?? null) : null;
}

/** `; did you mean "budget"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = closest(word, candidates);
  return meant === null ? '' : `; did you mean "${meant}"?`;
}

/** Three rows of the usual table are enough. Words are cut: what is long in a message helps nobody. */
function editDistance(left: string, right: string): number {
  const a = [...left.slice(0, 200)];
  const b = [...right.slice(0, 200)];
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      const swapped = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === other ? (above[j - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [above, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
