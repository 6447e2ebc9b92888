import type { Boundary, Hop, RequestPath } from '../../analyse/model.ts';
import type { FoundTrace } from '../../protocol.ts';

/** A part of the dataset that the words of a search are in. */
export type Hit =
  | { readonly type: 'path'; readonly path: RequestPath }
  | { readonly type: 'hop'; readonly path: RequestPath; readonly hop: Hop }
  | { readonly type: 'boundary'; readonly path: RequestPath; readonly boundary: Boundary }
  | { readonly type: 'trace'; readonly found: FoundTrace };

/**
 * Paths, then hops, then boundaries that have all the words in their name or that of their path, a hop and a boundary one
 * of them in its own; hops and boundaries of the shown path first. Nothing to search for finds all paths.
 *
 *     "cart post"   →   POST /cart · hop postgres in GET /cart · boundary cart → postgres in GET /cart
 */
export function searchFor(paths: readonly RequestPath[], shown: RequestPath | null, text: string): Hit[] {
  // A boundary is written with an arrow, which is in no name.
  const words = text
    .toLowerCase()
    .split(/\s+|→|->/)
    .filter(Boolean);
  const has = (names: string, context = ''): boolean => {
    const own = names.toLowerCase();
    return (
      words.some((word) => own.includes(word)) && words.every((word) => own.includes(word) || context.includes(word))
    );
  };
  const named = paths.filter((path) => words.length === 0 || has(namesOf(path)));
  const hops: Hit[] = [];
  const boundaries: Hit[] = [];
  for (const path of shown === null ? paths : [shown, ...paths.filter((each) => each !== shown)]) {
    const context = namesOf(path).toLowerCase();
    for (const hop of path.hops) {
      if (has(hop.id, context)) hops.push({ type: 'hop', path, hop });
    }
    for (const boundary of path.boundaries) {
      if (has(`${boundary.from} ${boundary.to}`, context)) boundaries.push({ type: 'boundary', path, boundary });
    }
  }
  return [...named.map((path): Hit => ({ type: 'path', path })), ...hops, ...boundaries];
}

function namesOf({ name, entry }: RequestPath): string {
  return `${name} ${entry}`;
}
