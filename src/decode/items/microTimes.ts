import type { Position, SourceReport } from '../sourceReport.ts';
import type { JsonValue } from './jsonValue.ts';

const TWO_64 = 1n << 64n;

/** Nanoseconds since 1970. */
export interface Interval {
  readonly start: bigint;
  readonly end: bigint;
}

/** Times that are counts of microseconds, and an Issue where one is missing or is none. */
export class MicroTimes {
  readonly #report: SourceReport;

  constructor(report: SourceReport) {
    this.#report = report;
  }

  /** A span's; the place is the span's. */
  interval(start: JsonValue | undefined, duration: JsonValue | undefined, at: Position): Interval {
    if (isAbsent(start)) {
      this.#report.issue('no-time', 'warning', 'Spans without a start time were put at the beginning of 1970.', at);
    } else if (isAbsent(duration)) {
      this.#report.issue('no-duration', 'info', 'Spans without a duration end where they begin.', at);
    }
    const from = this.time(start, at);
    const length = isAbsent(duration) ? 0n : nanoseconds(duration);
    if (length === null) this.#refuse(at);
    const to = from + (length ?? 0n);
    return { start: from, end: isTime(to) ? to : from };
  }

  /** One moment; absent is 0. */
  time(value: JsonValue | undefined, at: Position): bigint {
    const time = isAbsent(value) ? 0n : nanoseconds(value);
    if (time !== null && isTime(time)) return time;
    this.#refuse(at);
    return 0n;
  }

  #refuse(at: Position): void {
    const message = 'Times that are no microseconds since 1970 were read as 0.';
    this.#report.issue('invalid-time', 'warning', message, at);
  }
}

/**
 * A count of microseconds, a number or digits, as nanoseconds; null where it is neither.
 *
 *     1705071460147265     1705071460147265000n
 *     0.5                  500n
 */
function nanoseconds(value: JsonValue | undefined): bigint | null {
  const whole = wholeNumber(value);
  if (whole !== null) return whole * 1000n;
  return typeof value === 'number' && Number.isFinite(value) ? BigInt(Math.round(value * 1000)) : null;
}

/** A whole number, as a number or as digits; null where it is none. */
export function wholeNumber(value: JsonValue | undefined): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : null;
}

function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}

/** 64 bits hold it. */
function isTime(time: bigint): boolean {
  return time >= 0n && time < TWO_64;
}
