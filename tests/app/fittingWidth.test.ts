import { assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginFit, continueFit } from '../../src/app/panes/fittingWidth.ts';
import { layout } from '../../src/layout/layout.ts';
import { somePath } from './somePath.ts';

const path = somePath();
const laidOut = (width: number) => layout(path, path.at.p50, { width, openLayers: [] });

/** What the search comes to, and after how many layouts. */
function fitted(width: number, height: number) {
  const pane = { width, height };
  let fit = beginFit(pane);
  let tries = 0;
  for (; !fit.isFound; tries++) {
    expect(tries).toBeLessThan(12);
    fit = continueFit(fit, laidOut(fit.width), pane);
  }
  return { ...fit, tries };
}
const fittingWidth = (width: number, height: number): number => fitted(width, height).width;

describe('the width that a diagram is laid out at', () => {
  const heightIn = (width: number, laidOutAt: number): number => {
    const scene = laidOut(laidOutAt);
    return (scene.height * width) / scene.width;
  };

  test('is the pane’s where the picture fits, and up to 900 in a narrower one', () => {
    expect(fittingWidth(1000, 2000)).toBe(1000);
    expect(fittingWidth(700, 2000)).toBe(900);
    expect(fittingWidth(520, 2000)).toBe(800);
  });

  test('is the pane’s where no readable size fits: the pane scrolls', () => {
    expect(fittingWidth(1000, 10)).toBe(1000);
  });

  test('shows the whole picture, or is the pane’s, and never scales below 0.65', () => {
    assert(
      property(integer({ min: 300, max: 1600 }), integer({ min: 50, max: 1200 }), (width, height) => {
        const chosen = fittingWidth(width, height);
        const least = Math.max(width, Math.min(900, Math.floor(width / 0.65)));
        expect(chosen).toBeGreaterThanOrEqual(least);
        expect(chosen === least || (heightIn(width, chosen) <= height && width / chosen >= 0.65)).toBe(true);
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  test('is found in panes of any size, be they wider than the widest layout', () => {
    assert(
      property(integer({ min: 1, max: 6000 }), integer({ min: 0, max: 1200 }), (width, height) => {
        const { scene, width: chosen } = fitted(width, height);
        if (scene !== null) expect(scene).toEqual(laidOut(chosen));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  test('is no more than 30 px wider than the least at which the picture is seen whole', () => {
    let searched = 0;
    for (const [width, part] of [640, 780, 850, 1000].flatMap((width) =>
      [0.75, 0.85, 0.95].map((part) => [width, part]),
    )) {
      const narrowest = Math.max(width, 900);
      const height = heightIn(width, narrowest) * part;
      const chosen = fittingWidth(width, height);
      for (let narrower = narrowest; narrower < chosen - 30; narrower += 7) {
        searched++;
        expect(heightIn(width, narrower)).toBeGreaterThan(height);
      }
    }
    expect(searched).toBeGreaterThan(10);
  });
});
