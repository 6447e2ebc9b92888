import { expect, test } from 'vitest';
import { inspectReport } from '../../src/analyse/inspectReport.ts';
import { analysed } from '../helpers/analysed.ts';

const TRACES = ['a GET 0..100 server', 'b GET 0..90 server', 'a POST 0..80 server', 'a GET 0..70 server'].join('\n\n');

test('an analysis makes the paths one by one, in any order, as it makes them together', () => {
  const together = analysed(TRACES);
  const oneByOne = analysed(TRACES);
  expect(oneByOne.pathNames.map(({ name, entry }) => `${entry}: ${name}`)).toEqual(
    together.paths.map(({ name, entry }) => `${entry}: ${name}`),
  );
  for (const index of [2, 0, 1]) expect(oneByOne.path(index)).toEqual(together.paths[index]);
  expect([...oneByOne.eachPath()]).toEqual(together.paths);
  expect(inspectReport(oneByOne)).toEqual(inspectReport(together));
});

test('a path that was made is the same whenever it is asked for', () => {
  const analysis = analysed(TRACES);
  const path = analysis.path(1);
  expect(analysis.path(1)).toBe(path);
  expect(analysis.paths[1]).toBe(path);
  expect([...analysis.eachPath()][1]).toBe(path);
});
