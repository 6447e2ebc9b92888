import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationText,
  formatInteger,
  formatMs,
  formatPercent,
  formatPercentile,
} from '../../src/base/format.ts';

describe('formatMs', () => {
  test.each([
    [0, '0'],
    [0.0001, '<0.01'],
    [0.0049, '<0.01'],
    [0.005, '0.01'],
    [0.04, '0.04'],
    [0.0951, '0.1'],
    [0.43, '0.4'],
    [0.96, '1'],
    [6.96, '7'],
    [9.14, '9.1'],
    [9.951, '10'],
    [17.9, '18'],
    [112.4, '112'],
    [1234.5, '1,235'],
    [1234567, '1,234,567'],
    [-2.04, '−2'],
    [Number.NaN, '—'],
  ])('formatMs writes %d as %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  test('formatMs keeps the digits that are asked for', () => {
    expect(formatMs(47.03, 1)).toBe('47.0');
    expect(formatMs(0.04, 1)).toBe('0.0');
    expect(formatMs(-0.04, 1)).toBe('0.0');
    expect(formatMs(12345.678, 2)).toBe('12,345.68');
  });
});

describe('formatDuration', () => {
  test.each([
    [47, '47 ms'],
    [9999.4, '9,999 ms'],
    [9999.5, '10 s'],
    [12345, '12.3 s'],
    [312_400, '312 s'],
    [4_000_000, '4,000 s'],
    [-12345, '−12.3 s'],
  ])('formatDuration writes %d ms as %s', (ms, text) => {
    expect(formatDurationText(ms)).toBe(text);
  });

  test('formatDuration keeps number and unit apart', () => {
    expect(formatDuration(18.2)).toEqual({ value: '18', unit: 'ms' });
  });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [12_000, '12 kB'],
  [340_123_456, '340 MB'],
  [1_250_000_000, '1.3 GB'],
  [Number.NaN, '—'],
])('formatBytes writes %d as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

describe('formatCount', () => {
  test.each([
    [0, '0'],
    [0.001, '<0.01'],
    [0.04, '0.04'],
    [0.4, '0.4'],
    [9.14, '9.1'],
    [950, '950'],
    [999.4, '999'],
    [999.5, '1k'],
    [5643, '5.6k'],
    [38_704, '38.7k'],
    [47_204, '47.2k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_260_000, '1.3M'],
    [3_000_000_000, '3G'],
  ])('formatCount writes %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

test('formatInteger writes every digit', () => {
  expect(formatInteger(67_270)).toBe('67,270');
  expect(formatInteger(999)).toBe('999');
});

describe('formatPercent', () => {
  test.each([
    [0, '0%'],
    [0.000001, '<0.001%'],
    [0.00003, '0.003%'],
    [0.0004, '0.04%'],
    [0.002, '0.2%'],
    [0.0094, '0.9%'],
    [0.0096, '1%'],
    [0.0128, '1%'],
    [0.376, '38%'],
    [0.82, '82%'],
    [0.994, '99%'],
    [0.997, '99.7%'],
    [0.99996, '>99.9%'],
    [1, '100%'],
    [12.5, '1,250%'],
  ])('formatPercent writes %d as %s', (part, text) => {
    expect(formatPercent(part)).toBe(text);
  });
});

test('formatPercentile names a percentile', () => {
  expect([0.5, 0.95, 0.999, 0.8333].map(formatPercentile)).toEqual(['p50', 'p95', 'p99.9', 'p83.33']);
});
