import type { JsonValue } from './jsonValue.ts';

const TWO_64 = 1n << 64n;

/**
 * Nanoseconds out of a count of microseconds, written as a number or as digits; null where it is neither, or no time
 * that 64 bits hold.
 *
 *     1705071460147265       1705071460147265000n
 *     1705071460147265.5     1705071460147265500n      a double is exact to a quarter of a microsecond there
 */
export function microseconds(value: JsonValue | undefined): bigint | null {
  const whole = wholeNumber(value);
  if (whole !== null) return inRange(whole * 1000n);
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  const floor = Math.floor(value);
  return inRange(BigInt(floor) * 1000n + BigInt(Math.round((value - floor) * 1000)));
}

/** A whole number, as a number or as digits; null where it is none. */
export function wholeNumber(value: JsonValue | undefined): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : null;
}

/** The nanoseconds, or null where 64 bits do not hold them. */
function inRange(nanoseconds: bigint): bigint | null {
  return nanoseconds >= 0n && nanoseconds < TWO_64 ? nanoseconds : null;
}
