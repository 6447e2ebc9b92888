import { stopOdd } from './failure.ts';

/** A double holds all whole numbers up to here. */
const EXACT: u64 = 1 << 53;
/** The powers of ten that a double holds. */
const POWERS_OF_10 = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]);
/** 5²⁷ is the largest below 2⁶³. */
const LARGEST_POWER: i32 = 27;

/**
 * mantissa × 10ᵉ as the nearest double, of two the even one: what JavaScript's `Number` gives.
 *
 *     0.25       25 × 10⁻²     both are doubles, so one division rounds once, as it should
 *     0.1…017 digits           the quotient by 5ᵏ with 63 bits and more; one that says whether anything is left; then
 *                              rounded once to 53 bits, and shifted
 *
 * What needs more than 64 bits on the way (exponents beyond ±27) is odd.
 */
export function decimal(mantissa: u64, exponent: i32): f64 {
  if (mantissa === 0) return 0;
  const power = abs(exponent);
  if (mantissa <= EXACT && power <= 22) {
    const factor = load<f64>(POWERS_OF_10 + ((<usize>power) << 3));
    return exponent < 0 ? <f64>mantissa / factor : <f64>mantissa * factor;
  }
  if (power > LARGEST_POWER) stopOdd();
  return exponent < 0 ? quotient(mantissa, power) : product(mantissa, power);
}

function powerOf5(power: i32): u64 {
  let value: u64 = 1;
  for (let i = 0; i < power; i++) value *= 5;
  return value;
}

/** mantissa × 5ᵏ × 2ᵏ */
function product(mantissa: u64, power: i32): f64 {
  const factor = powerOf5(power);
  const lowLow = (mantissa & 0xffffffff) * (factor & 0xffffffff);
  const highLow = (mantissa >> 32) * (factor & 0xffffffff);
  const lowHigh = (mantissa & 0xffffffff) * (factor >> 32);
  const middle = (lowLow >> 32) + (highLow & 0xffffffff) + lowHigh;
  const high = (mantissa >> 32) * (factor >> 32) + (highLow >> 32) + (middle >> 32);
  const low = (middle << 32) | (lowLow & 0xffffffff);
  if (high === 0) return <f64>low * powerOf2(power);
  // The upper 64 bits, from the first that is set; the last says whether any below is.
  const shift = <i32>clz(high);
  const upper = shift === 0 ? high : (high << shift) | (low >> (64 - shift));
  const isMore = low << shift !== 0;
  return <f64>(upper | u64(isMore)) * powerOf2(64 - shift + power);
}

/**
 * mantissa ÷ 5ᵏ ÷ 2ᵏ, by long division in digits of 32 bits (Knuth, The Art of Computer Programming 4.3.1, D). Both
 * are shifted until their first bit is set, so the quotient of numerator × 2⁶³ has 63 bits at least.
 */
function quotient(mantissa: u64, power: i32): f64 {
  const factor = powerOf5(power);
  const numerator = mantissa << clz(mantissa);
  const divisor = factor << clz(factor);
  const upperDivisor = divisor >> 32;
  const lowerDivisor = divisor & 0xffffffff;
  const high = numerator >> 1;
  const next = (numerator & 1) << 31;

  const upper = quotientDigit(high, next, upperDivisor, lowerDivisor);
  const rest = ((high << 32) | next) - upper * divisor;
  const lower = quotientDigit(rest, 0, upperDivisor, lowerDivisor);
  const isMore = (rest << 32) - lower * divisor !== 0;

  const bits = (upper << 32) + lower;
  const shift = <i32>clz(factor) - <i32>clz(mantissa) - 63 - power;
  return <f64>(bits | u64(isMore)) * powerOf2(shift);
}

/** The quotient's next 32 bits, of what is left and the numerator's next 32 bits. */
function quotientDigit(rest: u64, next: u64, upperDivisor: u64, lowerDivisor: u64): u64 {
  let digit = rest / upperDivisor;
  let left = rest - digit * upperDivisor;
  while (digit >> 32 !== 0 || digit * lowerDivisor > ((left << 32) | next)) {
    digit--;
    left += upperDivisor;
    if (left >> 32 !== 0) break;
  }
  return digit;
}

/** For exponents that are far from a double's limits. */
function powerOf2(exponent: i32): f64 {
  return reinterpret<f64>((<u64>(1023 + exponent)) << 52);
}
