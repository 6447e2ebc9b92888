import { isList, type JsonValue } from '../items/jsonValue.ts';
import type { Position, SourceReport } from '../sourceReport.ts';

const TWO_64 = 1n << 64n;
const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:?\d\d)?$/;
/** What Go prints for no time at all. */
const GO_ZERO = '0001-01-01T00:00:00Z';

/** Times and enums as SDKs print them; what is none of them is 0, and an Issue, as is what they do not print. */
export class ConsoleScalars {
  readonly #report: SourceReport;

  constructor(report: SourceReport) {
    this.#report = report;
  }

  /**
   * Nanoseconds since 1970:
   *
   *     2024-01-12T14:57:40.147265775Z    2024-01-12T15:57:40.147265775+01:00       1705071460147265775
   *     [ 1705071460, 147265775 ]         JavaScript's seconds and nanoseconds      the same
   */
  time(value: JsonValue | undefined, at: Position): bigint {
    const time = typeof value === 'string' ? isoTime(value) : isList(value) ? hrTime(value) : null;
    return value === GO_ZERO ? 0n : this.#valid(time, at);
  }

  /** Nanoseconds since 1970, as they are. */
  nanoseconds(value: JsonValue | undefined, at: Position): bigint {
    const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
    return this.#valid(isWhole ? BigInt(value) : null, at);
  }

  /** OTLP's number of a kind or a status code: `known` holds what is printed for each. */
  enumNumber(known: readonly JsonValue[], value: JsonValue | undefined, at: Position): number {
    const number = value === undefined || value === null ? 0 : known.indexOf(value);
    if (number >= 0) return number;
    this.#report.unknownEnum(at);
    return 0;
  }

  /** Of a span that is read, a part was not printed. */
  notPrinted(at: Position): void {
    const message =
      'Node’s console prints only a few levels of an object: of spans, some events, links or attributes are missing.';
    this.#report.issueInUnit('not-printed', message, at);
  }

  #valid(time: bigint | null, at: Position): bigint {
    if (time !== null && time >= 0n && time < TWO_64) return time;
    this.#report.issue('invalid-time', 'warning', 'Times that are no time since 1970 were read as 0.', at);
    return 0n;
  }
}

/** Null where the text is no time. Without a zone it is UTC. */
function isoTime(text: string): bigint | null {
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = ISO.exec(text) ?? [];
  if (year === undefined) return null;
  // Years before 100 would count from 1900; they are before 1970 either way.
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const east = zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
  return BigInt(ms - east * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function hrTime([seconds, rest]: readonly JsonValue[]): bigint | null {
  if (typeof seconds !== 'number' || typeof rest !== 'number') return null;
  if (!Number.isSafeInteger(seconds) || !Number.isFinite(rest)) return null;
  return BigInt(seconds) * 1_000_000_000n + BigInt(Math.round(rest));
}

/**
 * Microseconds, which may have a fraction, as nanoseconds: the digits that were printed, not those of the double, which
 * has four to the microsecond nowadays. Null where it is no number.
 *
 *     1751361608089000.8      1751361608089000800n
 */
export function microseconds(value: JsonValue | undefined): bigint | null {
  if (typeof value === 'bigint') return value * 1000n;
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined) return BigInt(Math.round(value * 1000));
  return BigInt(whole) * 1000n + BigInt(fraction.slice(0, 3).padEnd(3, '0'));
}
