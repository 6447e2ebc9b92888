import { describe, expect, test } from 'vitest';
import { matchPaths, type StructureChange } from '../../../src/analyse/diff/structure.ts';
import { onlyPath } from '../../helpers/analysed.ts';
import { shopText, type ShopRequest } from '../../helpers/shop.ts';

const request: ShopRequest = { data: 5 };

function changes(before: readonly ShopRequest[], after: readonly ShopRequest[]) {
  const matched = matchPaths(onlyPath(shopText(before)), onlyPath(shopText(after)));
  const words = ({ kind, name, was }: StructureChange): string =>
    [kind, name, ...(was === null ? [] : [was])].join(' ');
  return { changes: matched.changes.map(words), rare: matched.rare.map(words), matched };
}

describe('matchPaths', () => {
  test('matchPaths finds nothing between a path and itself', () => {
    const { changes: found, rare, matched } = changes([request], [request]);
    expect({ found, rare }).toEqual({ found: [], rare: [] });
    for (const { before, after } of [...matched.hops, ...matched.boundaries]) expect(before).toBe(after);
  });

  test('matchPaths tells a new hop and a gone one, without the boundary that goes with it', () => {
    const withCache = { ...request, extra: 'GET' };
    expect(changes([request], [withCache]).changes).toEqual(['new redis']);
    expect(changes([withCache], [request]).changes).toEqual(['gone redis']);
  });

  test('matchPaths takes a hop for the same one renamed where nothing else can be meant', () => {
    const { changes: found, matched } = changes([request], [{ ...request, database: 'db2' }]);
    expect(found).toEqual(['renamed postgres · db2 postgres · db']);
    expect(matched.hops.every(({ before, after }) => before !== null && after !== null)).toBe(true);
    expect(matched.boundaries.every(({ before, after }) => before !== null && after !== null)).toBe(true);
  });

  test('matchPaths does not guess a name where two hops are gone from one place', () => {
    const two = Array.from({ length: 40 }, (_, i): ShopRequest => ({ ...request, database: i % 2 ? 'db' : 'other' }));
    const { changes: found } = changes(
      two,
      two.map((each) => ({ ...each, database: 'third' })),
    );
    expect(found.toSorted()).toEqual(['gone postgres · db', 'gone postgres · other', 'new postgres · third']);
  });

  test('matchPaths calls nothing a change that chance explains: a hop of three in forty requests', () => {
    const plain = Array.from({ length: 40 }, () => request);
    const seldom = plain.map((each, i) => (i < 3 ? { ...each, extra: 'GET' } : each));
    expect(changes(plain, seldom)).toMatchObject({ changes: [], rare: ['new redis'] });
    const often = plain.map((each, i) => (i < 20 ? { ...each, extra: 'GET' } : each));
    expect(changes(plain, often)).toMatchObject({ changes: ['new redis'], rare: [] });
  });

  test('matchPaths tells a hop that moved to another layer, and one that nobody waits for any more', () => {
    const path = onlyPath(shopText([request]));
    const moved = {
      ...path,
      hops: path.hops.map((hop) => (hop.id === 'shop' ? { ...hop, layer: 'edge' as const } : hop)),
    };
    expect(matchPaths(path, moved).changes).toMatchObject([
      { kind: 'layer', name: 'shop', was: 'service', is: 'edge' },
    ]);
    const left = { ...path, hops: path.hops.map((hop) => (hop.id === 'shop' ? { ...hop, isAsync: true } : hop)) };
    expect(matchPaths(path, left).changes).toMatchObject([{ kind: 'async', name: 'shop' }]);
    expect(matchPaths(left, path).changes).toMatchObject([{ kind: 'awaited', name: 'shop' }]);
  });
});
