import { describe, expect, test } from 'vitest';
import { diffPaths } from '../../../src/analyse/diff/diffPaths.ts';
import {
  beforeAfter,
  changeAndRange,
  changeText,
  overallTexts,
  pathName,
  presenceText,
  statusText,
} from '../../../src/app/compare/compareWords.ts';
import { compare } from '../../../src/app/compare/compareStore.ts';
import { offeredPercentiles, provenParts, toShown } from '../../../src/app/compare/shown.ts';
import { stretchHalves } from '../../../src/app/compare/stretchHalves.ts';
import { parseRange } from '../../../src/analyse/timeRange.ts';
import { analysed } from '../../helpers/analysed.ts';
import { shopText, strayed, type ShopRequest } from '../../helpers/shop.ts';

/** Of /cart twice as many requests as of /pay, whose database becomes slower. */
const requests = (pay: number, phase: number, extra?: string): ShopRequest[] => [
  ...strayed(200, 20, 6, phase).map((data): ShopRequest => ({ data })),
  ...strayed(100, pay, 6, phase).map((data): ShopRequest => ({
    data,
    route: '/pay',
    ...(extra !== undefined && { extra }),
  })),
];
const before = analysed(shopText(requests(20, 0)));
const diff = diffPaths(before, analysed(shopText(requests(30, 1))), 0.5);
const sides = { before: 'a.jsonl', after: 'b.jsonl' };

describe('what is shown of a comparison', () => {
  test('first is the path that was chosen on the page, or else the first that changed', () => {
    const comparison = { id: 1, diff, issues: [] };
    const nameOf = (path: number): string | undefined => diff.paths[path]?.name;
    expect(diff.paths.map(({ name }) => name)).toEqual(['GET /cart', 'GET /pay']);
    expect(nameOf(toShown(comparison, sides, null).path)).toBe('GET /pay');
    expect(nameOf(toShown(comparison, sides, { name: 'GET /cart', entry: null }).path)).toBe('GET /cart');
    expect(nameOf(toShown(comparison, sides, { name: 'GET /gone', entry: null }).path)).toBe('GET /pay');
    const [cart] = diff.paths;
    const unchanged = { id: 1, diff: { ...diff, paths: [cart] }, issues: [] };
    expect(toShown(unchanged, sides, null).path).toBe(0);
    expect(toShown({ id: 1, diff: { ...diff, paths: [] }, issues: [] }, sides, null).path).toBe(-1);
  });

  test('the percentile that the page stood at stays offered, in its place', () => {
    const shown = toShown({ id: 1, diff: { ...diff, percentile: 0.75 }, issues: [] }, sides, null);
    expect(offeredPercentiles(shown)).toEqual([0.5, 0.75, 0.95, 0.99]);
    const elsewhere = { ...shown, diff };
    expect(offeredPercentiles(elsewhere)).toEqual([0.5, 0.75, 0.95, 0.99]);
    expect(offeredPercentiles(toShown({ id: 1, diff, issues: [] }, sides, null))).toEqual([0.5, 0.95, 0.99]);
  });

  test('beyond chance is what was judged so; what is new is a change of structure, not slower', () => {
    const [cart, pay] = diff.paths;
    expect(provenParts(cart)).toEqual([]);
    expect(provenParts(pay).map(({ name, verdict }) => [name, verdict])).toEqual([['postgres · db', 'slower']]);
    const cached = diffPaths(before, analysed(shopText(requests(20, 0, 'GET'))), 0.5).paths[1];
    expect(cached.structure.map(({ kind }) => kind)).toContain('new');
    expect(provenParts(cached).filter(({ name }) => name.startsWith('redis'))).toEqual([]);
  });

  test('every change has its sign, its interval and its words', () => {
    const [cart, pay] = diff.paths;
    expect(changeAndRange(pay.total)).toMatch(/^\+[\d.]+ ms \(95 %: \+[\d.]+ to \+[\d.]+\)$/);
    expect(pathName(pay, false)).toMatch(/^GET \/pay, [\d.]+ → [\d.]+ ms, ▲ slower$/);
    expect(pathName(cart, true)).toMatch(/^GET \/cart from .+, no more than chance makes$/);
    const few = diffPaths(analysed(shopText([{ data: 20 }])), analysed(shopText([{ data: 40 }])), 0.5).paths[0];
    expect(pathName(few, false)).toMatch(/~[\d.]+ → ~[\d.]+ ms, too few traces to judge$/);
    expect(changeAndRange(few.total)).toBe('+20.0 ms');
  });

  test('a change is what leads from before to after, in the unit and the digits of the picture', () => {
    const [cart] = diff.paths;
    const change = (beforeMs: number, afterMs: number, interval: [number, number] | null = null) => ({
      ...cart.total,
      beforeMs,
      afterMs,
      changeMs: afterMs - beforeMs,
      interval: interval && { lowMs: interval[0], highMs: interval[1] },
    });
    const half = change(38.94, 43.26, [2.96, 5.68]);
    expect([beforeAfter(half), changeText(half)]).toEqual(['38.9 → 43.3 ms', '+4.4']);
    expect(changeAndRange(half)).toBe('+4.4 ms (95 %: +3.0 to +5.7)');
    const hours = change(34_349_266, 30_264_763, [-5_000_000, -3_000_000]);
    expect(beforeAfter(hours)).toBe('34,349 → 30,265 s');
    expect(changeAndRange(hours)).toBe('−4,084 s (95 %: −5,000 to −3,000)');
    expect(changeText(change(47.02, 46.98))).toBe('0');
  });

  test('what the paths and their mix changed adds up to the change of all requests', () => {
    const total = { ...diff.overall.total, beforeMs: 27.64, afterMs: 27.56, changeMs: -0.08, interval: null };
    const part = (changeMs: number) => ({ ...total, changeMs });
    expect(changeText(total)).toBe('0');
    expect(overallTexts({ total, within: part(-0.46), mix: part(0.38) })).toEqual({
      within: '−0.4 ms',
      mix: '+0.4 ms',
    });
  });

  test('a name that runs from right to left leaves what follows it in its place', () => {
    const [pay] = diff.paths;
    const traffic = { traces: 60, requests: 60, share: 1 };
    expect(presenceText({ name: 'GET /a', entry: 'עברית', traffic })).toBe(
      'GET /a, entered at עברית\u200e: 100% of requests',
    );
    expect(pathName({ ...pay, name: 'עברית' }, false)).toMatch(/^עברית\u200e, /);
  });

  test('the status says what is read by quarters, and what came of it', () => {
    const state = compare.getState();
    const progress = { bytesRead: 60, bytesTotal: 100, spans: 5, source: 'b.jsonl', stage: 'reading' } as const;
    expect(statusText({ ...state, reading: { label: 'b.jsonl', progress } })).toBe('Reading b.jsonl, 50 percent');
    const shown = toShown({ id: 1, diff, issues: [] }, sides, null);
    expect(statusText({ ...state, shown })).toMatch(
      /^Compared a\.jsonl with b\.jsonl at p50: GET \/pay .+ ms, ▲ slower$/,
    );
  });

  test('a dataset is cut in the middle, in ranges that can be read back', () => {
    expect(stretchHalves(300)).toEqual({ before: '0s..150s', after: '150s..' });
    expect(stretchHalves(0.8)).toEqual({ before: '0s..400ms', after: '400ms..' });
    expect(stretchHalves(0)).toEqual({ before: '', after: '' });
    for (const seconds of [0.002, 0.5, 9.99, 10, 61, 86_400]) {
      const halves = stretchHalves(seconds);
      const { from, to } = parseRange(halves.before, 0, 'Before');
      expect(from).toBe(0);
      expect(parseRange(halves.after, 0, 'After').from).toBe(to);
      expect(Math.abs(to / 1e9 - seconds / 2)).toBeLessThanOrEqual(Math.max(0.001, seconds / 20));
    }
  });
});
