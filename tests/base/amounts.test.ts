import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountsOf, apportion, printMs, printQuanta, printShare, scaleFor } from '../../src/base/amounts.ts';
import { pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';

describe('apportion', () => {
  test('rounds the largest remainders up until the parts make the total', () => {
    expect(apportion([69.6, 30.4, 119.7, 39.8, 20.2, 180.4, 4, 5.9], 470)).toEqual([70, 30, 120, 40, 20, 180, 4, 6]);
  });

  test('prints thirds as 33, 33 and 34, the first of equals getting the rest', () => {
    expect(apportion([100 / 3, 100 / 3, 100 / 3], 100)).toEqual([34, 33, 33]);
  });

  test('rounds plainly where parts and total contradict each other', () => {
    expect(apportion([1.4, 2.6], 90)).toEqual([1, 3]);
  });

  test('keeps every part within one quantum and the sum exact, for any path at any percentile', () => {
    fc.assert(
      fc.property(randomPath(40), (spec) => {
        const view = pathModel(spec).at.p95;
        const { hops, boundaries, total, scale } = amountsOf(view);
        const quantum = scale.msPerUnit / 10 ** scale.decimals;
        expect([...hops, ...boundaries].reduce((sum, part) => sum + part, 0)).toBe(total);
        hops.forEach((part, index) =>
          expect(Math.abs(part * quantum - view.hops[index].shareMs)).toBeLessThan(quantum * 1.000001),
        );
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe('scaleFor', () => {
  test.each([
    [0, 'ms', 3],
    [0.047, 'µs', 1],
    [0.47, 'ms', 3],
    [4.7, 'ms', 2],
    [47, 'ms', 1],
    [470, 'ms', 1],
    [4700, 'ms', 0],
    [47_000, 's', 1],
    [4_700_000, 's', 0],
  ])('reads a total of %d ms in %s with %d digits after the point', (totalMs, unit, decimals) => {
    expect(scaleFor(totalMs)).toMatchObject({ unit, decimals });
  });
});

describe('printing', () => {
  const tenths = scaleFor(47);

  test('printQuanta leaves out zeros at the end unless they are asked for', () => {
    expect([printQuanta(470, tenths), printQuanta(470, tenths, true), printQuanta(184, tenths)]).toEqual([
      '47',
      '47.0',
      '18.4',
    ]);
  });

  test('printQuanta groups thousands', () => {
    expect(printQuanta(9876, scaleFor(9876))).toBe('9,876');
  });

  test('printShare says <0.1 where there is something, and 0 where there is nothing', () => {
    expect([printShare(0, 0.02, tenths), printShare(0, 0, tenths)]).toEqual(['<0.1', '0']);
  });

  test('printMs keeps three digits, and all of those before the point', () => {
    expect([180.04, 112.6, 4.2, 0.4, 0.0123, 16, 1234.5].map((ms) => printMs(ms, tenths))).toEqual([
      '180',
      '113',
      '4.2',
      '0.4',
      '0.0123',
      '16',
      '1,235',
    ]);
  });

  test('printMs speaks the unit of the picture', () => {
    expect(printMs(16, scaleFor(12_000))).toBe('0.016');
  });
});
