import * as fc from 'fast-check';
import { LAYERS } from '../../src/config/layers.ts';
import type { HopSpec, LineSpec, PathSpec } from './pathModel.ts';

const name = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-z]{2,9}(-[a-z]{2,9})?( \/ [a-z]{3,12})?$/) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'x'.repeat(200),
      '<script>alert(1)</script>',
      'خدمة الدفع',
      '支払いサービス',
      '🎉🎉',
      ']]>&"\'',
    ),
  },
);

function hop(index: number): fc.Arbitrary<HopSpec> {
  return fc.record(
    {
      // Names of one path differ.
      id: name.map((text) => `${text}${index}`),
      layer: fc.constantFrom(...LAYERS),
      share: fc.oneof(
        fc.constant(0),
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
      ),
      budget: fc.double({ min: 0.01, max: 60, noNaN: true }),
      runtime: fc.constantFrom('go', 'java', 'a-very-long-runtime-name'),
      role: name,
      note: name,
      isAsync: fc.boolean(),
      ownP99: fc.double({ min: 0, max: 500, noNaN: true }),
      origin: fc.constantFrom('service', 'database', 'messaging', 'peer'),
    },
    { requiredKeys: ['id', 'layer', 'share', 'origin'] },
  );
}

/** Any path that the analysis could give, and some that it could not: up to `most` hops, lines between any two. */
export function randomPath(most: number): fc.Arbitrary<PathSpec> {
  return fc
    .integer({ min: 1, max: most })
    .chain((count) =>
      fc.record({
        name,
        hops: fc.tuple(...Array.from({ length: count }, (_, index) => hop(index))),
        links: fc.array(
          fc.record(
            {
              from: fc.nat(count - 1),
              to: fc.nat(count - 1),
              protocol: fc.constantFrom('http', 'grpc', 'kafka', 'a-long-protocol'),
              share: fc.double({ min: 0, max: 3, noNaN: true }),
              isAsync: fc.boolean(),
              isAdopted: fc.boolean(),
            },
            { requiredKeys: ['from', 'to'] },
          ),
          { maxLength: 2 * count, size: 'max' },
        ),
        isResolved: fc.boolean(),
        scale: fc.constantFrom(1, 1, 1, 0.0001, 1000),
      }),
    )
    .map(({ hops, links, scale, ...rest }) => {
      const lines = new Map<string, LineSpec>();
      for (const { from, to, ...more } of links)
        lines.set(`${from} ${to}`, { from: hops[from].id, to: hops[to].id, ...more });
      const scaled = <T extends { readonly share?: number }>(item: T): T =>
        item.share === undefined ? item : { ...item, share: item.share * scale };
      return { ...rest, hops: hops.map(scaled), lines: [...lines.values()].map(scaled) };
    });
}
