import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKernel } from '../../../src/decode/kernel/kernel.ts';
import { StopReason } from '../../../src/decode/kernel/kernelExports.ts';
import { parentDistance, subtreeSize } from '../../../src/store/spanBatch.ts';
import { decodeBothWays } from '../../helpers/decodeBothWays.ts';

interface Member {
  readonly trace: number;
  readonly id: number;
  /** 0 for none. */
  readonly parent: number;
  readonly start: number;
  readonly duration: number;
}

const TRACE = 'a7'.repeat(12);
const BASE = 1_700_000_000_000_000_000n;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function spanOf({ trace, id, parent, start, duration }: Member): object {
  const startTimeUnixNano = start === 0 ? 0n : BASE + BigInt(start);
  return {
    traceId: TRACE + hex(trace, 8),
    spanId: hex(id, 16),
    ...(parent > 0 && { parentSpanId: hex(parent, 16) }),
    name: `span ${id}`,
    kind: 1,
    startTimeUnixNano: String(startTimeUnixNano),
    endTimeUnixNano: String(startTimeUnixNano + BigInt(duration)),
    events: id % 3 === 0 ? [{ timeUnixNano: String(BASE), name: `event of ${id}` }] : [],
    status: id % 4 === 0 ? { code: 2, message: `failed ${id}` } : {},
  };
}

const linesOf = (members: readonly Member[]): string =>
  `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: members.map(spanOf) }] }] })}\n`;

/** The kernel's places, and its trees as `distance·size` by place. */
async function inOrder(members: readonly Member[]) {
  const kernel = await loadKernel();
  if (kernel === null) throw new Error('no kernel');
  const text = `${JSON.stringify(members.map(spanOf)).slice(1, -1)}]`;
  const { written } = new TextEncoder().encodeInto(text, kernel.input);
  kernel.input.fill(0, written, written + 64);
  expect(kernel.run('jsonSpans', 0, written)).not.toBe(StopReason.odd);
  const { count, order } = kernel.batch().spans;
  expect(count).toBe(members.length);
  const places = [...(order?.place ?? [])];
  const trees = Array.from(order?.tree ?? [], (word) =>
    word === 0 ? '–' : `${parentDistance(word)}·${subtreeSize(word)}`,
  );
  kernel.release();
  return { places, trees };
}

const member = (id: number, parent: number, start = id, trace = 1, duration = 5): Member => ({
  trace,
  id,
  parent,
  start,
  duration,
});

/** A trace of a root and its children, the last of which starts first. */
const backwards = (children: number): Member[] => [
  member(1, 0, 1),
  ...Array.from({ length: children }, (_, i) => member(i + 2, 1, children - i + 2)),
];

describe('Kernel, in order,', () => {
  test('Kernel, in order, has an ordinary trace in pre-order, each span with the way back to its parent and its size', async () => {
    const found = await inOrder([member(2, 1), member(9, 0, 9, 2), member(1, 0), member(3, 2)]);
    expect(found).toEqual({ places: [1, 3, 0, 2], trees: ['0·3', '1·2', '1·1', '0·1'] });
  });

  test('Kernel, in order, puts siblings by start, then those that end later first, then by id', async () => {
    const found = await inOrder([
      member(1, 0, 1),
      member(7, 1, 20, 1, 5),
      member(6, 1, 20, 1, 5),
      member(5, 1, 20, 1, 9),
      member(4, 1, 10),
    ]);
    expect(found).toEqual({ places: [0, 4, 3, 2, 1], trees: ['0·5', '1·1', '2·1', '3·1', '4·1'] });
  });

  test.each<[string, Member[]]>([
    ['two spans without a parent', [member(1, 0), member(2, 0)]],
    ['an orphan', [member(1, 0), member(2, 8)]],
    ['no root', [member(1, 2), member(2, 1)]],
    ['a ring beside its tree', [member(1, 0), member(2, 3), member(3, 2)]],
    ['a span that is its own parent', [member(1, 0), member(2, 2)]],
    ['an id that comes twice', [member(1, 0), member(2, 1), member(2, 1, 4)]],
    ['an id that comes twice among many', [...backwards(30), member(7, 1)]],
    ['an orphan among many', [...backwards(30), member(99, 98)]],
    ['a span without a start', [member(1, 0), member(2, 1, 0)]],
    ['a span that ends before it starts', [member(1, 0), member(2, 1, 2, 1, -1)]],
    ['times that are not exact as doubles', [member(1, 0), member(2, 1, 2 ** 53 + 2)]],
    ['very many siblings in no order', backwards(400)],
  ])('Kernel, in order, leaves a trace as it came that has %s', async (_, members) => {
    const { places, trees } = await inOrder(members);
    expect(places).toEqual(members.map((_member, index) => index));
    expect(new Set(trees)).toEqual(new Set(['–']));
    await decodeBothWays(linesOf(members));
  });

  test('Kernel, in order, takes long chains, and traces of more spans than a batch has', async () => {
    const { trees } = await inOrder(Array.from({ length: 2_000 }, (_, i) => member(i + 1, i)));
    expect(trees.slice(0, 2)).toEqual(['0·2000', '1·1999']);
    const { table } = await decodeBothWays(linesOf(Array.from({ length: 70_000 }, (_, i) => member(i + 1, i))));
    expect([table.traceCount, table.subtreeEnd[0]]).toEqual([1, 70_000]);
  });

  test('Kernel, in order, comes to the traces that assembly comes to, whatever names what as its parent', async () => {
    const members = fc.array(
      fc.record({
        trace: fc.nat({ max: 2 }),
        id: fc.integer({ min: 1, max: 40 }),
        parent: fc.nat({ max: 40 }),
        start: fc.nat({ max: 6 }),
        duration: fc.integer({ min: -1, max: 3 }),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(members, fc.nat({ max: 60 }), async (all, cut) => {
        await decodeBothWays(linesOf(all.slice(0, cut)) + linesOf(all.slice(cut)));
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  test('Kernel, in order, comes to the traces that assembly comes to, of trees in any order and in any number of batches', async () => {
    const trees = fc.array(
      fc.record({ up: fc.nat(), start: fc.integer({ min: 1, max: 9 }), duration: fc.nat({ max: 4 }), turn: fc.nat() }),
      { minLength: 1, maxLength: 120 },
    );
    await fc.assert(
      fc.asyncProperty(trees, fc.integer({ min: 1, max: 4 }), fc.nat(), async (spans, traces, cut) => {
        const all = spans.map(({ up, start, duration }, index) => ({
          trace: index % traces,
          id: index + 1,
          parent: index < traces ? 0 : (up % Math.floor(index / traces)) * traces + (index % traces) + 1,
          start,
          duration,
        }));
        const shuffled = all.toSorted((a, b) => spans[a.id - 1].turn - spans[b.id - 1].turn);
        const at = cut % (shuffled.length + 1);
        const { table } = await decodeBothWays(linesOf(shuffled));
        expect([table.spanCount, table.problems.orphans]).toEqual([all.length, 0]);
        await decodeBothWays(linesOf(shuffled.slice(0, at)) + linesOf(shuffled.slice(at)), {
          limits: { spans: Math.max(1, at) },
        });
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
