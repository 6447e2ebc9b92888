import { describe, expect, test } from 'vitest';
import { parseDuration, writeDuration } from '../../src/config/duration.ts';

describe('parseDuration', () => {
  test.each([
    ['16ms', 16],
    ['1.5s', 1500],
    ['400us', 0.4],
    ['400µs', 0.4],
    ['2m', 120_000],
    ['250ns', 0.00025],
    ['0.3 ms', 0.3],
  ])('reads %s as %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each([
    '',
    '16',
    'ms',
    '0ms',
    '-1ms',
    '1e3ms',
    '1,5s',
    '16 MS',
    '16msec',
    ' 16ms',
    '1.ms',
    `${'9'.repeat(400)}s`,
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('writeDuration', () => {
  test.each([
    [16, '16ms'],
    [1500, '1.5s'],
    [0.4, '400us'],
    [0.0004, '400ns'],
    [120_000, '120s'],
    [2.5, '2.5ms'],
  ])('writeDuration of %d ms is %s, which reads as the same', (ms, text) => {
    expect(writeDuration(ms)).toBe(text);
    expect(parseDuration(text)).toBe(ms);
  });
});
