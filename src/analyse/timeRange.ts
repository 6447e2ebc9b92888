import { InputError } from '../base/issues.ts';
import type { Milliseconds, Nanoseconds } from '../base/units.ts';
import { parseDuration } from '../config/duration.ts';
import type { TimeRange } from './analyse.ts';

const EXPECTED =
  'a date with its zone, such as 2026-05-12T20:04:00Z, or a duration after the first request, such as 5m';

/** An instant as ns after the first request, which started at `startedAtMs` (since 1970). Throws InputError. */
export function parseInstant(text: string, startedAtMs: Milliseconds, option: string): Nanoseconds {
  if (/^0(ns|us|µs|ms|s|m)?$/.test(text)) return 0;
  const after = parseDuration(text);
  if (after !== null) return after * 1e6;
  const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const date = isDate ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) throw new InputError(`${option}: expected ${EXPECTED}, found ${text}`);
  return (date - startedAtMs) * 1e6;
}

/**
 * `FROM..TO`: from FROM up to but without TO; without one of them, from the beginning or to the end.
 *
 *     5m..10m     300e9 up to 600e9 ns
 *     10m..       from 600e9 ns
 */
export function parseRange(text: string, startedAtMs: Milliseconds, option: string): TimeRange {
  const ends = text.split('..');
  if (ends.length !== 2 || text === '..')
    throw new InputError(`${option}: expected a range such as 5m..10m or 5m.., found ${text}`);
  const [from, to] = ends;
  const stretch = {
    from: from === '' ? Number.NEGATIVE_INFINITY : parseInstant(from, startedAtMs, option),
    to: to === '' ? Number.POSITIVE_INFINITY : parseInstant(to, startedAtMs, option),
  };
  if (stretch.from >= stretch.to) throw new InputError(`${option}: ${text} ends before it begins`);
  return stretch;
}
