import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useViteBuild } from '../helpers/viteBuild.ts';
import { writeBenchFiles, type BenchFiles } from './files.ts';
import { interleaved, median, ratios, spread } from './measure.ts';
import { READERS } from './readers.ts';
import { figureRow, TARGETS } from './targets.ts';
import { makeTraffic } from './traces.ts';

let folder = '';
let files: BenchFiles;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopline-bench-test-'));
  files = writeBenchFiles(folder, 1000);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the benchmark', () => {
  const bench = useViteBuild('bench');

  test('runs from end to end, checks what was read, and prints every target beside its figure', () => {
    const options = [join(bench.folder(), 'bench.mjs'), '--spans', '500', '--runs', '1', '--no-browser'];
    const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const target of ['P1', 'P2', 'P3', 'P4', 'P6', 'P10', 'P11', 'P12']) {
      expect(stdout).toMatch(new RegExp(`^ +${target}\\b.*[≥≤] [\\d.]+ .*\\b(met|missed|asked of [\\d,]+)$`, 'm'));
    }
  }, 240_000);
});

describe('the benchmark’s traffic', () => {
  test('is the same every time, in whole traces of 10 to 14 spans', () => {
    const [first, second] = [makeTraffic(300), makeTraffic(300)].map(({ requests }) => [...requests]);
    expect(second).toEqual(first);
    const sizes = new Map<string, number>();
    const spans = (first ?? []).flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
    for (const { traceId } of spans) sizes.set(traceId, (sizes.get(traceId) ?? 0) + 1);
    expect(spans.length).toBe(makeTraffic(300).spans);
    expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(10);
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(14);
  });

  test('is read in full by every reader', async () => {
    const { jsonl, protobuf, spans } = files;
    const readers = [
      'JSON.parse',
      'JSON.parse, kept',
      'JSON.parse and walk',
      'Hopline table',
      'Hopline diagram',
    ] as const;
    for (const reader of readers) expect([reader, await READERS[reader](jsonl.path)]).toEqual([reader, spans]);
    for (const reader of ['protobufjs', 'protobufjs and walk', 'Hopline table', 'Hopline numbers'] as const) {
      expect([reader, await READERS[reader](protobuf.path)]).toEqual([reader, spans]);
    }
  });
});

describe('interleaved', () => {
  test('lets cases take turns and leaves the first round out', async () => {
    const turns: string[] = [];
    const turn = (name: string, time: number) => async () => {
      turns.push(name);
      return time;
    };
    expect(await interleaved({ a: turn('a', 1), b: turn('b', 2) }, 2)).toEqual({ a: [1, 1], b: [2, 2] });
    expect(turns).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });
});

test('a target is met or missed by the median where there are as many spans as it is asked for', () => {
  const row = (count: number, middle: number): readonly string[] =>
    figureRow({ target: 'P1', values: [7, 9], on: { count, of: 'spans' } }, middle);
  expect(row(1_000_000, 8)).toEqual(['P1', TARGETS.P1.what, '1,000,000 spans', '≥ 8 ×', '8.00 (7.00–9.00)', 'met']);
  expect(row(1_000_000, 7.9).at(-1)).toBe('missed');
  expect(row(100_000, 9).at(-1)).toBe('asked of 1,000,000');
});

test('median, ratios and spread are taken run by run', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(ratios([2, 9], [1, 3])).toEqual([2, 3]);
  expect(spread([3, 1, 2])).toBe('2.00 (1.00–3.00)');
});
