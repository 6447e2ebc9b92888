import type { Fraction, Milliseconds } from './units.ts';

/**
 * How numbers are written, everywhere: diagram, page, CLI and finding. No locale, so the same bytes on every machine.
 *
 *     ms       0.004 → <0.01   0.04 → 0.04   0.4 → 0.4   6.96 → 7   9.14 → 9.1   17.9 → 18   1234.5 → 1,235
 *     count    950 → 950       5643 → 5.6k   47204 → 47.2k          1250000 → 1.3M
 *     bytes    340123456 → 340 MB
 *     percent  0.00003 → 0.003%   0.0128 → 1%   0.82 → 82%   0.997 → 99.7%
 */

/** A number and its unit apart, so that the unit can be drawn smaller. */
export interface Quantity {
  readonly value: string;
  readonly unit: 'ms' | 's';
}

/** What stands where nothing was measured. */
export const UNMEASURED = '—';

/** From here on a duration reads better in seconds. */
const SECONDS_FROM: Milliseconds = 9999.5;

/**
 * Milliseconds without their unit. Integers from 10 up, one digit after the point below, two below 0.1; zeros at the
 * end are left out. `digits` asks for exactly so many after the point instead: 47.0.
 */
export function formatMs(ms: Milliseconds, digits?: number): string {
  if (!Number.isFinite(ms)) return UNMEASURED;
  if (ms < 0) return signed(formatMs(-ms, digits));
  if (digits !== undefined) return grouped(ms.toFixed(digits));
  if (ms === 0) return '0';
  if (ms < 0.005) return '<0.01';
  if (ms < 0.095) return trimmed(ms.toFixed(2));
  if (ms < 9.95) return trimmed(ms.toFixed(1));
  return grouped(ms.toFixed(0));
}

/** Milliseconds before and after a change: one digit after the point from 10 up to 999.5, where 18 → 18 would hide it. */
export function formatPreciseMs(ms: Milliseconds): string {
  return Math.abs(ms) >= 9.95 && Math.abs(ms) < 999.5 ? formatMs(ms, 1) : formatMs(ms);
}

/** A duration for a headline: milliseconds, and seconds from 10 s up (12.3 s, 312 s). */
export function formatDuration(ms: Milliseconds): Quantity {
  if (Math.abs(ms) < SECONDS_FROM || !Number.isFinite(ms)) return { value: formatMs(ms), unit: 'ms' };
  const seconds = ms / 1000;
  const digits = Math.abs(seconds) < 99.95 ? 1 : 0;
  const value = trimmed(grouped(Math.abs(seconds).toFixed(digits)));
  return { value: ms < 0 ? signed(value) : value, unit: 's' };
}

/** `formatDuration` as one text: "18 ms". */
export function formatDurationText(ms: Milliseconds): string {
  const { value, unit } = formatDuration(ms);
  return `${value} ${unit}`;
}

const STEPS = [
  { from: 999_500_000, unit: 1e9, suffix: 'G' },
  { from: 999_500, unit: 1e6, suffix: 'M' },
  { from: 999.5, unit: 1e3, suffix: 'k' },
] as const;

/** A count or a rate at a glance, in at most three digits: 47.2k, 5.6k, 950, 0.4. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return UNMEASURED;
  if (count < 0) return signed(formatCount(-count));
  const step = STEPS.find(({ from }) => count >= from);
  if (step) return trimmed((count / step.unit).toFixed(count < 99.95 * step.unit ? 1 : 0)) + step.suffix;
  if (count > 0 && count < 0.005) return '<0.01';
  return count < 9.95 ? trimmed(count.toFixed(count < 0.095 ? 2 : 1)) : count.toFixed(0);
}

/** An amount of memory, in powers of ten, at a glance: 340 MB, 1.2 GB, 12 kB. */
export function formatBytes(bytes: number): string {
  const [, value, prefix] = /^(.*?)([kMG]?)$/.exec(formatCount(bytes)) ?? [];
  return value === undefined || value === UNMEASURED ? UNMEASURED : `${value} ${prefix}B`;
}

/** A count in full: 67,270. */
export function formatInteger(count: number): string {
  return count < 0 ? signed(formatInteger(-count)) : grouped(count.toFixed(0));
}

/**
 * A part of a whole. Whole percents, but what is not nothing never reads as 0%, nor what is not all as 100%:
 * one significant digit below 1%, one digit after the point above 99.5%.
 */
export function formatPercent(part: Fraction): string {
  if (!Number.isFinite(part)) return UNMEASURED;
  if (part < 0) return signed(formatPercent(-part));
  const percent = part * 100;
  if (percent === 0) return '0%';
  if (percent < 0.0005) return '<0.001%';
  if (percent < 0.95) return `${trimmed(percent.toFixed(percent < 0.0095 ? 3 : percent < 0.095 ? 2 : 1))}%`;
  if (percent >= 99.95 && percent < 100) return '>99.9%';
  if (percent >= 99.5 && percent < 100) return `${percent.toFixed(1)}%`;
  return `${grouped(percent.toFixed(0))}%`;
}

/** A percentile's name: p50, p99.9. */
export function formatPercentile(percentile: Fraction): string {
  return `p${trimmed((percentile * 100).toFixed(2))}`;
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function grouped(digits: string): string {
  const [whole, rest] = digits.split('.');
  const withCommas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? withCommas : `${withCommas}.${rest}`;
}

function signed(digits: string): string {
  return /[1-9]/.test(digits) ? `−${digits}` : digits;
}
