import { describe, expect, test } from 'vitest';
import { cells, cut, cutName, printable, shownName, shownText, textWidth, wrap } from '../../src/layout/text.ts';

describe('cells', () => {
  test.each([
    ['sql', 3],
    ['東京', 4],
    ['e\u0301', 1],
    ['🎉', 2],
    ['خدمة', 4],
    ['', 0],
  ])('counts %j as %i', (text, expected) => {
    expect(cells(text)).toBe(expected);
  });

  test('textWidth is 0.6 em a cell', () => {
    expect(textWidth('sql', 10)).toBeCloseTo(18);
  });
});

describe('cut', () => {
  test('gives the end up for an ellipsis', () => {
    expect(cut('checkoutservice', 8)).toBe('checkou…');
  });

  test('never takes more cells than allowed, wide characters and half emoji included', () => {
    for (const text of ['東京リージョン', '🎉🎉🎉', 'a東b京', '👩‍💻 team']) {
      for (let limit = 0; limit < 9; limit++) expect(cells(cut(text, limit))).toBeLessThanOrEqual(limit);
    }
  });

  test('cutName shortens a namespace before the service’s own name', () => {
    expect(cutName('shop / checkoutservice', 20)).toBe('s… / checkoutservice');
    expect(cutName('opentelemetry-demo / cart', 12)).toBe('open… / cart');
    expect(cutName('opentelemetry-demo / checkoutservice', 12)).toBe('checkoutser…');
  });
});

describe('wrap', () => {
  test('breaks at spaces, but not before a unit', () => {
    expect(wrap('18 of 47 ms (38%), 2 ms over its budget.', 20)).toEqual([
      '18 of 47 ms (38%),',
      '2 ms over its',
      'budget.',
    ]);
  });

  test('cuts a word that is wider than a line', () => {
    expect(wrap('postgres is 21.2 ms over its 20 ms budget.', 16)).toEqual([
      'postgres is',
      '21.2 ms over its',
      '20 ms budget.',
    ]);
    expect(wrap('a checkoutservice b', 8)).toEqual(['a', 'checkou…', 'b']);
  });
});

describe('printable', () => {
  test('takes out what XML forbids and what turns the text around it', () => {
    expect(printable('a\u0000b\u001bc\u202ed\ufffee\nf')).toBe('abcde f');
  });

  test('replaces half of a surrogate pair', () => {
    expect(printable('a\ud800b\udc00c😀')).toBe('a�b�c😀');
  });
});

describe('shownName', () => {
  test.each(['', ' ', '\n\t', '\u200b', '\u202e', '\u0000', '\u2800', '\u3164'])('says that %j is no name', (name) => {
    expect(shownName(name)).toBe('(no name)');
    expect(shownText(name)).toBe('');
  });

  test.each(['a', '-', '東京', '😀', ' GET /cart', 'é'])('leaves %j as it is', (name) => {
    expect(shownName(name)).toBe(name);
  });

  test('cuts what nobody reads to its end, and no character in two', () => {
    expect(shownName('a'.repeat(300))).toBe('a'.repeat(300));
    expect(shownName('a'.repeat(1_000_000))).toBe(`${'a'.repeat(299)}…`);
    expect(shownName(`a${'😀'.repeat(500)}`)).toMatch(/^a(😀)+…$/u);
    expect(shownName('😀'.repeat(500))).toMatch(/^(😀)+…$/u);
  });

  test('is text that may stand in a picture', () => {
    expect(shownName('a\u0000b\u202ec')).toBe('abc');
  });
});
