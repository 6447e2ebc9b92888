import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DataNotes, RequestPath } from '../../src/analyse/model.ts';
import { dataNotes } from '../../src/layout/dataNotes.ts';
import { layout } from '../../src/layout/layout.ts';
import type { Mark, Scene } from '../../src/layout/scene.ts';
import { textWidth } from '../../src/layout/text.ts';
import { catalogPath, pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';

const NOTES: DataNotes = {
  repairedTraces: 12,
  adopted: 8,
  outside: 0,
  cut: 0,
  backwards: 0,
  shifted: 4,
  summaries: 0,
  summarised: 0,
  isPartial: true,
};
const withNotes = (path: RequestPath, notes: Partial<DataNotes> = {}): RequestPath => ({
  ...path,
  notes: { ...NOTES, ...notes },
});
const marksOf = (scene: Scene): Mark[] => scene.groups.flatMap(({ marks }) => [...marks]);

describe('dataNotes', () => {
  test('says how many traces were repaired, and how', () => {
    expect(dataNotes(withNotes(catalogPath()))).toEqual([
      '12 of 4,805 traces repaired: 8 orphans adopted, 4 clocks shifted · input read only in part',
      '12 of 4,805 traces repaired · input read only in part',
    ]);
  });

  test('says everything that there is, one and many', () => {
    const notes = { cut: 1, backwards: 2, outside: 1, adopted: 1, shifted: 1, summaries: 5, summarised: 1200 };
    expect(dataNotes(withNotes(catalogPath(), { ...notes, isPartial: false }))[0]).toBe(
      '12 of 4,805 traces repaired: 1 orphan adopted, 1 clock shifted, 2 negative durations set to 0, 1 cycle cut, ' +
        '1 span outside the root left out · 5 summary spans counted as 1,200',
    );
  });

  test('says which spans have no start time', () => {
    const notes = { adopted: 0, shifted: 0, isPartial: false };
    expect([1, 2].map((timeless) => dataNotes(withNotes(catalogPath(), { ...notes, timeless }))[0])).toEqual([
      '12 of 4,805 traces repaired: 1 span without a start time put at 1970',
      '12 of 4,805 traces repaired: 2 spans without a start time put at 1970',
    ]);
  });

  test('says of a path whose own traces are good that the input was not', () => {
    const notes = { repairedTraces: 0, adopted: 0, shifted: 0 };
    expect(dataNotes(withNotes(catalogPath(), notes))[0]).toBe('input read only in part');
  });
});

describe('layout', () => {
  test('puts the notes at the foot of the picture and into its description, in one line at any width', () => {
    const path = withNotes(catalogPath());
    for (const width of [480, 700, 1280]) {
      const { groups, height, description } = layout(path, path.at.p50, { width, openLayers: [] });
      const last = groups.at(-1)?.marks.at(-1);
      if (last?.type !== 'text') throw new Error('no text at the foot');
      const words = last.runs.map(({ text }) => text).join('');
      expect(words).toBe(dataNotes(path)[width < 700 ? 1 : 0]);
      expect(last.x + textWidth(words, last.size)).toBeLessThanOrEqual(width - 24);
      expect(last.y).toBeLessThan(height - 16);
      expect(description).toContain(`Data: ${dataNotes(path)[0]}.`);
    }
  });

  test('draws a path with notes as without them, but for the line at its foot', () => {
    fc.assert(
      fc.property(randomPath(12), fc.integer({ min: 480, max: 2000 }), (spec, width) => {
        const path = pathModel(spec);
        const options = { width, openLayers: [] };
        const plain = layout(path, path.at.p50, options);
        const noted = layout(withNotes(path), path.at.p50, options);
        expect(marksOf(noted).slice(0, -1)).toEqual(marksOf(plain));
        expect([noted.title, noted.width]).toEqual([plain.title, plain.width]);
        expect(noted.height).toBeGreaterThan(plain.height);
        expect(plain.description).not.toMatch(/Data: [^.]*(repaired|in part)/);
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});
