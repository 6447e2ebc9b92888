import { describe, expect, test } from 'vitest';
import { closest, didYouMean } from '../../src/base/didYouMean.ts';

const PATHS = ['GET /catalog/:id', 'POST /identity/token', 'WS presence.join'];

describe('closest', () => {
  test.each([
    ['GET /catalog/{id}', 'GET /catalog/:id'],
    ['get /catlog/:id', 'GET /catalog/:id'],
    ['presence', 'WS presence.join'],
    ['catlog', 'GET /catalog/:id'],
    ['WS presecne.join', 'WS presence.join'],
  ])('takes %s for %s', (word, meant) => {
    expect(closest(word, PATHS)).toBe(meant);
  });

  test('guesses nothing where nothing is near, or two contain the word', () => {
    expect(closest('checkout', PATHS)).toBeNull();
    expect(closest('', PATHS)).toBeNull();
    expect(closest('token', ['POST /token', 'GET /token/info'])).toBeNull();
  });

  test('counts a swap of two letters as one fault', () => {
    expect(closest('ab', ['ba'])).toBe('ba');
    expect(closest('abc', ['cab'])).toBeNull();
  });
});

test('didYouMean makes the end of a sentence', () => {
  expect(didYouMean('budgt', ['role', 'budget'])).toBe('; did you mean "budget"?');
  expect(didYouMean('colour', ['role', 'budget'])).toBe('');
});
