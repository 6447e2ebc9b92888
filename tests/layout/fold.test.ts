import { describe, expect, test } from 'vitest';
import type { RequestPath } from '../../src/analyse/model.ts';
import { fold } from '../../src/layout/fold.ts';
import { pathModel, type HopSpec, type LineSpec } from '../helpers/pathModel.ts';

/** api, which takes 100 ms, and `count` hops of 0.1 ms that it calls. */
function wide(count: number, more: readonly HopSpec[] = [], lines: readonly LineSpec[] = []): RequestPath {
  const small = Array.from({ length: count }, (_, index) => ({ id: `small-${index}`, share: 0.1 + index / 1000 }));
  return pathModel({
    hops: [{ id: 'api', share: 100 }, ...small, ...more],
    lines: [...small.map(({ id }) => ({ from: 'api', to: id, share: 0.01 })), ...lines],
  });
}

function boxNames(path: RequestPath, open: readonly ('service' | 'data')[] = []): string[] {
  return fold(path, path.at.p50, open).boxes.map(({ type, hops, folded }) =>
    type === 'hop' ? path.hops[hops[0]].id : `${type} ${folded}`,
  );
}

describe('fold', () => {
  test('leaves a layer of few hops as it is', () => {
    expect(boxNames(wide(5))).toEqual(['api', 'small-0', 'small-1', 'small-2', 'small-3', 'small-4']);
  });

  test('keeps the five that matter most and folds the others into one box at the end of the layer', () => {
    expect(boxNames(wide(8))).toEqual(['api', 'small-4', 'small-5', 'small-6', 'small-7', 'fold 4']);
  });

  test('never folds what has a budget, what the finding names, or what takes 1 % at any of the percentiles', () => {
    const path = wide(8, [
      { id: 'bounded', share: 0.001, budget: 1 },
      { id: 'big', share: 2 },
    ]);
    const named = { ...path.at.p50, finding: { headline: [], details: [], hop: 1 } };
    const boxes = fold(path, named, []).boxes.filter(({ type }) => type === 'hop');
    expect(boxes.map(({ hops }) => path.hops[hops[0]].id)).toEqual(['api', 'small-0', 'small-7', 'bounded', 'big']);
  });

  test('does not fold a single hop, which would take the same room', () => {
    const large = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, share: 50 }));
    expect(boxNames(wide(1, large))).toEqual(['api', 'small-0', 'a', 'b', 'c', 'd', 'e']);
    expect(boxNames(wide(2, large)).at(-1)).toBe('fold 2');
  });

  test('shows every hop of an opened layer, and a box that closes it again', () => {
    expect(boxNames(wide(8), ['service'])).toHaveLength(10);
    expect(boxNames(wide(8), ['service']).at(-1)).toBe('close 4');
    expect(boxNames(wide(8), ['data']).at(-1)).toBe('fold 4');
  });

  test('draws lines to folded hops once and those between them not at all', () => {
    const path = wide(
      8,
      [],
      [
        { from: 'small-0', to: 'small-1' },
        { from: 'small-0', to: 'small-7' },
      ],
    );
    const { boxes, lines } = fold(path, path.at.p50, []);
    const folded = boxes.findIndex(({ type }) => type === 'fold');
    expect(lines.filter(({ to }) => to === folded).map(({ boundaries }) => boundaries.length)).toEqual([4]);
    expect(lines.filter(({ from }) => from === folded).map(({ to }) => path.hops[boxes[to].hops[0]].id)).toEqual([
      'small-7',
    ]);
  });
});
