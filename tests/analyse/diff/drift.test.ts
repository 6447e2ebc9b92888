import { describe, expect, test } from 'vitest';
import { driftOf, type Drift } from '../../../src/analyse/diff/drift.ts';
import { exportSvg } from '../../../src/diagram/exportSvg.ts';
import { readDiagram } from '../../../src/diagram/readDiagram.ts';
import { analysed } from '../../helpers/analysed.ts';
import { shopText, strayed, type ShopRequest } from '../../helpers/shop.ts';

const usual = strayed(200, 20, 6).map((data): ShopRequest => ({ data }));

/** What was published, out of its SVG, against new traces; differences under 0.1 ms print alike. */
function drift(published: readonly ShopRequest[], now: readonly ShopRequest[], p = 0.5): Drift {
  const [old, fresh] = [analysed(shopText(published)), analysed(shopText(now))];
  const svg = exportSvg(old.paths[0], old.view(0, p), { width: 1280, theme: 'auto', openLayers: [] });
  return driftOf(readDiagram(svg), { path: fresh.paths[0], view: fresh.view(0, p), sample: fresh.sample(0) }, 0.1);
}

function drifted({ rows }: Drift): string[] {
  return rows.filter(({ verdict }) => verdict === 'drifted').map(({ name }) => name);
}

describe('driftOf', () => {
  test('driftOf a diagram and the traces that it was made from finds none, at any percentile', () => {
    for (const p of [0.5, 0.9, 0.95]) {
      const { structure, rare, rows } = drift(usual, usual, p);
      expect({ structure, rare }).toEqual({ structure: [], rare: [] });
      expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['holds']));
    }
  });

  test('driftOf finds the hop that became slower, and the total, where the published number left its range', () => {
    const slower = usual.map(({ data }): ShopRequest => ({ data: data * 1.4 }));
    const found = drift(usual, slower);
    expect(drifted(found)).toEqual(['total', 'postgres · db']);
    const [row] = found.rows.filter(({ name }) => name === 'postgres · db');
    expect(row.publishedMs).toBeLessThan(row.range?.lowMs ?? 0);
    expect(row.range?.lowMs).toBeLessThan(row.measuredMs);
  });

  test('driftOf lets pass what another sample of the same traffic shows', () => {
    const again = strayed(200, 20, 6, 2).map((data): ShopRequest => ({ data }));
    expect(drifted(drift(usual, again))).toEqual([]);
  });

  test('driftOf allows more where the diagram stands on fewer traces', () => {
    const widthOf = (published: readonly ShopRequest[]): number => {
      const range = drift(published, usual).rows[0].range;
      return (range?.highMs ?? Number.NaN) - (range?.lowMs ?? Number.NaN);
    };
    // √(1 + 200 / 50) to √(1 + 200 / 200), and Student's t for fewer traces.
    expect(widthOf(usual.slice(0, 50)) / widthOf(usual)).toBeGreaterThan(Math.sqrt(5 / 2));
    expect(widthOf(usual.slice(0, 50)) / widthOf(usual)).toBeLessThan(Math.sqrt(5 / 2) * 1.3);
  });

  test('driftOf takes no difference for drift that would be printed alike', () => {
    const all = (data: number): ShopRequest[] => Array.from({ length: 100 }, () => ({ data }));
    expect(drifted(drift(all(5), all(5.09)))).toEqual([]);
    expect(drifted(drift(all(5), all(5.2)))).toEqual(['total', 'postgres · db']);
  });

  test('driftOf tells a hop that appeared and one that vanished, even where too few traces judge the numbers', () => {
    const few = usual.slice(0, 3);
    const withCache = few.map((each): ShopRequest => ({ ...each, extra: 'GET' }));
    const appeared = drift(few, withCache);
    expect(appeared.structure).toMatchObject([{ kind: 'new', name: 'redis' }]);
    expect(new Set(appeared.rows.map(({ verdict }) => verdict))).toEqual(new Set(['insufficient']));
    expect(drift(withCache, few).structure).toMatchObject([{ kind: 'gone', name: 'redis' }]);
  });
});
