import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffPaths } from '../../src/analyse/diff/diffPaths.ts';
import { quantumMs, scaleFor } from '../../src/base/amounts.ts';
import { printPart } from '../../src/layout/bridgeAmounts.ts';
import { analysed } from '../helpers/analysed.ts';
import { shopText } from '../helpers/shop.ts';

const shop = analysed(shopText([{ data: 20 }]));
const [somePart] = diffPaths(shop, shop, 0.5).paths[0].parts;
const part = (beforeMs: number, afterMs: number) => ({ ...somePart, beforeMs, afterMs, changeMs: afterMs - beforeMs });
const numberOf = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-'));

describe('a hop before and after', () => {
  test('has the change of the picture, and differs by it', () => {
    const scale = scaleFor(47);
    expect(printPart(part(18.04, 21.66), 36, scale)).toMatchObject({ before: '18.1', after: '21.7', change: '+3.6' });
    expect(printPart(part(18.04, 21.66), 37, scale)).toMatchObject({ before: '18.0', after: '21.7', change: '+3.7' });
    expect(printPart(part(0, 0.06), 1, scale)).toMatchObject({ before: '0.0', after: '0.1', change: '+0.1' });
    expect(printPart(part(0.06, 0), -1, scale)).toMatchObject({ before: '0.1', after: '0.0', change: '−0.1' });
  });

  test('is more exact where the picture has no digit for its change', () => {
    const printed = printPart(part(0.031, 0.062), 0, scaleFor(47));
    expect(printed).toMatchObject({ before: '0.031', after: '0.062', change: '+0.031', scale: { decimals: 3 } });
  });

  test('is off by a quantum at most, whatever the change was rounded to', () => {
    const ms = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(ms, ms, fc.boolean(), (beforeMs, afterMs, isUp) => {
        const scale = scaleFor(5000);
        const quantum = quantumMs(scale);
        const exact = (afterMs - beforeMs) / quantum;
        const { before, after, change } = printPart(
          part(beforeMs, afterMs),
          isUp ? Math.ceil(exact) : Math.floor(exact),
          scale,
        );
        expect(Math.abs(numberOf(before) - beforeMs)).toBeLessThanOrEqual(quantum * 1.01);
        expect(Math.abs(numberOf(after) - afterMs)).toBeLessThanOrEqual(quantum * 1.01);
        expect(numberOf(after) - numberOf(before)).toBeCloseTo(numberOf(change), 6);
      }),
    );
  });
});
