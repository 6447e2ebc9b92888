import { expect, test } from 'vitest';
import { ambiguousNames } from '../../src/base/ambiguousNames.ts';

test('ambiguousNames are those that more than one path has', () => {
  const paths = ['GET /a', 'GET /b', 'GET /a', 'constructor', 'GET /a', 'GET /c', 'GET /c'].map((name) => ({ name }));
  expect([...ambiguousNames(paths)]).toEqual(['GET /a', 'GET /c']);
  expect([...ambiguousNames([])]).toEqual([]);
});
