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
 * of them in its own; of each kind the shown path's first. Nothing to search for finds all paths.
 *
 *     "cart post"   →   POST /cart · hop postgres in GET /cart · boundary cart → postgres in GET /cart
 */
export function searchFor(paths: readonly RequestPath[], shown: RequestPath | null, text: string): Hit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const inOrder = shown === null ? paths : [shown, ...paths.filter((path) => path !== shown)];
  const has = (names: string, context: string): boolean => {
    const own = names.toLowerCase();
    const all = `${own} ${context}`;
    return words.some((word) => own.includes(word)) && words.every((word) => all.includes(word));
  };
  const found: Hit[] = [];
  for (const path of paths) {
    if (words.length === 0 || has(`${path.name} ${path.entry}`, '')) found.push({ type: 'path', path });
  }
  const contexts = new Map(paths.map((path) => [path, `${path.name} ${path.entry}`.toLowerCase()]));
  for (const path of inOrder) {
    for (const hop of path.hops) {
      if (has(hop.id, contexts.get(path) ?? '')) found.push({ type: 'hop', path, hop });
    }
  }
  for (const path of inOrder) {
    for (const boundary of path.boundaries) {
      if (has(`${boundary.from} ${boundary.to}`, contexts.get(path) ?? ''))
        found.push({ type: 'boundary', path, boundary });
    }
  }
  return found;
}
