import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Source } from '../src/decode/source.ts';
import { load, type LoadProgress } from '../src/pipeline.ts';
import { spanIdText } from '../src/store/spanTable.ts';

const FIXTURE = readFileSync('fixtures/no-edge.otlp.jsonl', 'utf8');

function source(name: string, text: string): Source {
  const bytes = new TextEncoder().encode(text);
  return { name, size: bytes.length, stream: () => new Blob([bytes]).stream() };
}

describe('load', () => {
  test('puts a trace together whose spans are split over sources, in any order', async () => {
    const { table: whole } = await load([source('whole', FIXTURE)]);
    const { resourceSpans }: { resourceSpans: unknown[] } = JSON.parse(FIXTURE.split('\n')[0] ?? '');
    expect(resourceSpans.length).toBeGreaterThan(1);
    const parts = resourceSpans.map((one, index) => source(`part ${index}`, JSON.stringify({ resourceSpans: [one] })));
    for (const order of [parts, parts.toReversed()]) {
      const { table } = await load(order);
      expect([table.spanCount, table.traceCount]).toEqual([whole.spanCount, whole.traceCount]);
      for (let row = 0; row < table.spanCount; row++) expect(spanIdText(table, row)).toBe(spanIdText(whole, row));
      expect(table.parent).toEqual(whole.parent);
      expect(table.problems.orphans).toBe(0);
    }
  });

  test('says what each source was, and how far it has come', async () => {
    const steps: LoadProgress[] = [];
    const sources = [source('a', FIXTURE), source('b', FIXTURE)];
    const { sources: loaded } = await load(sources, { onProgress: (step) => steps.push({ ...step }) });
    expect(loaded.map(({ name, format }) => [name, format])).toEqual([
      ['a', 'OTLP JSON'],
      ['b', 'OTLP JSON'],
    ]);
    expect(steps.at(-1)).toMatchObject({ source: 'b', bytesRead: 2 * new TextEncoder().encode(FIXTURE).length });
    const bytes = steps.map(({ bytesRead }) => bytesRead);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  test('tells a source that holds no span, and reads the others', async () => {
    const { table, issues } = await load([source('notes.txt', 'hello'), source('traces', FIXTURE)]);
    expect(table.spanCount).toBeGreaterThan(0);
    expect(issues).toMatchObject([{ code: 'unreadable-source', severity: 'error', count: 1 }]);
    expect(issues[0]?.message).toMatch(/^No span could be read from 1 of 2 sources: notes\.txt: /);
  });

  test('throws where no source holds a span, with a reason for each', async () => {
    await expect(load([source('a', 'hello'), source('b', '')])).rejects.toThrow(/^a: .*\nb: /);
  });

  test('ends when it is aborted', async () => {
    const reason = new Error('enough');
    await expect(load([source('a', FIXTURE)], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
