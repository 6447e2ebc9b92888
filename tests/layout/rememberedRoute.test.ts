import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../src/layout/columns.ts';
import { fold } from '../../src/layout/fold.ts';
import { rememberedRoute } from '../../src/layout/rememberedRoute.ts';
import { route } from '../../src/layout/route.ts';
import { pathModel } from '../helpers/pathModel.ts';
import { randomPath } from '../helpers/randomPath.ts';

test('rememberedRoute gives what route gives, whatever it was asked before', () => {
  const question = fc.record({
    spec: randomPath(12),
    room: fc.integer({ min: 1, max: 5 }),
    pill: fc.constantFrom(30, 60),
    width: fc.constantFrom(600, 1200),
  });
  fc.assert(
    fc.property(fc.array(question, { minLength: 2, maxLength: 7 }), (questions) => {
      const asked = questions.map(({ spec, room, pill, width }): Parameters<typeof route> => {
        const path = pathModel(spec);
        const plan = fold(path, path.at.p50, []);
        return [plan, columnsOf(plan, room), plan.lines.map(() => pill), { left: 20, top: 90, width }];
      });
      for (const one of [...asked, ...asked.toReversed(), ...asked])
        expect(rememberedRoute(...one)).toEqual(route(...one));
    }),
    { seed: 11, numRuns: 30 },
  );
});

test('rememberedRoute does not look for a way twice while only the percentile moves', () => {
  const [path] = fc.sample(randomPath(12), { seed: 3, numRuns: 1 }).map(pathModel);
  const plan = fold(path, path.at.p50, []);
  const ask = () =>
    rememberedRoute(
      fold(path, path.at.p50, []),
      columnsOf(plan, 2),
      plan.lines.map(() => 40),
      { left: 0, top: 0, width: 900 },
    );
  expect(ask()).toBe(ask());
});
