import { describe, expect, test } from 'vitest';
import { diffPaths } from '../../../src/analyse/diff/diffPaths.ts';
import { stretchesOf } from '../../../src/analyse/diff/stretchesOf.ts';
import { analysed } from '../../helpers/analysed.ts';
import { shopText, type ShopRequest } from '../../helpers/shop.ts';

/** Ten requests of /cart, 100 ms apart, and then three of /pay. */
const requests = [
  ...Array.from({ length: 10 }, (_, i): ShopRequest => ({ data: 20, at: 100 * i })),
  ...Array.from({ length: 3 }, (_, i): ShopRequest => ({ data: 20, at: 1000 + 100 * i, route: '/pay' })),
];
const shop = analysed(shopText(requests));
const traces = (paths: readonly { readonly name: string; readonly traces: number }[]) =>
  paths.map((path) => [path.name, path.traces]);

describe('stretchesOf', () => {
  test('stretchesOf takes each request by its start, from FROM up to but without TO', () => {
    const { before, after } = stretchesOf(shop, '0s..400ms', ' 400ms.. ', 10);
    expect(traces(before.paths)).toEqual([['GET /cart', 4]]);
    expect(traces(after.paths)).toEqual([
      ['GET /cart', 6],
      ['GET /pay', 3],
    ]);
  });

  test('stretchesOf keeps the paths with most requests, each with its own traces', () => {
    const { before, after } = stretchesOf(shop, '0s..400ms', '400ms..', 1);
    expect(traces(after.paths)).toEqual([['GET /cart', 6]]);
    const { paths, newPaths } = diffPaths(before, after, 0.5);
    expect(paths.map(({ before: was, after: is }) => [was.traces, is.traces])).toEqual([[4, 6]]);
    expect(newPaths).toEqual([]);
  });

  test('stretchesOf says which range it cannot read, and which one is empty', () => {
    expect(() => stretchesOf(shop, 'yesterday', '1s..', 10)).toThrow('Before: expected a range');
    expect(() => stretchesOf(shop, '0s..1s', '1s..nope', 10)).toThrow('After: expected a date');
    expect(() => stretchesOf(shop, '0s..1s', '5m..', 10)).toThrow('After 5m..: no request starts there');
  });
});
