import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportSvg } from '../../src/diagram/exportSvg.ts';
import { catalogPath, pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';
import { xmlFaultOf } from '../helpers/xml.ts';

const OPTIONS = { width: 1280, theme: 'auto', openLayers: [] } as const;

function catalogSvg(): string {
  const path = catalogPath();
  return exportSvg(path, path.at.p50, OPTIONS);
}

describe('exportSvg', () => {
  test('gives the same bytes every time', () => {
    expect(catalogSvg()).toBe(catalogSvg());
  });

  test('is standalone: no script, no handler, nothing from outside', () => {
    const svg = catalogSvg();
    expect(svg).not.toMatch(/<script|\son\w+=|href|url\(|@import|<image|<foreignObject|style="/i);
    expect(svg.match(/https?:[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });

  test('is small', () => {
    expect(catalogSvg().length).toBeLessThan(60_000);
  });

  test('names and describes itself by ids that are its own', () => {
    const svg = catalogSvg();
    const [, id] = /<svg[^>]* id="(hopline-[a-z0-9]+)"/.exec(svg) ?? [];
    expect(svg).toContain(`aria-labelledby="${id}-title"`);
    expect(svg).toContain(`<title id="${id}-title">GET /catalog/:id, 47 ms at p50</title>`);
    expect(svg).toContain(`aria-describedby="${id}-desc"`);
    expect(svg).toMatch(new RegExp(`<desc id="${id}-desc">postgres · primary is the bottleneck: 18 of 47 ms`));
    const path = catalogPath();
    const other = exportSvg(path, path.at.p99, OPTIONS);
    expect(other).not.toContain(id);
  });

  test('has real text and the words of a verdict, not its colour alone', () => {
    const svg = catalogSvg();
    expect(svg).toContain('▲ 2 over 16 budget');
    expect(svg).toContain('total p50');
    expect(svg).toContain('7 + 3 + 12 + 4 + 2 + 0.4 + 18 hops + 0.6 boundaries');
  });

  test('carries one theme, or both and the reader’s choice', () => {
    const path = catalogPath();
    const svgs = (['light', 'dark', 'auto'] as const).map((theme) =>
      exportSvg(path, path.at.p50, { ...OPTIONS, theme }),
    );
    expect(svgs.map((svg) => svg.includes('#fbfbfa'))).toEqual([true, false, true]);
    expect(svgs.map((svg) => svg.includes('#0e1013'))).toEqual([false, true, true]);
    expect(svgs.map((svg) => svg.includes('prefers-color-scheme:dark'))).toEqual([false, false, true]);
  });

  test('holds no trace id and no trace number', () => {
    const path = catalogPath();
    expect(path.at.p50.exemplar?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(catalogSvg()).not.toContain('4bf92f35');
  });

  test('is valid XML whatever the names are', () => {
    fc.assert(
      fc.property(randomPath(12), fc.constantFrom('auto' as const, 'light' as const), (spec, theme) => {
        const path = pathModel(spec);
        expect(xmlFaultOf(exportSvg(path, path.at.p50, { ...OPTIONS, theme }))).toBe(null);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});
