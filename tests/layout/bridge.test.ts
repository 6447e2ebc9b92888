import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffPaths } from '../../src/analyse/diff/diffPaths.ts';
import type { ChangeVerdict, PathDiff } from '../../src/analyse/diff/model.ts';
import { LAYERS } from '../../src/config/layers.ts';
import { exportBridge } from '../../src/diagram/exportBridge.ts';
import { bridge } from '../../src/layout/bridge.ts';
import type { Scene } from '../../src/layout/scene.ts';
import { faultsOf } from '../helpers/sceneOverlaps.ts';
import { analysisOf } from '../helpers/demoAnalysis.ts';
import { demoHalf, slowedByAFifth } from '../helpers/splitDemo.ts';
import { xmlFaultOf } from '../helpers/xml.ts';

const VERDICTS: readonly ChangeVerdict[] = ['slower', 'faster', 'unproven', 'insufficient'];

/** Any comparison of a path; the parts add up. */
const anyDiff = fc
  .record({
    before: fc.double({ min: 0.001, max: 20_000, noNaN: true }),
    name: fc.oneof(fc.string(), fc.constantFrom('x'.repeat(200), '<script>', '支払い'.repeat(30))),
    verdict: fc.constantFrom(...VERDICTS),
    parts: fc.array(
      fc.record({
        name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('go.gateway', 'y'.repeat(90), 'a & b > c')),
        of: fc.constantFrom('hop' as const, 'boundary' as const),
        layer: fc.constantFrom(...LAYERS),
        part: fc.double({ min: -0.02, max: 0.3, noNaN: true }),
        error: fc.double({ min: 0, max: 0.2, noNaN: true }),
        verdict: fc.constantFrom(...VERDICTS),
        presence: fc.constantFrom('both' as const, 'both' as const, 'new' as const, 'gone' as const),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .map(({ before, name, verdict, parts }): PathDiff => {
    const changes = parts.map(({ part }) => part * before);
    const afterMs = Math.max(0, before + changes.reduce((sum, each) => sum + each, 0));
    const traffic = { traces: 4805, requests: 150_000, share: 0.17 };
    return {
      name,
      entry: 'gate',
      before: traffic,
      after: traffic,
      total: { beforeMs: before, afterMs, changeMs: afterMs - before, interval: null, chance: null, verdict },
      parts: parts.map(({ name: id, error, of, layer, verdict: judged, presence }, i) => ({
        of,
        name: id,
        layer,
        presence,
        verdict: judged,
        beforeMs: before,
        afterMs: before + changes[i],
        changeMs: changes[i],
        chance: null,
        interval:
          judged === 'insufficient'
            ? null
            : { lowMs: changes[i] - error * before, highMs: changes[i] + error * before },
      })),
      structure: [{ kind: 'new', of: 'hop', name, was: null, is: null }],
      rare: [],
      finding: [`${name} became slower.`],
    };
  });

/** The numbers at the right of the rows, in their order. */
function amounts({ groups }: Scene): number[] {
  return groups[3].marks.flatMap((mark) =>
    mark.type === 'text' && mark.runs[0].tone === 'text'
      ? [Number(mark.runs[0].text.replace('−', '-').replaceAll(',', ''))]
      : [],
  );
}

describe('bridge', () => {
  test('bridge leads in printed numbers from the total before to the one after, without a fault of drawing', () => {
    fc.assert(
      fc.property(anyDiff, fc.constantFrom(480, 640, 900, 1280), (diff, width) => {
        const scene = bridge(diff, 0.5, { width });
        expect(faultsOf(scene)).toEqual([]);
        const [before, ...rest] = amounts(scene);
        const after = rest.pop() ?? Number.NaN;
        const sum = rest.reduce((all, each) => all + each, before);
        expect(Math.abs(sum - after)).toBeLessThan(1e-6 * Math.max(1, after));
      }),
      { seed: 4, numRuns: 100, endOnFailure: true },
    );
  });

  test('bridge draws each change where the one before it ends, and what is proven in words too', async () => {
    const diff = await slowedCatalog();
    const scene = bridge(diff, 0.5, { width: 1280 });
    const bars = scene.groups[3].marks.filter((mark) => mark.type === 'rect' && mark.height === 18 && mark.width > 3);
    const texts = scene.groups[3].marks.flatMap((mark) =>
      mark.type === 'text' ? [mark.runs.map(({ text }) => text).join('')] : [],
    );
    expect(bars.length).toBeGreaterThan(2);
    expect(texts).toContain('+3.5 ▲ slower');
    expect(scene.groups[3].marks.filter(({ tone }) => tone === 'bad').length).toBe(1);
    expect(scene.description).toContain('postgres · primary +3.5 ▲ slower');
  }, 60_000);

  test.each(['auto', 'light', 'dark'] as const)(
    'exportBridge draws the %s bridge as it is in git',
    async (theme) => {
      const svg = exportBridge(await slowedCatalog(), 0.5, { width: 1280, theme });
      expect(xmlFaultOf(svg)).toBeNull();
      expect(svg).not.toMatch(/<script|href|url\(/);
      const name = `fixtures/bridge${theme === 'auto' ? '' : `.${theme}`}`;
      if (process.env['HOPLINE_UPDATE_PICTURES']) writeFileSync(`${name}.svg`, svg);
      const isSame = existsSync(`${name}.svg`) && readFileSync(`${name}.svg`, 'utf8') === svg;
      if (isSame) rmSync(`${name}.actual.svg`, { force: true });
      else writeFileSync(`${name}.actual.svg`, svg);
      expect(isSame, `${name}.svg differs from ${name}.actual.svg`).toBe(true);
    },
    60_000,
  );
});

let slowed: Promise<PathDiff> | null = null;

/** The demo's first half, and its second in which the database is slower by a fifth. */
function slowedCatalog(): Promise<PathDiff> {
  slowed ??= (async () => {
    const [before, after] = [
      await analysisOf(demoHalf(0)),
      await analysisOf(
        slowedByAFifth(demoHalf(1), ({ attributes }) =>
          attributes.some(({ value }) => value.stringValue === 'primary.postgres.example.com'),
        ),
      ),
    ];
    const path = diffPaths(before, after, 0.5).paths.find(({ name }) => name === 'GET /catalog/:id');
    if (path === undefined) throw new Error('the demo has lost its path');
    return path;
  })();
  return slowed;
}
