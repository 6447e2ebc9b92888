import { describe, expect, test } from 'vitest';
import { printable } from '../../src/cli/terminal.ts';

describe('printable', () => {
  test.each([
    ['an escape sequence', '\u001B[2Jx', '\uFFFD[2Jx'],
    ['a line end and a tab', 'a\nb\tc', 'a\uFFFDb\uFFFDc'],
    ['the other control characters', '\u0000\u007F\u009B', '\uFFFD\uFFFD\uFFFD'],
    ['what turns the line around', 'abc\u202Etxt', 'abc\uFFFDtxt'],
  ])('makes %s harmless', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test.each(['postgres · primary', 'GET /café/{id}', '日本語', 'سلام', '👩\u200D💻'])('leaves %s as it is', (text) => {
    expect(printable(text)).toBe(text);
  });
});
