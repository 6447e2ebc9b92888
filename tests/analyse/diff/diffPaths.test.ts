import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PathSet } from '../../../src/analyse/analyse.ts';
import { diffPaths } from '../../../src/analyse/diff/diffPaths.ts';
import type { Diff, PathDiff } from '../../../src/analyse/diff/model.ts';
import { analysed } from '../../helpers/analysed.ts';
import { shopText, strayed, type ShopRequest } from '../../helpers/shop.ts';
import { analysisOf } from '../../helpers/demoAnalysis.ts';
import { demoHalf, demoLines, slowedByAFifth } from '../../helpers/splitDemo.ts';

function shop(requests: readonly ShopRequest[]): PathSet {
  return analysed(shopText(requests));
}

function changed({ parts }: PathDiff): string[] {
  return parts.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster').map(({ name }) => name);
}

/** Of every path and of all: what is called slower or faster, new or gone. */
function found({ overall, paths, newPaths, gonePaths }: Diff): string[] {
  return [
    ...paths.flatMap((path) => [
      ...changed(path).map((name) => `${path.name}: ${name}`),
      ...path.structure.map(({ kind, name }) => `${path.name}: ${kind} ${name}`),
      ...(path.total.verdict === 'slower' || path.total.verdict === 'faster' ? [`${path.name}: total`] : []),
    ]),
    ...[overall.total, overall.within, overall.mix].flatMap(({ verdict }) =>
      verdict === 'slower' || verdict === 'faster' ? [`overall ${verdict}`] : [],
    ),
    ...[...newPaths, ...gonePaths].map(({ name }) => name),
  ];
}

describe('diffPaths', () => {
  const usual = strayed(200, 20, 6).map((data): ShopRequest => ({ data }));

  test('diffPaths finds the hop that became slower, and splits the change of the total', () => {
    const slower = strayed(200, 26, 6, 1).map((data): ShopRequest => ({ data }));
    const [path] = diffPaths(shop(usual), shop(slower), 0.5).paths;
    expect(changed(path)).toEqual(['postgres · db']);
    expect(path.total.verdict).toBe('slower');
    const parts = Object.fromEntries(path.parts.map(({ name, changeMs }) => [name, changeMs]));
    expect(parts['postgres · db']).toBeCloseTo(path.total.changeMs, 6);
    expect(parts['gate-way']).toBeCloseTo(0, 6);
    expect(path.total.changeMs).toBeCloseTo(6, 0);
    expect(path.finding[0]).toBe('postgres · db became 5.8 ms slower: 20.3 → 26.1 ms.');
  });

  test('diffPaths tells a change of hours in seconds, and what was before and after it too', () => {
    const hours = (data: number): ShopRequest => ({ data: data * 1e6 });
    const [before, after] = [strayed(200, 8, 1), strayed(200, 9, 1, 1)].map((all) => shop(all.map(hours)));
    const [path] = diffPaths(before, after, 0.5).paths;
    expect(path.finding[0]).toBe('postgres · db became 961 s slower: 8,054 → 9,016 s.');
  });

  test('diffPaths of a dataset with itself finds nothing, and every change is 0', () => {
    const diff = diffPaths(shop(usual), shop(usual), 0.95);
    expect(found(diff)).toEqual([]);
    for (const { changeMs } of diff.paths[0].parts) expect(changeMs).toBe(0);
  });

  test('diffPaths says the same every time, and the opposite from the other side', () => {
    const other = strayed(150, 23, 8, 2).map((data): ShopRequest => ({ data }));
    const there = diffPaths(shop(usual), shop(other), 0.5);
    expect(diffPaths(shop(usual), shop(other), 0.5)).toEqual(there);
    const back = diffPaths(shop(other), shop(usual), 0.5);
    expect(back.paths[0].total.changeMs).toBeCloseTo(-there.paths[0].total.changeMs, 9);
  });

  test('diffPaths judges nothing where fewer than ten traces lie beside the percentile', () => {
    const few = usual.slice(0, 19);
    const slow = few.map(({ data }): ShopRequest => ({ data: 10 * data }));
    const [path] = diffPaths(shop(few), shop(slow), 0.5).paths;
    for (const { verdict, interval } of [path.total, ...path.parts]) {
      expect({ verdict, interval }).toEqual({ verdict: 'insufficient', interval: null });
    }
    expect(path.finding).toEqual(['Too few traces to judge a change at p50.']);
  });

  test('diffPaths keeps new, gone and renamed hops apart from what became slower', () => {
    const moved = strayed(200, 20, 6, 3).map((data): ShopRequest => ({ data, database: 'db2', extra: 'GET' }));
    const [path] = diffPaths(shop(usual), shop(moved), 0.5).paths;
    expect(path.structure.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'new redis',
      'renamed postgres · db2',
    ]);
    const cache = path.parts.find(({ name }) => name === 'redis');
    expect(cache).toMatchObject({ presence: 'new', verdict: 'insufficient', beforeMs: 0 });
    expect(path.parts.find(({ name }) => name === 'postgres · db2')).toMatchObject({ presence: 'both' });
    expect(changed(path)).not.toContain('redis');
  });

  test('diffPaths does not call another mix of paths a slowdown', () => {
    const fast = (count: number) => strayed(count, 5, 1).map((data): ShopRequest => ({ data, route: '/fast' }));
    const slow = (count: number) => strayed(count, 60, 5).map((data): ShopRequest => ({ data, route: '/slow' }));
    const { overall, paths } = diffPaths(shop([...fast(300), ...slow(100)]), shop([...fast(100), ...slow(300)]), 0.5);
    expect(paths.flatMap(changed)).toEqual([]);
    expect(overall.total.verdict).toBe('slower');
    expect(overall.total.changeMs).toBeGreaterThan(40);
    expect(overall.within.verdict).toBe('unproven');
    expect(overall.mix.verdict).toBe('slower');
    expect(overall.within.changeMs + overall.mix.changeMs).toBeCloseTo(overall.total.changeMs, 9);
  });

  test('diffPaths names paths that one side alone has, and compares the others', () => {
    const cart = usual.slice(0, 40);
    const other = (route: string) => cart.map((each): ShopRequest => ({ ...each, route }));
    const diff = diffPaths(shop([...cart, ...other('/old')]), shop([...cart, ...other('/new')]), 0.5);
    expect(diff.newPaths).toMatchObject([{ name: 'GET /new', traffic: { traces: 40, share: 0.5 } }]);
    expect(diff.gonePaths).toMatchObject([{ name: 'GET /old' }]);
    expect(diff.paths.map(({ name }) => name)).toEqual(['GET /cart']);
    const nothing = diffPaths(shop(other('/old')), shop(other('/new')), 0.5);
    expect(nothing.paths).toEqual([]);
    expect(nothing.overall.within.changeMs).toBe(0);
  });

  test('diffPaths splits any change into parts that add up to it, at any percentile', () => {
    const times = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 1, maxLength: 30 });
    const requests = times.map((list) => list.map((data, i): ShopRequest => ({ data, shop: 1 + ((i * 7) % 5) })));
    fc.assert(
      fc.property(requests, requests, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (before, after, p) => {
        const { paths, overall } = diffPaths(shop(before), shop(after), p);
        for (const { total, parts } of paths) {
          const sum = parts.reduce((all, { changeMs }) => all + changeMs, 0);
          expect(Math.abs(sum - total.changeMs)).toBeLessThan(1e-6);
        }
        const split = overall.within.changeMs + overall.mix.changeMs;
        expect(Math.abs(split - overall.total.changeMs)).toBeLessThan(1e-6);
      }),
      { seed: 4, numRuns: 25 },
    );
  });
});

describe('diffPaths on the demo', () => {
  test('finds nothing between its two halves, at p50, p95 and p99', async () => {
    const [first, second] = [await analysisOf(demoHalf(0)), await analysisOf(demoHalf(1))];
    for (const p of [0.5, 0.95, 0.99]) expect(found(diffPaths(first, second, p))).toEqual([]);
  }, 60_000);

  test('finds exactly the hop that was slowed by a fifth, at p50, p95 and p99', async () => {
    const isPrimary = ({ attributes }: { attributes: readonly { key: string; value: { stringValue?: string } }[] }) =>
      attributes.some(
        ({ key, value }) => key === 'server.address' && value.stringValue === 'primary.postgres.example.com',
      );
    const whole = await analysisOf(demoLines());
    const doctored = await analysisOf(slowedByAFifth(demoLines(), isPrimary));
    const otherHalf = await analysisOf(slowedByAFifth(demoHalf(1), isPrimary));
    const half = await analysisOf(demoHalf(0));
    const slowed = ['GET /catalog/:id: postgres · primary', 'GET /catalog/:id: total'];
    for (const p of [0.5, 0.95, 0.99]) {
      const diff = diffPaths(whole, doctored, p);
      expect(found(diff)).toEqual(slowed);
      const [hop] = diff.paths[0].parts.filter(({ name }) => name === 'postgres · primary');
      expect(hop.changeMs / hop.beforeMs).toBeCloseTo(0.2, 2);
      expect(diffPaths(half, otherHalf, p).paths.flatMap(changed)).toEqual(['postgres · primary']);
    }
  }, 60_000);
});
