import type { Milliseconds } from '../base/units.ts';

const UNITS: Readonly<Record<string, Milliseconds>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000 };

/** A number with its unit. */
export const DURATION = /^(\d+(?:\.\d+)?) ?(ns|us|µs|ms|s|m)$/;

/** For messages: what a duration looks like. */
export const DURATION_EXPECTED = 'a duration with its unit, such as 16ms, 1.5s or 400us';

/** `16ms`, `1.5s`, `400us`, `2m` → milliseconds; null where the text is anything else, or not above zero. */
export function parseDuration(text: string): Milliseconds | null {
  const match = DURATION.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (match === null || unit === undefined) return null;
  // Units below a millisecond divide: 400 / 1000 is exactly 0.4, 400 × 0.001 is not.
  const milliseconds = unit < 1 ? Number(match[1]) / Math.round(1 / unit) : Number(match[1]) * unit;
  return milliseconds > 0 && Number.isFinite(milliseconds) ? milliseconds : null;
}

/** As a person would write it in a config: `400us`, `16ms`, `1.5s`; `parseDuration` reads the same back, to 12 digits. */
export function writeDuration(ms: Milliseconds): string {
  const unit = unitOfDuration(ms);
  return decimal(inUnit(ms, unit)) + unit;
}

/** The unit that a person would write it in. */
function unitOfDuration(ms: Milliseconds): string {
  if (ms >= 1000) return 's';
  if (ms >= 1) return 'ms';
  return ms >= 0.001 ? 'us' : 'ns';
}

/** How many of `unit` it is. */
function inUnit(ms: Milliseconds, unit: string): number {
  return ms / (UNITS[unit] ?? 1);
}

function decimal(value: number): string {
  return String(Number(value.toPrecision(12)));
}
