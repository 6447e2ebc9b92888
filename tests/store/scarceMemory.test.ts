import { describe, expect, test } from 'vitest';
import { IssueLog } from '../../src/base/issues.ts';
import { StringTable } from '../../src/base/strings.ts';
import { LIMITS } from '../../src/config/limits.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';
import { withScarceMemory } from '../helpers/scarceMemory.ts';

/** What one span has beside its ids. */
interface Extra {
  readonly text?: (id: number) => string;
  readonly values?: number;
  readonly events?: number;
}

/** Adds spans with ids from 1 to `count`, ten a trace; returns how many were taken. */
function addSpans(builder: SpanTableBuilder, count: number, { text, values = 0, events = 0 }: Extra = {}): number {
  const { span, strings, attributes } = builder;
  const key = strings.intern('key');
  let taken = 0;
  for (let id = 1; id <= count; id++) {
    builder.startSpan();
    span.traceId0 = Math.ceil(id / 10);
    span.spanId1 = id;
    attributes.begin();
    if (text) attributes.addString(key, strings.intern(text(id)));
    for (let i = 0; i < values; i++) attributes.addDouble(key, i + 0.5);
    span.shape = attributes.shape;
    span.offset = attributes.offset;
    for (let i = 0; i < events; i++) builder.addEvent(0, i, key);
    if (builder.addSpan()) taken++;
  }
  return taken;
}

const SCARCE = 40_000;

describe('SpanTableBuilder', () => {
  test.each<[string, Extra]>([
    ['spans', {}],
    ['texts', { text: (id) => `text of its own ${id}`.padEnd(200, '.') }],
    ['values', { values: 60 }],
  ])('SpanTableBuilder is full when there is no memory for more %s, and what came before is whole', (_, extra) => {
    const builder = new SpanTableBuilder();
    const taken = withScarceMemory(SCARCE, () => addSpans(builder, 5000, extra));
    expect(taken).toBeGreaterThan(50);
    expect(taken).toBeLessThan(5000);
    expect(builder.fullBecause).toBe('memory');
    const whole = new SpanTableBuilder();
    addSpans(whole, taken, extra);
    const table = builder.finish();
    const expected = whole.finish();
    expect(table.spanCount).toBe(taken);
    expect([...table.spanId]).toEqual([...expected.spanId]);
    expect([...table.offset]).toEqual([...expected.offset]);
    for (const row of [0, taken - 1]) {
      const position = table.offset[row];
      expect(table.attributes.values.at(position)).toBe(expected.attributes.values.at(position));
    }
  });

  test('SpanTableBuilder opens as many resources as the limit says, and leaves the empty one as it is', () => {
    const builder = new SpanTableBuilder(undefined, { ...LIMITS, owners: 3 });
    const { attributes, strings } = builder;
    const slots = Array.from({ length: 5 }, () => {
      const slot = builder.openResource();
      attributes.begin();
      attributes.addString(strings.intern('service.name'), strings.intern('cart'));
      builder.fillResource(slot);
      return slot;
    });
    expect(slots).toEqual([1, 2, 3, 0, 0]);
    expect([builder.isFull, builder.fullBecause, addSpans(builder, 1)]).toEqual([true, 'limit', 0]);
    expect([...builder.finish().resources.shape.subarray(0, 4)].map((shape) => shape === 0)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('SpanTableBuilder is full when there is no memory for more resources', () => {
    const builder = new SpanTableBuilder();
    addSpans(builder, 20);
    withScarceMemory(SCARCE, () => Array.from({ length: 50_000 }, () => builder.openResource()));
    expect(builder.fullBecause).toBe('memory');
    expect(builder.finish().spanCount).toBe(20);
  });

  test('SpanTableBuilder takes no batch after the one with which there are too many resources', () => {
    const batchOf = (resources: number) => {
      const other = new SpanTableBuilder(undefined, LIMITS, { isForBatch: true });
      for (let i = 0; i < resources; i++) other.openResource();
      addSpans(other, 10);
      return other.takeBatch();
    };
    const builder = new SpanTableBuilder(undefined, { ...LIMITS, owners: 3 });
    expect([builder.append(batchOf(3)), builder.isFull]).toEqual([10, false]);
    expect([builder.append(batchOf(3)), builder.fullBecause]).toEqual([10, 'limit']);
    expect(builder.append(batchOf(0))).toBe(0);
  });

  test('SpanTableBuilder takes no span after the one that there was no memory for', () => {
    const builder = new SpanTableBuilder();
    const taken = withScarceMemory(SCARCE, () => addSpans(builder, 5000));
    expect(addSpans(builder, 10)).toBe(0);
    expect(builder.finish().spanCount).toBe(taken);
  });

  test('SpanTableBuilder takes nothing of a batch that there is no memory for', () => {
    for (const extra of [{}, { values: 60 }, { events: 30 }, { text: (id: number) => `${id}`.repeat(50) }]) {
      const other = new SpanTableBuilder(undefined, LIMITS, { isForBatch: true });
      addSpans(other, 6000, extra);
      const batch = other.takeBatch();
      const builder = new SpanTableBuilder();
      addSpans(builder, 20, { events: 1 });
      expect(withScarceMemory(SCARCE, () => builder.append(batch))).toBe(0);
      expect(builder.fullBecause).toBe('memory');
      const table = builder.finish();
      expect([table.spanCount, table.traceCount, table.events.time.length]).toEqual([20, 2, 20]);
    }
  });

  test('SpanTableBuilder assembles what there is memory for, and says what it left out', () => {
    const issues = new IssueLog();
    const builder = new SpanTableBuilder(issues);
    addSpans(builder, 300_000, { events: 0 });
    // Columns of the tree need 4 bytes a span.
    const table = withScarceMemory(2 ** 20, () => builder.finish());
    expect(table.spanCount).toBe(150_000);
    expect(table.traceCount).toBe(15_000);
    expect(issues.list()).toMatchObject([
      {
        code: 'not-assembled',
        message: 'There is no memory to put 300,000 spans together: the last 150,000 were left out.',
      },
    ]);
  });
});

test('StringTable gives the empty text for what it has no memory for, and finds what it has', () => {
  const strings = new StringTable();
  const texts = Array.from({ length: 6000 }, (_, i) => `text ${i}`);
  const ids = withScarceMemory(SCARCE, () => texts.map((text) => strings.intern(text)));
  const found = ids.indexOf(0);
  expect(strings.isFull).toBe(true);
  expect(found).toBeGreaterThan(100);
  expect(ids.slice(found).every((id) => id === 0)).toBe(true);
  expect(texts.slice(0, found).map((text) => strings.intern(text))).toEqual(ids.slice(0, found));
});
