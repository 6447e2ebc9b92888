import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toFileName } from '../../src/app/export/toFileName.ts';
import {
  briefEstimate,
  briefText,
  lineName,
  estimateText,
  figureText,
  intervalText,
  unitOf,
  verdictText,
} from '../../src/app/parts/words.ts';
import { judgements, worstVerdict } from '../../src/app/state/budgets.ts';
import { currentPath, selectedPart, viewOf } from '../../src/app/state/selectors.ts';
import type { Opened } from '../../src/app/state/opened.ts';
import { captionOf } from '../../src/app/views/captionOf.ts';
import { startTexts } from '../../src/app/tabs/startTexts.ts';
import { sampleConfig } from '../../src/app/tabs/sampleConfig.ts';
import { scaleFor } from '../../src/base/amounts.ts';
import { parseConfig } from '../../src/config/configFile.ts';
import { someBoundary, someEstimate, someHop, somePath, someView } from './somePath.ts';

describe('the chosen path', () => {
  const [a, b] = [somePath({ name: 'GET /', entry: 'a' }), somePath({ name: 'GET /', entry: 'b' })];
  const opened: Opened = { type: 'diagram', label: 'x', paths: [a, b], view: a.at.p50 };

  test('is the first where none is named, or where the dataset has no such path', () => {
    expect(currentPath({ opened, path: null })).toBe(a);
    expect(currentPath({ opened, path: { name: 'POST /', entry: null } })).toBe(a);
    expect(currentPath({ opened: null, path: null })).toBeNull();
  });

  test('is told from another of its name by the entry', () => {
    expect(currentPath({ opened, path: { name: 'GET /', entry: 'b' } })).toBe(b);
  });
});

test('a view of a path that was there before never comes from the diagram that is open now', () => {
  const [before, saved] = [somePath({ name: 'GET /before' }), somePath({ name: 'GET /saved' })];
  const view = { ...saved.at.p50, percentile: 0.7 };
  const state = {
    opened: { type: 'diagram', label: 'x', paths: [saved], view },
    answer: null,
    percentile: 0.7,
  } as const;
  expect(viewOf(state, saved)).toBe(view);
  expect(viewOf(state, before)).toBe(before.at.p50);
  expect(viewOf({ ...state, percentile: 0.95 }, before)).toBe(before.at.p95);
});

test('startTexts says the date where traces are of more than one day', () => {
  const [monday, noon, tuesday] = ['2026-05-04T09:00:00.000Z', '2026-05-04T12:00:00.250Z', '2026-05-05T01:00:00.000Z'];
  expect(startTexts([monday, noon])).toEqual(['09:00:00.000', '12:00:00.250']);
  expect(startTexts([noon, tuesday])).toEqual(['2026-05-04 12:00:00.250', '2026-05-05 01:00:00.000']);
});

describe('the selected part', () => {
  const path = somePath();

  test('is the hop that the finding names until something is chosen', () => {
    expect(selectedPart(path, path.at.p50, 'auto')).toMatchObject({ type: 'hop', index: 0 });
  });

  test('is nothing after Esc', () => {
    expect(selectedPart(path, path.at.p50, null)).toBeNull();
  });

  test('is the boundary between two hops', () => {
    expect(selectedPart(path, path.at.p50, { type: 'boundary', from: 'web', to: 'postgres · primary' })).toMatchObject({
      type: 'boundary',
      index: 0,
    });
  });

  test('that this path lacks falls back to the finding', () => {
    expect(selectedPart(path, path.at.p50, { type: 'hop', id: 'gone' })).toMatchObject({ type: 'hop', index: 0 });
  });
});

describe('the budgets of a path', () => {
  const path = somePath({
    ceiling: { p99: 90 },
    hops: [someHop({ budget: { p50: 8, p99: 70 } }), someHop({ id: 'postgres · primary' })],
    boundaries: [someBoundary({ budget: { p50: 2 } })],
    at: {
      p50: someView('p50', 1, {
        hops: [someEstimate(6, { verdict: 'within' }), someEstimate(3)],
        boundaries: [someEstimate(1, { verdict: 'within' })],
      }),
      p95: someView('p95', 5),
      p99: someView('p99', 10, { verdict: 'over', hops: [someEstimate(60, { verdict: 'within' }), someEstimate(30)] }),
    },
  });

  test('are its ceilings, its hops’ and its boundaries’, each at its percentile', () => {
    expect(
      judgements(path).map(({ part, percentile, budgetMs, measuredMs, verdict }) => [
        part?.type ?? 'total',
        percentile,
        budgetMs,
        measuredMs,
        verdict,
      ]),
    ).toEqual([
      ['total', 'p99', 90, 100, 'over'],
      ['hop', 'p50', 8, 6, 'within'],
      ['hop', 'p99', 70, 60, 'within'],
      ['boundary', 'p50', 2, 1, 'within'],
    ]);
  });

  test('are as good as the worst of them, and nothing where there is none', () => {
    expect(worstVerdict(path)).toBe('over');
    expect(worstVerdict(somePath())).toBeNull();
  });
});

describe('the caption of a presentation', () => {
  const path = somePath({
    hops: [
      someHop({
        budget: { p50: 5 },
        operations: [
          { name: 'GET /cart', shareMs: 5, visits: 1 },
          { name: 'render', shareMs: 1, visits: 1 },
        ],
      }),
      someHop({ id: 'postgres · primary' }),
    ],
    at: {
      ...somePath().at,
      p50: someView('p50', 1, { hops: [someEstimate(6, { verdict: 'over' }), someEstimate(3)] }),
    },
  });

  test('is the finding for the whole', () => {
    expect(captionOf(path, path.at.p50, null)).toBe('web is the bottleneck');
  });

  test('says share, budget and dearest operation of a hop', () => {
    expect(captionOf(path, path.at.p50, 0)).toBe(
      'web: 6 ms of 10 ms at p50 (60%), 1 ms over its 5 ms budget, mostly GET /cart (5 ms at p50)',
    );
    expect(captionOf(path, path.at.p95, 1)).toBe('postgres · primary: 15 ms of 50 ms at p95 (30%)');
  });

  test('marks every number that too few traces stand behind', () => {
    const few = { ...path, at: { ...path.at, p50: someView('p50', 1, { isResolved: false }) } };
    expect(captionOf(few, few.at.p50, 0)).toBe('web: ~6 ms of ~10 ms at p50 (60%), mostly GET /cart (~5 ms at p50)');
  });
});

describe('a suggested config', () => {
  test('asks for a tenth more than was measured, dearest hop first', () => {
    expect(sampleConfig(somePath())).toBe(
      [
        'paths:',
        '  "GET /cart":',
        '    ceiling: { p99: 110ms }',
        '    hops:',
        '      "web": { budget: { p50: 6.6ms } }',
        '      "postgres · primary": { budget: { p50: 3.3ms } }',
      ].join('\n'),
    );
  });

  test('knows a very long name by how it begins', () => {
    const name = 'a'.repeat(1_000_000);
    const text = sampleConfig(somePath({ name, hops: [someHop({ id: name }), someHop({ id: 'b' })] }));
    expect(text).toContain(`"${'a'.repeat(300)}*": {`);
    expect(text.length).toBeLessThan(1000);
  });

  test('is one that Hopline reads, whatever the names', () => {
    assert(
      property(string({ unit: 'binary', minLength: 1 }), (name) => {
        const text = sampleConfig(somePath({ name, hops: [someHop({ id: `${name}!` }), someHop({ id: 'b' })] }));
        const config = parseConfig(text, 'hopline.yaml');
        expect(config.paths[name]?.hops?.[`${name}!`]?.budget?.p50).toBeCloseTo(6.6);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('words', () => {
  test('leave a missing side of an interval open', () => {
    const ms = unitOf(somePath());
    expect(intervalText({ lowMs: 17, highMs: 19.2 }, ms)).toBe('17–19');
    expect(intervalText({ lowMs: 17.9, highMs: 18.2 }, ms)).toBe('17.9–18.2');
    expect(intervalText({ lowMs: 18, highMs: 18 }, ms)).toBe('18');
    expect(intervalText({ lowMs: 17, highMs: null }, ms)).toBe('≥17');
    expect(intervalText({ lowMs: null, highMs: 19 }, ms)).toBe('≤19');
    expect(intervalText({ lowMs: null, highMs: null }, ms)).toBe('—');
    expect(intervalText(null, ms)).toBe('—');
  });

  test('say a duration in the unit that its path is drawn in', () => {
    const inUnit = (totalMs: number) => unitOf({ at: { ...somePath().at, p50: someView('p50', 1, { totalMs }) } });
    expect(inUnit(47).unit).toBe('ms');
    expect(inUnit(0).unit).toBe('ms');
    const hours = inUnit(7_985_000);
    expect(hours.unit).toBe('s');
    expect(figureText(24_878_779.7, hours)).toBe('24,879');
    expect(figureText(24_878_779.7, hours, 1)).toBe('24,878.8');
    expect(estimateText(7_985_000, false, hours)).toBe('~7,985');
    expect(intervalText({ lowMs: 6_351_207, highMs: 7_037_635 }, hours)).toBe('6,351–7,038');
    expect(intervalText({ lowMs: 6_351_207, highMs: 6_351_300 }, hours)).toBe('6,351.2–6,351.3');
    expect(intervalText({ lowMs: null, highMs: 7_037_635 }, hours)).toBe('≤7,038');
    expect(figureText(0.004, inUnit(0.05))).toBe('4');
    expect(briefText(47, inUnit(47))).toBe('47');
    expect(briefText(7_985_000, hours)).toBe('7,985 s');
    expect(briefEstimate(7_985_000, false, hours)).toBe('~7,985 s');
    expect(briefEstimate(null, true, hours)).toBe('—');
  });

  test('say a boundary from left to right, whichever way its names run', () => {
    expect(lineName('web', 'postgres')).toBe('web → postgres');
    expect(lineName('שירות', 'מסד')).toBe('שירות\u200e → מסד\u200e');
  });

  test('say a bound as it was set', () => {
    expect(verdictText('within', 17, 17.5, scaleFor(47))).toBe('within its 17.5 ms budget');
    expect(verdictText('near', 1400, 1500, scaleFor(4700))).toBe('close to its 1.5 s budget');
  });

  test('say by how much a budget is exceeded, in the digits of the picture', () => {
    expect(verdictText('over', 18, 16, scaleFor(47))).toBe('2 ms over its 16 ms budget');
    expect(verdictText('over', 13.08, 3, scaleFor(112))).toBe('10.1 ms over its 3 ms budget');
    expect(verdictText('over', 3500, 1500, scaleFor(47_000))).toBe('2 s over its 1.5 s budget');
    expect(verdictText('over', 1, 0.1, scaleFor(47))).toBe('0.9 ms over its 100 us budget');
    expect(verdictText('insufficient', 18, 16, scaleFor(47))).toBe('too few traces to judge its 16 ms budget');
  });

  test.each([
    ['GET /catalog/:id', 'get-catalog-id'],
    ['../../etc/passwd', 'etc-passwd'],
    ['检索 /商品', '检索-商品'],
    ['//', 'diagram'],
    ['a'.repeat(500), 'a'.repeat(80)],
  ])('make of %s the file name %s', (name, expected) => {
    expect(toFileName(name)).toBe(expected);
  });
});
