import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { emptyRecord } from '../../src/store/emptyRecord.ts';
import { flagsOf, kindOf, marksOf, statusOf } from '../../src/store/factsWord.ts';
import { INVALID_PARENT } from '../../src/store/spanBatch.ts';
import { SpanColumns } from '../../src/store/spanColumns.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';
import { withScarceMemory } from '../helpers/scarceMemory.ts';
import { tableColumns } from '../helpers/tableColumns.ts';

const FEW_ROWS = 1 << 16;

/** `count` spans, ten a trace; those whose number `isOdd` says have a trace state and a message. */
function addSpans(columns: SpanColumns, count: number, isOdd: (id: number) => boolean): void {
  const span = emptyRecord();
  for (let id = 1; id <= count; id++) {
    span.traceId3 = Math.ceil(id / 10);
    span.spanId1 = id;
    span.traceState = isOdd(id) ? id : 0;
    span.statusMessage = isOdd(id) ? id + 1 : 0;
    columns.add(span);
  }
}

/** Of every column its digest: they are too long to be compared one element after another. */
function fingerprint(table: SpanTable): string {
  return JSON.stringify(tableColumns(table), (_, value: unknown) => {
    if (value instanceof Map) return [...value];
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return createHash('sha1').update(bytes).digest('hex');
  });
}

describe('SpanColumns', () => {
  test.each([
    ['doubles while there are few rows, whatever is expected', FEW_ROWS, 0.001, FEW_ROWS],
    ['makes room for as many rows as are expected, and a little more', FEW_ROWS + 1, 0.1, (FEW_ROWS + 1) * 10 * 1.04],
    ['makes room for sixteen times as many rows at most', FEW_ROWS + 1, 0.001, FEW_ROWS * 16],
    ['makes room for a quarter more where nothing is expected', FEW_ROWS + 1, 0, FEW_ROWS * 1.25],
    ['makes room for a quarter more where the end of the input seems near', FEW_ROWS + 1, 1, FEW_ROWS * 1.25],
  ])('SpanColumns %s', (_, count, fractionRead, capacity) => {
    const columns = new SpanColumns();
    for (let rows = 1; rows <= FEW_ROWS; rows *= 2) columns.reserve(rows);
    columns.fractionRead = fractionRead;
    columns.reserve(count);
    expect(columns.trace.length).toBe(Math.ceil(capacity));
    expect(columns.spanId.length).toBe(columns.trace.length * 2);
  });

  test('SpanColumns makes room for what has come where there is no memory for what is expected', () => {
    const columns = new SpanColumns();
    for (let rows = 1; rows <= FEW_ROWS; rows *= 2) columns.reserve(rows);
    columns.fractionRead = 0.1;
    withScarceMemory(2 ** 20, () => columns.reserve(FEW_ROWS + 1));
    expect(columns.trace.length).toBe(FEW_ROWS * 1.25);
  });

  test.each([-1, -3, 6, 16, 2 ** 32 + 6, -Infinity, Number.NaN])(
    'SpanColumns takes %d for no kind and no status',
    (number) => {
      const columns = new SpanColumns();
      columns.add({ ...emptyRecord(), kind: number, status: number, spanFlags: 0x101, hasInvalidParent: true });
      const [facts] = columns.facts;
      expect([kindOf(facts), statusOf(facts), marksOf(facts), flagsOf(facts)]).toEqual([0, 0, INVALID_PARENT, 0x101]);
    },
  );

  test.each([1, 300, 700, 999])('SpanColumns keeps what few spans have, from span %i on, while it grows', (first) => {
    const columns = new SpanColumns();
    addSpans(columns, 1500, (id) => id >= first && id % 3 === 0);
    const { traceState, statusMessage, count } = columns.batch();
    expect(count).toBe(1500);
    for (let row = 0; row < count; row++) {
      const id = row + 1;
      const expected = id >= first && id % 3 === 0 ? [id, id + 1] : [0, 0];
      expect([traceState[row], statusMessage[row]]).toEqual(expected);
    }
  });
});

test('SpanTableBuilder makes the same table whatever part of the input it believes was read', () => {
  const tables = [0, 0.01, 0.3, 1].map((fraction) => {
    const builder = new SpanTableBuilder();
    const { span, strings } = builder;
    builder.fractionRead = fraction;
    for (let id = 1; id <= FEW_ROWS * 1.5; id++) {
      builder.startSpan();
      // Traces come by turns, and every hundredth span twice.
      span.traceId3 = 1 + (id % 5000);
      span.spanId1 = id - (id % 100 === 0 ? 5000 : 0);
      span.parentId1 = id > 5000 ? id - 5000 : 0;
      span.startHigh = span.endHigh = 2 ** 28;
      span.startLow = id;
      span.endLow = id + 50;
      span.name = strings.intern(`step ${id % 7}`);
      span.traceState = id % 11 === 0 ? strings.intern('ot=th:8') : 0;
      span.statusMessage = id % 13 === 0 ? strings.intern('failed') : 0;
      builder.addSpan();
    }
    return fingerprint(builder.finish());
  });
  expect(new Set(tables).size).toBe(1);
  expect(tables[0]).toContain('"traceState":"');
});
