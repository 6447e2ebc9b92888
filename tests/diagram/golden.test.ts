import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ThemeName } from '../../src/config/theme.ts';
import { exportSvg } from '../../src/diagram/exportSvg.ts';
import { layout } from '../../src/layout/layout.ts';
import { fixtureAnalysis } from '../helpers/fixturePath.ts';
import { faultsOf, hiddenLinesOf } from '../helpers/sceneOverlaps.ts';

/**
 * The pictures of all fixtures are in git. A picture that changed fails here and is left beside the old one as
 * `<name>.actual.svg`; look at both, and where the new one is right, run with HOPLINE_UPDATE_PICTURES=1.
 */
const FILES = readdirSync('fixtures').filter((file) => /\.otlp\.jsonl(\.gz)?$/.test(file));
const THEMES: Readonly<Record<string, readonly ThemeName[]>> = { demo: ['auto', 'light', 'dark'] };

test.each(FILES)('exportSvg draws %s as it is in git', async (file) => {
  const { paths } = await fixtureAnalysis(file);
  const path = paths[0];
  const [stem] = file.split('.');
  for (const theme of THEMES[stem] ?? ['auto']) {
    const name = `fixtures/${stem}${theme === 'auto' ? '' : `.${theme}`}`;
    const svg = exportSvg(path, path.at.p50, { width: 1280, theme, openLayers: [] });
    if (process.env['HOPLINE_UPDATE_PICTURES']) writeFileSync(`${name}.svg`, svg);
    const isSame = existsSync(`${name}.svg`) && readFileSync(`${name}.svg`, 'utf8') === svg;
    if (isSame) rmSync(`${name}.actual.svg`, { force: true });
    else writeFileSync(`${name}.actual.svg`, svg);
    expect(isSame, `${name}.svg differs from ${name}.actual.svg`).toBe(true);
  }
});

test.each(FILES)('layout draws every path of %s without a fault, every pill in its place', async (file) => {
  const { paths } = await fixtureAnalysis(file);
  for (const path of paths) {
    for (const width of [640, 900, 1280, 1600]) {
      const scene = layout(path, path.at.p99, { width, openLayers: [] });
      expect(faultsOf(scene)).toEqual([]);
      expect(hiddenLinesOf(scene)).toEqual([]);
      const lines = scene.groups.filter(({ marks }) => marks.some((mark) => mark.type === 'path'));
      const withPill = lines.filter(({ marks }) => marks.some((mark) => mark.type === 'rect' && mark.role === 'pill'));
      // In the densest picture a few of 38 may find no room; they keep their accessible name.
      expect(withPill.length).toBeGreaterThanOrEqual(Math.floor(lines.length * 0.95));
    }
  }
});
