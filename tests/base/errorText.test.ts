import { describe, expect, test } from 'vitest';
import { errorText, isNotLoaded } from '../../src/base/errorText.ts';

describe('what was thrown, in words', () => {
  test.each([
    ['Chromium', new TypeError('Failed to fetch dynamically imported module: http://127.0.0.1:4981/assets/late-1a.js')],
    ['Firefox', new TypeError('error loading dynamically imported module: http://127.0.0.1:4981/assets/late-1a.js')],
    ['Safari', new TypeError('Importing a module script failed.')],
    ['Vite, of styles', new Error('Unable to preload CSS for /assets/late-1a.css')],
  ])('says what to do where a part of the page did not come, as %s tells it', (_, error) => {
    expect(isNotLoaded(error)).toBe(true);
    expect(errorText(error)).toMatch(/^A part of Hopline could not be loaded: its server has ended/);
    expect(errorText(error)).not.toContain('http');
  });

  test('is the message of any other error, and whatever else was thrown', () => {
    expect(errorText(new Error('a.jsonl: this is no trace'))).toBe('a.jsonl: this is no trace');
    expect(isNotLoaded(new Error('module'))).toBe(false);
    expect(errorText('stopped')).toBe('stopped');
    expect(errorText(undefined)).toBe('undefined');
  });
});
