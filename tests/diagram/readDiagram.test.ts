import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PathView, RequestPath } from '../../src/analyse/model.ts';
import { InputError } from '../../src/base/issues.ts';
import { packPath } from '../../src/diagram/model.ts';
import { exportSvg } from '../../src/diagram/exportSvg.ts';
import { readDiagram } from '../../src/diagram/readDiagram.ts';
import { catalogPath, pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';

const OPTIONS = { width: 1280, theme: 'auto', openLayers: [] } as const;

function catalogSvg(): string {
  const path = catalogPath();
  return exportSvg(path, path.at.p50, OPTIONS);
}

/** The catalog's SVG with one place of its model changed: `path.at.p50.hops.0.shareMs`. */
function tampered(place: string, value: unknown): string {
  const svg = catalogSvg();
  const [, json] = /<metadata>(.*)<\/metadata>/.exec(svg) ?? [];
  const model: unknown = JSON.parse(json);
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  const owner = keys.reduce((at: unknown, key) => (isRecord(at) ? at[key] : undefined), model);
  if (!isRecord(owner)) throw new Error(`there is no ${place}`);
  owner[last] = value;
  return svg.replace(json, () => JSON.stringify(model));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const NO_PATH =
  'This SVG holds no path: it is the bridge of a comparison, was not made by Hopline, or a tool has taken its metadata out.';

function messageOf(svg: string): string {
  try {
    readDiagram(svg);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'read';
}

function mapAt(at: RequestPath['at'], change: (view: PathView) => PathView): RequestPath['at'] {
  return { p50: change(at.p50), p95: change(at.p95), p99: change(at.p99) };
}

describe('readDiagram', () => {
  test('gives back the path, the view and the options of an export', () => {
    const { path, view, options } = readDiagram(catalogSvg());
    const original = catalogPath();
    expect(path.hops).toEqual(original.hops);
    expect(path.boundaries).toEqual(original.boundaries);
    expect(view.totalMs).toBeCloseTo(47, 6);
    expect(view.exemplar).toMatchObject({ trace: null, traceId: null });
    expect(view.exemplar?.segments.slice(0, 2)).toEqual([
      { hop: 0, boundary: null, startMs: 0, endMs: 5 },
      { hop: null, boundary: 0, startMs: 5, endMs: 5.15 },
    ]);
    expect(options).toEqual(OPTIONS);
  });

  test('and exporting again gives the same bytes, for any path, percentile and options', () => {
    fc.assert(
      fc.property(
        randomPath(15),
        fc.integer({ min: 480, max: 2400 }),
        fc.constantFrom('auto' as const, 'light' as const, 'dark' as const),
        fc.constantFrom(0.5, 0.95, 0.625),
        (spec, width, theme, percentile) => {
          const path = pathModel(spec);
          const view = percentile === 0.5 ? path.at.p50 : { ...path.at.p95, percentile };
          const svg = exportSvg(path, view, { width, theme, openLayers: ['data', 'service'] });
          const read = readDiagram(svg);
          expect(exportSvg(read.path, read.view, read.options)).toBe(svg);
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  test('reads a file that an editor saved with entities and white space', () => {
    const svg = catalogSvg();
    const [, json] = /<metadata>(.*)<\/metadata>/.exec(svg) ?? [];
    const saved = svg.replace(json, () => `\n  ${json.replaceAll('"', '&quot;')}\n`);
    expect(readDiagram(saved)).toEqual(readDiagram(svg));
  });

  test.each([
    ['', NO_PATH],
    ['<svg><metadata>{}</metadata></svg>', 'The metadata of this SVG is not Hopline’s.'],
    ['<svg><metadata>nonsense</metadata></svg>', 'The metadata of this SVG is not Hopline’s, or the file is damaged.'],
    ['<svg><metadata>{"hopline":2}</metadata></svg>', 'This SVG was made by a later version of Hopline than this one.'],
    ['<svg><metadata>{"hopline":1}</metadata></svg>', 'The path in this SVG is damaged at options.'],
    ['<svg><metadata>', NO_PATH],
    [
      `<svg><metadata>${'['.repeat(100_000)}</metadata></svg>`,
      'The metadata of this SVG is not Hopline’s, or the file is damaged.',
    ],
  ])('refuses %.40j in one sentence', (svg, message) => {
    expect(messageOf(svg)).toBe(message);
  });

  test('refuses a bridge as one that Hopline may have made', () => {
    expect(messageOf(readFileSync('fixtures/bridge.svg', 'utf8'))).toBe(NO_PATH);
  });

  test.each([
    ['a negative share', 'path.at.p50.hops.0.shareMs', -1, ' at path.at.p50.hops.0.shareMs.'],
    ['a number that is text', 'path.seconds', '60', ' at path.seconds.'],
    ['an unknown layer', 'path.hops.2.layer', 'cloud', ' at path.hops.2.layer.'],
    ['a field that is not ours', 'path.extra', 'x', ' at path.'],
    ['an infinite width', 'options.width', 1e308, ' at options.width.'],
    ['a missing estimate', 'path.at.p99.hops', [], ': an estimate is missing.'],
    ['shares that do not add up', 'path.at.p50.hops.0.shareMs', 8, ': its shares do not add up to its total.'],
    ['a boundary to nowhere', 'path.boundaries.0.to', 'x', ': a boundary leads to no hop.'],
    ['two hops of one name', 'path.hops.1.id', 'cf.workers', ': two hops have the same name.'],
    ['a finding about no hop', 'path.at.p50.finding.hop', 99, ': the finding names no hop.'],
    ['an exemplar out of order', 'path.at.p50.exemplar.stretches.3.1', 1, ': its exemplar is not in order.'],
    ['a stretch of no hop', 'path.at.p50.exemplar.stretches.0.0', 70, ': its exemplar is not in order.'],
  ])('refuses %s', (_, place, value, message) => {
    expect(messageOf(tampered(place, value))).toBe(`The path in this SVG is damaged${message}`);
  });

  test('keeps __proto__ a plain refusal', () => {
    const svg = catalogSvg().replace('{"hopline":1,', '{"__proto__":{"polluted":true},"hopline":1,');
    expect(messageOf(svg)).toContain('damaged');
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined);
  });

  test('refuses a path whose picture would hold up the page, however it keeps its hops from folding', () => {
    const original = catalogPath();
    const hop = { ...original.hops[3], budget: { p50: 5 } };
    const grown: RequestPath = {
      ...original,
      hops: [...original.hops, ...Array.from({ length: 2_000 }, (_, i) => ({ ...hop, id: `hop ${i}` }))],
      at: mapAt(original.at, (view) => ({
        ...view,
        hops: [...view.hops, ...Array.from({ length: 2_000 }, () => ({ ...view.hops[3], shareMs: 0 }))],
      })),
    };
    const model = { hopline: 1, options: OPTIONS, path: packPath(grown), view: 'p50' };
    expect(messageOf(`<svg><metadata>${JSON.stringify(model)}</metadata></svg>`)).toContain(
      'more hops and boundaries than can be drawn',
    );
  });
});

test('readDiagram gives back what is known of some hops only: summarised spans, and memory', () => {
  const path = catalogPath();
  const known = { summarised: 14, memory: { bytes: 340_123_456, pods: 3, gauge: 'process.memory.usage' } };
  const told = { ...path, hops: path.hops.map((hop, i) => (i === 1 ? { ...hop, ...known } : hop)) };
  expect(readDiagram(exportSvg(told, told.at.p50, OPTIONS)).path.hops).toEqual(told.hops);
});
