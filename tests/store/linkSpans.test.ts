import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absoluteTime } from '../../src/export/absoluteTime.ts';
import { itemsOf, parentIdOf, SpanKind, traceStateOf } from '../../src/store/spanTable.ts';
import { lines, referenceLines } from '../helpers/assemblyReference.ts';
import { assembled, drawn, type SpanSpec } from '../helpers/spanSpecs.ts';
import { tableContent } from '../helpers/otlpTable.ts';
import { traceText } from '../helpers/traceText.ts';

const { client, server } = SpanKind;

describe('linkSpans', () => {
  test('linkSpans writes a trace in pre-order, siblings by start', () => {
    const table = assembled([
      { id: 3, parent: 1, start: 30, end: 40 },
      { id: 2, parent: 1, start: 5, end: 20 },
      { id: 4, parent: 2, start: 6, end: 9 },
      { id: 1, start: 0, end: 50 },
    ]);
    expect(drawn(table)).toEqual(['1', '2→1', '4→2', '3→1']);
    expect([...table.parent]).toEqual([-1, 0, 1, 0]);
    expect([...table.subtreeEnd]).toEqual([4, 3, 3, 4]);
  });

  test('linkSpans makes no column where no span has anything for it', () => {
    const whole = assembled([{ id: 1 }, { id: 2, parent: 1 }]);
    for (const column of [whole.namedParent, whole.traceState, whole.events.first, whole.links.first]) {
      expect(column).toHaveLength(0);
    }
    expect([...parentIdOf(whole, 1)]).toEqual([0, 1]);
    expect([traceStateOf(whole, 1), itemsOf(whole.events, 1)]).toEqual([0, [0, 0]]);
    const orphaned = assembled([{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 9 }]);
    expect([0, 1, 2].map((row) => parentIdOf(orphaned, row)[1])).toEqual([0, 1, 9]);
  });

  test('linkSpans counts times from the trace’s latest start', () => {
    const table = assembled([
      { id: 1, start: 100, end: 900 },
      { id: 2, parent: 1, start: 400, end: 500 },
    ]);
    expect([...table.start]).toEqual([-300, 0]);
    expect([...table.end]).toEqual([500, 100]);
    expect(table.traceOrigin[0]).toBe(2n ** 62n + 400n);
  });

  // A double of fifty years in nanoseconds is a multiple of 256, and a million is not.
  test('linkSpans counts times from the latest end where no span has a start: the ends are exact', () => {
    const table = traceText(`
      shop work -1700000000000..9
        prices work -1700000000000..8
    `);
    expect([...table.end]).toEqual([0, -1_000_000]);
    expect([...table.start].map((start) => absoluteTime(table.traceOrigin[0], start))).toEqual([0n, 0n]);
    expect(table.withoutStart).toBe(2);
  });

  test('linkSpans merges spans that are the same, and only those', () => {
    const one: SpanSpec = { id: 2, parent: 1, start: 1 };
    const table = assembled([{ id: 1 }, one, one, one, { ...one, name: 'other' }]);
    expect(drawn(table)).toEqual(['1', '2→1', '2→1']);
    expect(table.problems.duplicates).toBe(2);
    expect(assembled([one, { ...one, service: 'cart' }]).problems.duplicates).toBe(0);
    expect(assembled([one, { ...one, parent: 7 }]).problems.duplicates).toBe(1);
  });

  test('linkSpans hangs the SERVER half of a shared id below the CLIENT half, and children below the SERVER', () => {
    const table = assembled([
      { id: 5, parent: 2, start: 4, name: 'child' },
      { id: 2, parent: 1, kind: server, start: 3, service: 'cart' },
      { id: 1, start: 0, end: 90 },
      { id: 2, parent: 1, kind: client, start: 2 },
    ]);
    expect(drawn(table)).toEqual(['1', '2→1', '2→2', '5→2']);
    expect([...table.kind]).toEqual([1, client, server, 1]);
    expect([...table.parent]).toEqual([-1, 0, 1, 2]);
  });

  test('linkSpans lets the root adopt an orphan that overlaps it, and no other', () => {
    const table = assembled([
      { id: 1, start: 0, end: 100 },
      { id: 2, parent: 99, start: 50, end: 150 },
      { id: 3, parent: 98, start: 100, end: 200 },
      { id: 4, parent: 'invalid', start: 10, end: 20 },
    ]);
    expect(drawn(table)).toEqual(['1', '4?+→1', '2?+→1', '3?']);
    expect(table.problems.orphans).toBe(3);
  });

  test('linkSpans chooses as root the parentless span that starts first, then ends last, then has the lower id', () => {
    expect(
      drawn(
        assembled([
          { id: 3, start: 5 },
          { id: 2, start: 4 },
        ]),
      ),
    ).toEqual(['2', '3']);
    expect(
      drawn(
        assembled([
          { id: 1, start: 4, end: 5 },
          { id: 2, start: 4, end: 6 },
        ]),
      ),
    ).toEqual(['2', '1']);
    expect(drawn(assembled([{ id: 2 }, { id: 1 }]))).toEqual(['1', '2']);
    // An orphan is the root only where there is nothing else.
    expect(
      drawn(
        assembled([
          { id: 1, parent: 9, start: 0, end: 3 },
          { id: 2, start: 5 },
        ]),
      ),
    ).toEqual(['2', '1?']);
    expect(
      drawn(
        assembled([
          { id: 1, parent: 9, start: 0, end: 9 },
          { id: 2, parent: 8, start: 5 },
        ]),
      ),
    ).toEqual(['1?', '2?+→1']);
  });

  test('linkSpans cuts a cycle at its earliest member', () => {
    const table = assembled([
      { id: 1, parent: 3, start: 20 },
      { id: 2, parent: 1, start: 10 },
      { id: 3, parent: 2, start: 30 },
      { id: 4, parent: 3, start: 31 },
    ]);
    expect(drawn(table)).toEqual(['2?', '3→2', '1→3', '4→3']);
    expect(table.problems).toMatchObject({ cycles: 1, orphans: 1 });
  });

  test('linkSpans cuts a span loose that is its own parent', () => {
    const table = assembled([
      { id: 1, parent: 1 },
      { id: 2, parent: 1, start: 1 },
    ]);
    expect(drawn(table)).toEqual(['1?', '2→1']);
    expect(table.problems).toMatchObject({ cycles: 1, orphans: 1 });
  });

  test('linkSpans makes a negative duration zero and counts it', () => {
    const table = assembled([{ id: 1, start: 50, end: 20 }]);
    expect(table.end[0] - table.start[0]).toBe(0);
    expect(table.problems.negativeDurations).toBe(1);
  });

  test('linkSpans keeps the id that a span names as its parent’s, whatever became its parent', () => {
    const table = assembled([
      { id: 1, end: 90 },
      { id: 2, parent: 1, start: 2, kind: client },
      { id: 2, parent: 7, start: 3, kind: server },
      { id: 3, parent: 99, start: 4 },
      { id: 4, parent: 98, start: 200 },
    ]);
    expect(drawn(table)).toEqual(['1', '2→1', '2→2', '3?+→1', '4?']);
    expect(Array.from({ length: 5 }, (_, row) => [...parentIdOf(table, row)])).toEqual([
      [0, 0],
      [0, 1],
      [0, 7],
      [0, 99],
      [0, 98],
    ]);
  });

  test('linkSpans orders traces by id and keeps them apart', () => {
    const table = assembled([
      { id: 1, trace: 9 },
      { id: 1, trace: 3 },
      { id: 2, parent: 1, trace: 9 },
    ]);
    expect(Array.from({ length: 2 }, (_, trace) => table.traceId[trace * 4 + 3])).toEqual([3, 9]);
    expect(drawn(table)).toEqual(['1', '1', '2→1']);
    expect([...table.traceRows]).toEqual([0, 1, 3]);
  });
});

const facts = {
  start: fc.integer({ min: 0, max: 6 }),
  end: fc.integer({ min: 0, max: 8 }),
  kind: fc.integer({ min: 0, max: 5 }),
  name: fc.constantFrom('a', 'b'),
  service: fc.constantFrom('shop', 'cart'),
};
const spec: fc.Arbitrary<SpanSpec> = fc.record(
  {
    ...facts,
    id: fc.integer({ min: 1, max: 8 }),
    parent: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant('invalid' as const)),
    trace: fc.integer({ min: 1, max: 2 }),
  },
  { requiredKeys: ['id'] },
);
const wide = {
  ...facts,
  parent: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 400 }), fc.constant('invalid' as const)),
  trace: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(2) }),
};

test('linkSpans gives the same for any order of the input', () => {
  fc.assert(
    fc.property(
      fc.array(spec, { maxLength: 14 }).chain((specs) => fc.tuple(fc.constant(specs), shuffled(specs))),
      ([specs, other]) => {
        expect(tableContent(assembled(other))).toEqual(tableContent(assembled(specs)));
      },
    ),
    { numRuns: 1000, seed: 11 },
  );
});

/** Ids as they are found: the upper bits differ as well, and not in the order of the lower ones. */
const scattered = (id: number): number => Math.imul(id, 0x9e3779b1) >>> 0;

test('linkSpans assembles as the plain reference does, whatever ids look like, in small traces and in large ones', () => {
  const small = fc.array(spec, { maxLength: 16 });
  const large = fc.array(fc.record({ ...wide, id: fc.integer({ min: 1, max: 400 }) }, { requiredKeys: ['id'] }), {
    minLength: 60,
    maxLength: 160,
    size: 'max',
  });
  const distinct = fc.uniqueArray(
    fc.record({ ...wide, id: fc.integer({ min: 1, max: 60 }) }, { requiredKeys: ['id'] }),
    {
      selector: ({ id, trace }) => `${trace} ${id}`,
      maxLength: 70,
      size: 'max',
    },
  );
  fc.assert(
    fc.property(fc.oneof(small, large, distinct), fc.boolean(), (specs, isScattered) => {
      const table = assembled(specs, isScattered ? scattered : undefined);
      expect(lines(table)).toEqual(referenceLines(specs, isScattered ? scattered : undefined));
    }),
    { numRuns: 800, seed: 13 },
  );
});

test('linkSpans gives a forest in pre-order with every span in it once', () => {
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 20 }), (specs) => {
      const table = assembled(specs);
      expect(table.spanCount + table.problems.duplicates).toBe(specs.length);
      for (let row = 0; row < table.spanCount; row++) {
        const up = table.parent[row];
        expect(up).toBeLessThan(row);
        if (up >= 0) {
          expect(table.trace[up]).toBe(table.trace[row]);
          expect(table.subtreeEnd[row]).toBeLessThanOrEqual(table.subtreeEnd[up]);
        }
        // What lies in a subtree hangs, over any number of steps, below its first row.
        for (let below = row + 1; below < table.subtreeEnd[row]; below++)
          expect(table.parent[below]).toBeGreaterThanOrEqual(row);
        expect(table.subtreeEnd[row] >= table.spanCount || table.parent[table.subtreeEnd[row]] < row).toBe(true);
      }
    }),
    { numRuns: 1000, seed: 12 },
  );
});

test('linkSpans takes a chain of 100,000 spans, and 200,000 spans of one id', () => {
  const chain = assembled(Array.from({ length: 100_000 }, (_, i) => ({ id: i + 1, parent: i, start: i, end: i + 1 })));
  expect(chain.spanCount).toBe(100_000);
  expect(chain.parent[99_999]).toBe(99_998);
  expect(chain.subtreeEnd.every((end) => end === 100_000)).toBe(true);
  const crowd = assembled(Array.from({ length: 200_000 }, (_, i) => ({ id: 1, start: i, parent: 1, kind: i % 3 })));
  expect(crowd.spanCount).toBe(200_000);
});

function shuffled(specs: readonly SpanSpec[]): fc.Arbitrary<SpanSpec[]> {
  return fc.shuffledSubarray([...specs], { minLength: specs.length, maxLength: specs.length });
}
