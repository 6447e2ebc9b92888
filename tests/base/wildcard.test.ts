import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wildcard } from '../../src/base/wildcard.ts';

describe('wildcard', () => {
  test.each([
    ['GET /catalog/*', 'GET /catalog/:id', true],
    ['GET /catalog/*', 'GET /catalog/', true],
    ['GET /catalog/*', 'POST /catalog/:id', false],
    ['*-worker', 'mail-worker', true],
    ['*-worker', 'worker', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['a*a', 'a', false],
    ['*', '', true],
    ['**', 'x', true],
    ['', '', true],
    ['', 'x', false],
    ['a.c', 'abc', false],
    ['(a|b)', 'a', false],
  ])('wildcard %j on %j is %s', (pattern, text, isMatch) => {
    expect(wildcard(pattern).test(text)).toBe(isMatch);
  });

  test('wildcard says the same as a regular expression with .* for each star', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(letters, texts, (pattern, text) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
        expect(wildcard(pattern).test(text)).toBe(expected);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
