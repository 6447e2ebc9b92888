/**
 * The candidate that a person most likely meant, or null where none is near.
 *
 *     budgt       → budget              one letter missing
 *     get /catlog → GET /catalog
 *     catlog      → GET /catalog/:id    the only candidate with a word that near
 *
 * Optimal string alignment: letters that are inserted, left out, replaced or swapped count one each, and at most a
 * third of the word may be wrong. Where no whole candidate is that near, a single one of which a part is will do.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let least = allowance(wanted) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  if (best !== null || wanted.length < 3) return best;
  const [only, second] = candidates.filter((candidate) => hasPartNear(candidate.toLowerCase(), wanted));
  return only !== undefined && second === undefined ? only : null;
}

function allowance(word: string): number {
  return Math.max(1, Math.floor(word.length / 3));
}

function hasPartNear(candidate: string, word: string): boolean {
  const most = allowance(word) + 1;
  return (
    candidate.includes(word) || candidate.split(/[^\p{L}\p{N}]+/u).some((part) => editDistance(word, part, most) < most)
  );
}

/** `; did you mean "budget"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const meant = closest(word, candidates);
  return meant === null ? '' : `; did you mean "${meant}"?`;
}

/** At least `enough` where it is not less. Three rows of the usual table will do; nobody misspells 200 letters. */
function editDistance(left: string, right: string, enough: number): number {
  if (Math.abs(left.length - right.length) >= enough) return enough;
  const a = Array.from(left.slice(0, 200));
  const b = Array.from(right.slice(0, 200));
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
