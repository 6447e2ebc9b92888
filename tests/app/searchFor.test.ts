import { describe, expect, test } from 'vitest';
import { searchFor, type Hit } from '../../src/app/search/searchFor.ts';
import { someBoundary, someHop, somePath } from './somePath.ts';

const CART = somePath();
const POST = somePath({
  name: 'POST /order',
  entry: 'edge',
  hops: [someHop({ id: 'edge' }), someHop({ id: 'Cart' })],
  boundaries: [someBoundary({ from: 'edge', to: 'Cart' })],
});
const PATHS = [CART, POST];

/** In words. */
const found = (text: string, shown: typeof CART | null = CART): string[] => searchFor(PATHS, shown, text).map(inWords);

function inWords(hit: Hit): string {
  switch (hit.type) {
    case 'path':
      return hit.path.name;
    case 'hop':
      return `${hit.hop.id} in ${hit.path.name}`;
    case 'boundary':
      return `${hit.boundary.from} → ${hit.boundary.to} in ${hit.path.name}`;
    case 'trace':
      return hit.found.traceId;
  }
}

describe('searchFor', () => {
  test('searchFor finds all paths where nothing is searched for', () => {
    expect(found('  ')).toEqual(['GET /cart', 'POST /order']);
  });

  test('searchFor finds paths, then hops, then boundaries, whatever the case of a letter', () => {
    expect(found('CART')).toEqual(['GET /cart', 'Cart in POST /order', 'edge → Cart in POST /order']);
  });

  test('searchFor finds a path by the service at which it is entered', () => {
    expect(found('edge')).toEqual(['POST /order', 'edge in POST /order', 'edge → Cart in POST /order']);
  });

  test('searchFor wants all the words, of a hop one in its name and the others in its path’s', () => {
    expect(found('order cart')).toEqual(['Cart in POST /order', 'edge → Cart in POST /order']);
    expect(found('order get')).toEqual([]);
  });

  test('searchFor finds a boundary as it is written', () => {
    for (const text of ['edge → Cart', 'edge -> cart', 'edge→cart']) {
      expect(found(text)).toEqual(found('edge cart'));
      expect(found(text)).toContain('edge → Cart in POST /order');
    }
  });

  test('searchFor names hops of the shown path first', () => {
    const both = [CART, somePath({ name: 'GET /other' })];
    expect(searchFor(both, both[1] ?? null, 'postgres').map(inWords)).toEqual([
      'postgres · primary in GET /other',
      'postgres · primary in GET /cart',
      'web → postgres · primary in GET /other',
      'web → postgres · primary in GET /cart',
    ]);
  });
});
