import { describe, expect, test } from 'vitest';
import { choosePath } from '../../src/cli/choosePath.ts';

const PATHS = [
  { name: 'GET /catalog/:id', entry: 'edge' },
  { name: 'POST /login', entry: 'edge' },
  { name: 'GET /health', entry: 'edge' },
  { name: 'GET /health', entry: 'admin' },
];

describe('choosePath', () => {
  test('takes the path with most requests where none is named', () => {
    expect(choosePath(PATHS, undefined)).toBe(0);
  });

  test('takes the path that is named, with its entry where the name alone is not enough', () => {
    expect(choosePath(PATHS, 'POST /login')).toBe(1);
    expect(choosePath(PATHS, 'admin: GET /health')).toBe(3);
  });

  test('asks which one where two are called the same', () => {
    expect(() => choosePath(PATHS, 'GET /health')).toThrow(
      '2 request paths are called "GET /health": write "edge: GET /health" or "admin: GET /health"',
    );
  });

  test('says what was probably meant', () => {
    expect(() => choosePath(PATHS, 'get /catlog/:id')).toThrow(
      'there is no request path "get /catlog/:id"; did you mean "GET /catalog/:id"?',
    );
  });

  test('lists what there is where nothing is near', () => {
    expect(() => choosePath(PATHS, 'x')).toThrow(
      'there is no request path "x" (there are: GET /catalog/:id, POST /login',
    );
  });

  test('says so where there is no path at all', () => {
    expect(() => choosePath([], undefined)).toThrow('no trace in the input');
  });
});
