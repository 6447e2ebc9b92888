import { describe, expect, test } from 'vitest';
import { columnsOf, columnsThatFit } from '../../src/layout/columns.ts';
import { fold } from '../../src/layout/fold.ts';
import { catalogPath, pathModel, type PathSpec } from '../helpers/pathModel.ts';

/** Columns as text: "edge: cf.workers / gateway: go.gateway". */
function columns(spec: PathSpec | null, room: number): string[] {
  const path = spec === null ? catalogPath() : pathModel(spec);
  const plan = fold(path, path.at.p50, []);
  return columnsOf(plan, room).map((column) =>
    column
      .map(({ layer, boxes }) => `${layer}: ${boxes.map((box) => path.hops[plan.boxes[box].hops[0]].id).join(' ')}`)
      .join(' / '),
  );
}

function chain(length: number): PathSpec {
  const ids = Array.from({ length }, (_, index) => `s${index}`);
  return {
    hops: ids.map((id) => ({ id, share: 1 })),
    lines: ids.slice(1).map((to, index) => ({ from: ids[index], to })),
  };
}

describe('columnsOf', () => {
  test('gives each layer a column, hops in order of first start', () => {
    expect(columns(null, 4)).toEqual([
      'edge: cf.workers',
      'gateway: go.gateway',
      'service: go.svc / catalog rust.core / score elixir.realtime',
      'data: redis · cache postgres · primary',
    ]);
  });

  test('leaves few hops of a layer below one another, however much room there is', () => {
    expect(columns(chain(4), 5)).toEqual(['service: s0 s1 s2 s3']);
  });

  test('cuts a deep chain into sub-columns, callers left of the called', () => {
    expect(columns(chain(6), 3)).toEqual(['service: s0 s1', 'service: s2 s3', 'service: s4 s5']);
  });

  test('puts the called right of their caller, not what starts later', () => {
    const hops = ['a', 'called', 'x', 'y', 'z'].map((id) => ({ id, share: 1 }));
    expect(columns({ hops, lines: [{ from: 'a', to: 'called' }] }, 2)).toEqual(['service: a x', 'service: called y z']);
  });

  test('lets neighbouring layers share a column where there is too little room, shortest together', () => {
    expect(columns(null, 3)).toEqual([
      'edge: cf.workers / gateway: go.gateway',
      'service: go.svc / catalog rust.core / score elixir.realtime',
      'data: redis · cache postgres · primary',
    ]);
    expect(columns(null, 1)).toHaveLength(1);
  });

  test('survives calls in a circle', () => {
    const hops = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, share: 1 }));
    const lines = [
      ...hops.map(({ id }, index) => ({ from: id, to: hops[(index + 1) % 5].id })),
      { from: 'a', to: 'a' },
    ];
    expect(
      columns({ hops, lines }, 2)
        .join(' ')
        .match(/\b[a-e]\b/g),
    ).toHaveLength(5);
  });

  test('columnsThatFit counts boxes of the least width with channels between', () => {
    expect([592, 852, 1200, 2320].map(columnsThatFit)).toEqual([2, 4, 5, 10]);
  });
});
