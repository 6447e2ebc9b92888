import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LAYERS } from '../../src/config/layers.ts';
import { layout } from '../../src/layout/layout.ts';
import type { Scene, TextMark } from '../../src/layout/scene.ts';
import { catalogPath, pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';

const OPTIONS = { width: 1280, openLayers: [] } as const;

function textsOf(scene: Scene, part?: string): string[] {
  return scene.groups
    .filter((group) => part === undefined || group.part?.type === part)
    .flatMap(({ marks }) => marks.filter((mark): mark is TextMark => mark.type === 'text'))
    .map(({ runs }) => runs.map((run) => run.text).join(''));
}

/** "~1,234.5" → 1234.5; what is too small to print is 0. */
function numberIn(text: string): number {
  return text.includes('<') ? 0 : Number(text.replace(/[~,]/g, ''));
}

/** To the last digit that is printed, whatever binary fractions make of it. */
function exact(value: number): string {
  return value.toFixed(3);
}

describe('layout', () => {
  test('says the figure of the catalog path', () => {
    const path = catalogPath();
    const scene = layout(path, path.at.p50, OPTIONS);
    expect(scene.title).toBe('GET /catalog/:id, 47 ms at p50');
    expect(textsOf(scene)).toEqual(
      expect.arrayContaining([
        'GET /catalog/:id',
        '47ms',
        '4,805 traces · 60 s · 47.2k req/s · 4 regions · every hop bounded',
        'total p50 · p95 112 · p99 180 of 180 ceiling',
        'EDGE',
        '18.4 ms',
        'postgres· primary',
        '▲ 2 over 16 budget',
        'http 0.3',
        'sql —',
        'WHERE THE 47 ms GO',
        '7 + 3 + 12 + 4 + 2 + 0.4 + 18 hops + 0.6 boundaries',
        'total 47 ms p50 · p99 ceiling 180 ms',
      ]),
    );
  });

  test('names every part for who cannot see it', () => {
    const path = catalogPath();
    const { groups, description } = layout(path, path.at.p50, OPTIONS);
    const labels = groups.flatMap(({ part, label }) => (part && label !== null ? [label] : []));
    expect(labels).toContain('postgres · primary, data, 18 of 47 ms, 2 ms over its budget of 16 ms');
    expect(labels).toContain('cf.workers, POP, edge, 7 of 47 ms, within its budget of 8 ms');
    expect(labels).toContain('cf.workers to go.gateway, http, 0.3 ms');
    expect(labels).toContain('go.svc / catalog to redis · cache, resp, not measured');
    expect(description).toMatch(/^postgres · primary is the bottleneck: 18 of 47 ms \(38%\)/);
  });

  test('marks every share, sum and name that too few traces stand behind', () => {
    const path = pathModel({
      hops: [
        { id: 'a', share: 12 },
        { id: 'b', share: 7 },
      ],
      lines: [{ from: 'a', to: 'b', protocol: 'http', share: 1 }],
      isResolved: false,
    });
    const scene = layout(path, path.at.p50, OPTIONS);
    expect(scene.title).toMatch(/, ~20 ms at p50$/);
    expect(textsOf(scene)).toEqual(expect.arrayContaining(['~20ms', '~12ms', '~19.0 ms', 'http ~1']));
    const labels = scene.groups.map(({ label }) => label);
    expect(labels).toContain('a, service, ~12 of ~20 ms');
    expect(labels).toContain('a to b, http, ~1 ms');
  });

  test('prints boxes that make their layer, and layers and boundaries that make the total, in every digit', () => {
    fc.assert(
      fc.property(randomPath(30), fc.constantFrom('p50' as const, 'p95' as const, 'p99' as const), (spec, key) => {
        const path = pathModel(spec);
        const scene = layout(path, path.at[key], OPTIONS);
        const figures = scene.groups
          .filter(({ part }) => part?.type === 'hop' || part?.type === 'fold')
          .flatMap(({ marks }) => marks.filter((mark) => mark.type === 'text' && mark.size === 24))
          .map((mark) => (mark.type === 'text' ? numberIn(mark.runs[0].text) : 0));
        const heading = scene.groups[1].marks.filter((mark) => mark.type === 'text' && mark.anchor === 'end');
        const layers = heading.map((mark) => (mark.type === 'text' ? numberIn(mark.runs[0].text.split(' ')[0]) : 0));
        const footer =
          textsOf(scene).findLast((text) => / (hops?|client|edge|gateway|service|data)( \+|,|$)/.test(text)) ?? '';
        const boundaries = numberIn(/\+ (\S+) boundaries/.exec(footer)?.[1] ?? '0');
        const total = numberIn(textsOf(scene)[1].replace(/(ms|µs|s)$/, ''));
        const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
        expect(exact(sum(figures))).toBe(exact(sum(layers)));
        expect(exact(sum(layers) + boundaries)).toBe(exact(total));
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  test('rounds every number of every mark to 0.01 px, so that all machines draw the same bytes', () => {
    fc.assert(
      fc.property(randomPath(20), fc.integer({ min: 480, max: 2400 }), (spec, width) => {
        const path = pathModel(spec);
        const { groups } = layout(path, path.at.p50, { width, openLayers: [] });
        expect(layout(path, path.at.p50, { width, openLayers: [] }).groups).toEqual(groups);
        const numbers = [...JSON.stringify(groups.map(({ marks }) => marks)).matchAll(/:(-?\d+\.\d+)[,}]/g)];
        expect(numbers.map(([, text]) => text).filter((text) => (text.split('.')[1] ?? '').length > 2)).toEqual([]);
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  test('shows a percentile between the three without budgets, which bound only those', () => {
    const path = catalogPath();
    const scene = layout(path, { ...path.at.p50, percentile: 0.625 }, OPTIONS);
    const texts = textsOf(scene);
    expect(texts).toContain('total p62.5 · p50 47 · p95 112 · p99 180 of 180 ceiling');
    expect(
      texts.filter((text) => text.includes('budget')).filter((text) => !text.includes('its 16 ms budget')),
    ).toEqual([]);
  });

  test('marks what too few traces say with ~ and says where weights are missing', () => {
    const path = pathModel({ hops: [{ id: 'a', share: 12 }], lines: [], isResolved: false, weighting: 'unweighted' });
    const texts = textsOf(layout(path, path.at.p50, OPTIONS));
    expect(texts).toEqual(expect.arrayContaining(['~12ms', 'total p50 · p95 ~28.8 · p99 ~45.6']));
    expect(texts.join()).toContain('unweighted');
  });

  test('does not say 0 where nobody measured', () => {
    const path = pathModel({
      hops: [
        { id: 'a', share: 12 },
        { id: 'b', share: 3 },
      ],
      lines: [{ from: 'a', to: 'b' }],
    });
    expect(textsOf(layout(path, path.at.p50, OPTIONS))).toEqual(
      expect.arrayContaining(['—', '12 + 3 hops, boundaries not measured']),
    );
  });

  test('dashes what is asynchronous or adopted', () => {
    const path = pathModel({
      hops: [
        { id: 'a', share: 12 },
        { id: 'later', share: 0, isAsync: true },
        { id: 'lost', share: 3 },
      ],
      lines: [
        { from: 'a', to: 'later', isAsync: true },
        { from: 'a', to: 'lost', isAdopted: true },
      ],
    });
    const dashed = layout(path, path.at.p50, OPTIONS).groups.filter(({ marks }) =>
      marks.some((mark) => (mark.type === 'path' || mark.type === 'rect') && mark.isDashed === true),
    );
    expect(dashed.map(({ label }) => label)).toEqual([
      'later, service, asynchronous, no part in the total',
      'a to later, not measured, asynchronous',
      'a to lost, not measured, parent lost',
    ]);
  });

  test('cuts a long name and keeps it whole in the title', () => {
    const long = `payments / ${'ledger-'.repeat(28)}x`;
    const path = pathModel({ name: `GET /${'x'.repeat(200)}`, hops: [{ id: long, share: 5 }], lines: [] });
    const texts = layout(path, path.at.p50, OPTIONS).groups.flatMap(({ marks }) =>
      marks.filter((mark) => mark.type === 'text'),
    );
    const cutTexts = texts.flatMap((mark) => (mark.type === 'text' && mark.fullText ? [mark.fullText] : []));
    expect(cutTexts).toEqual([`GET /${'x'.repeat(200)}`, long]);
  });

  test('names the exemplar by the digits that tell it from others, those of an id of 8 bytes too', () => {
    const path = catalogPath();
    const exemplarOf = (traceId: string) => {
      const { exemplar } = path.at.p50;
      const scene = layout(path, { ...path.at.p50, exemplar: exemplar && { ...exemplar, trace: 0, traceId } }, OPTIONS);
      return textsOf(scene, 'exemplar');
    };
    expect(exemplarOf('4bf92f3577b34da6a3ce929d0e0e4736')).toEqual([expect.stringMatching(/^trace 4bf92f35… · /)]);
    expect(exemplarOf('0000000000000000a3ce929d0e0e4736')).toEqual([expect.stringMatching(/^trace a3ce929d… · /)]);
  });

  test('survives a path of nothing: no time, no exemplar', () => {
    const path = pathModel({ hops: [{ id: 'a', share: 0 }], lines: [] });
    const scene = layout(path, { ...path.at.p50, exemplar: null }, OPTIONS);
    expect(textsOf(scene)).toEqual(expect.arrayContaining(['0ms', '0 hops']));
    expect(textsOf(scene).join()).not.toMatch(/NaN|Infinity|undefined/);
  });

  test('bounds its own size, whatever width is asked for', () => {
    const path = catalogPath();
    expect([1, 480, 1e9].map((width) => layout(path, path.at.p50, { width, openLayers: [...LAYERS] }).width)).toEqual([
      480, 480, 8000,
    ]);
  });
});

test('layout keeps a name whole at any width where it fits, and gives its role what is left', () => {
  const path = catalogPath();
  for (let width = 700; width <= 1300; width += 10) {
    const names = textsOf(layout(path, path.at.p50, { width, openLayers: [] }), 'hop').filter((name) =>
      name.startsWith('cf.w'),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(name).toMatch(/^cf\.workers(· (POP|P…|PO…))?$/);
  }
});
