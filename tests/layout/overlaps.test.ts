import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LAYERS } from '../../src/config/layers.ts';
import { PERCENTILE_KEYS } from '../../src/config/percentiles.ts';
import { layout } from '../../src/layout/layout.ts';
import { catalogPath, pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';
import { faultsOf } from '../helpers/sceneOverlaps.ts';

describe('layout', () => {
  test.each([480, 640, 760, 900, 1024, 1280, 1600, 2400])(
    'draws the catalog path without a fault at %i px',
    (width) => {
      for (const key of PERCENTILE_KEYS) {
        const path = catalogPath();
        expect(faultsOf(layout(path, path.at[key], { width, openLayers: [] }))).toEqual([]);
      }
    },
  );

  test('draws any path without a line through a box, a text on a text or a pill on a foreign line', () => {
    fc.assert(
      fc.property(
        randomPath(60),
        fc.integer({ min: 480, max: 2400 }),
        fc.constantFrom(...PERCENTILE_KEYS),
        fc.subarray([...LAYERS]),
        (spec, width, key, openLayers) => {
          const path = pathModel(spec);
          expect(faultsOf(layout(path, path.at[key], { width, openLayers }))).toEqual([]);
        },
      ),
      { seed: 7, numRuns: Number(process.env['HOPLINE_RUNS'] ?? 40) },
    );
  });
});
