import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Source } from '../src/decode/source.ts';
import { load, type LoadProgress } from '../src/pipeline.ts';
import { fakeWorkers } from './helpers/fakeWorkers.ts';
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

  test('tells what was repaired with a count, and where it was first: source and trace', async () => {
    const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
    const span = (trace: number, id: number, more: object = {}): object => ({
      traceId: hex(trace, 32),
      spanId: hex(id, 16),
      startTimeUnixNano: '1760000000000000000',
      endTimeUnixNano: '1760000000000000100',
      ...more,
    });
    const below = (id: number): object => ({ parentSpanId: hex(id, 16) });
    const of = (name: string, ...spans: object[]): Source =>
      source(name, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
    const { issues, table } = await load([
      of('one', span(1, 1), span(2, 1), span(3, 1, { endTimeUnixNano: '5' }), span(3, 2, below(9))),
      of('two', span(2, 1), span(4, 1, below(2)), span(4, 2, below(1)), span(5, 1, { startTimeUnixNano: '0' })),
      of('three', span(3, 3, below(9)), span(2, 1), span(6, 0)),
    ]);
    const at = (name: string, trace: number) => ({ source: name, trace: hex(trace, 32) });
    const found = issues.map(({ code, severity, count, firstAt }) => [code, severity, count, firstAt]);
    expect(found.slice(1)).toEqual([
      ['no-time', 'warning', 1, at('two', 5)],
      ['duplicate-span', 'info', 2, at('two', 2)],
      ['orphan', 'info', 3, at('one', 3)],
      ['parent-cycle', 'info', 1, at('two', 4)],
      ['negative-duration', 'info', 1, at('one', 3)],
    ]);
    expect(issues[0]).toMatchObject({ code: 'invalid-id', count: 1, firstAt: { source: 'three', line: 1 } });
    expect(table.isPartial).toBe(false);
  });

  test('knows whether the input was read only in part', async () => {
    const isPartial = async (...sources: Source[]): Promise<boolean> => (await load(sources)).table.isPartial;
    expect(await isPartial(source('traces', FIXTURE))).toBe(false);
    expect(await isPartial(source('traces', FIXTURE.slice(0, -100)))).toBe(true);
    expect(await isPartial(source('notes.txt', 'hello'), source('traces', FIXTURE))).toBe(true);
  });

  test('starts the workers for a large source before it is read, and for small ones none; they end with the load', async () => {
    for (const [size, started] of [
      [(32 << 20) - 1, 0],
      [32 << 20, 2],
    ]) {
      const { workers, log } = fakeWorkers({ count: 3 });
      const sizes: number[] = [];
      const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
        sizes.push(log.started);
        return new Blob([FIXTURE]).stream();
      };
      const { table } = await load([{ name: 'large', size, stream }], { workers });
      expect(table.spanCount).toBeGreaterThan(0);
      expect(sizes).toEqual([started]);
      expect(log).toMatchObject({ started, ended: started });
    }
  });

  test('throws where no source holds a span, with a reason for each', async () => {
    await expect(load([source('a', 'hello'), source('b', '')])).rejects.toThrow(/^a: .*\nb: /);
  });

  test('ends when it is aborted', async () => {
    const reason = new Error('enough');
    await expect(load([source('a', FIXTURE)], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
