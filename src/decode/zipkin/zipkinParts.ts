import { isObject, objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { Position, SourceReport } from '../sourceReport.ts';

/** How far behind, in bytes of the source, the rest of a trace may come: its spans are held so long. */
const HELD_BYTES = 16 << 20;
/** More of one id are none: they would be compared with one another. */
const MOST_PARTS = 16;
const LONG_ID = /^[0-9a-f]{17,32}$/;

interface Part {
  readonly span: JsonObject;
  readonly at: Position;
}

interface HeldTrace {
  readonly at: Position;
  /** The first id of more than 64 bits. */
  longId: string | null;
  /** By id. */
  readonly spans: Map<string, Part[]>;
}

/**
 * What Zipkin's server stores as it comes and its UI puts together (zipkin2.internal.Trace): a span may be reported in
 * parts, when it begins and when it ends, or with tags that came too late; and services that know only 64 bits of a
 * trace's id cut the others off (`STRICT_TRACE_ID=false` in Zipkin's README).
 *
 *     463ac35c9f6413ad48485a3953bb6124  b  CLIENT  timestamp 5                         463ac35c…  b  CLIENT  timestamp 5
 *                     48485a3953bb6124  b          duration 9, tags {error: late}   →             duration 9, error
 *
 * Two of one id that both have all times are no parts, but the two sides of a call, or a copy: the store's to tell.
 */
export class ZipkinParts {
  readonly #report: SourceReport;
  readonly #write: (span: JsonObject, at: Position) => void;
  /** By the last 64 bits of their ids, in the order of their first spans. */
  readonly #traces = new Map<string, HeldTrace>();

  constructor(report: SourceReport, write: (span: JsonObject, at: Position) => void) {
    this.#report = report;
    this.#write = write;
  }

  add(span: JsonObject, at: Position): void {
    this.#release(at.byte - HELD_BYTES);
    const digits = digitsOf(span['traceId']);
    const key = digits.slice(-16).replace(/^0+/, '');
    const id = digitsOf(span['id']);
    if (key === '' || id === '') return this.#write(span, at);
    let trace = this.#traces.get(key);
    if (trace === undefined) {
      trace = { at, longId: null, spans: new Map() };
      this.#traces.set(key, trace);
    }
    if (LONG_ID.test(digits)) trace.longId ??= digits;
    const parts = trace.spans.get(id);
    if (parts === undefined) trace.spans.set(id, [{ span, at }]);
    else parts.push({ span, at });
  }

  /** Nothing more comes. */
  finish(): void {
    this.#release(Infinity);
  }

  /** Hands on the traces that began before this byte. */
  #release(byte: number): void {
    for (const [key, trace] of this.#traces) {
      if (trace.at.byte >= byte) return;
      this.#traces.delete(key);
      for (const parts of trace.spans.values()) {
        for (const { span, at } of this.#merged(parts)) {
          this.#write(this.#withLongId(span, trace.longId, at), at);
        }
      }
    }
  }

  #withLongId(span: JsonObject, longId: string | null, at: Position): JsonObject {
    if (longId === null || digitsOf(span['traceId']).length > 16) return span;
    const message = 'Trace ids that a service had cut to 64 bits were completed from spans of the same trace.';
    this.#report.issue('short-trace-id', 'info', message, at);
    return { ...span, traceId: longId };
  }

  /** What has all times comes first, and of that the client, so that it does not matter in which order parts came. */
  #merged(parts: readonly Part[]): readonly Part[] {
    if (parts.length === 1 || parts.length > MOST_PARTS) return parts;
    const whole: Part[] = [];
    for (const part of parts.toSorted((a, b) => rank(a.span) - rank(b.span))) {
      const i = whole.findIndex(({ span }) => areParts(span, part.span));
      if (i === -1) {
        whole.push(part);
        continue;
      }
      const message = 'Spans that were reported in several parts were put together, as Zipkin does it.';
      this.#report.issue('span-parts', 'info', message, part.at);
      whole[i] = { span: merged(whole[i].span, part.span), at: whole[i].at };
    }
    return whole;
  }
}

/** Without leading zeros, which may be lost; empty where it is no text. */
function digitsOf(id: JsonValue | undefined): string {
  return textOf(id).toLowerCase().replace(/^0+/, '');
}

function rank({ timestamp, duration, kind }: JsonObject): number {
  return (
    (isGiven('timestamp', timestamp) ? 0 : 4) + (isGiven('duration', duration) ? 0 : 2) + (kind === 'CLIENT' ? 0 : 1)
  );
}

function areParts(a: JsonObject, b: JsonObject): boolean {
  if (rank(a) < 2 && rank(b) < 2) return false;
  if ((a['shared'] === true) !== (b['shared'] === true) || !agree(a, b, ['kind'])) return false;
  const [here, there] = [a['localEndpoint'], b['localEndpoint']];
  return !isObject(here) || !isObject(there) || agree(here, there, ['serviceName', 'ipv4', 'ipv6', 'port']);
}

/** Nothing contradicts: what only one of them says does not. */
function agree(a: JsonObject, b: JsonObject, keys: readonly string[]): boolean {
  return keys.every((key) => !isGiven(key, a[key]) || !isGiven(key, b[key]) || a[key] === b[key]);
}

/** Zero and an empty text are Zipkin's words for unknown; but others than Zipkin write durations of zero. */
function isGiven(key: string, value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && (value !== 0 || key === 'duration');
}

/** What the first does not say, the second does. */
function merged(first: JsonObject, second: JsonObject): JsonObject {
  const both = (key: string): JsonObject => {
    const [a, b] = [first[key], second[key]];
    return { ...(isObject(b) ? b : {}), ...(isObject(a) ? a : {}) };
  };
  return {
    ...second,
    ...Object.fromEntries(Object.entries(first).filter(([key, value]) => isGiven(key, value))),
    localEndpoint: both('localEndpoint'),
    remoteEndpoint: both('remoteEndpoint'),
    tags: both('tags'),
    annotations: [...objectsOf(first['annotations']), ...objectsOf(second['annotations'])],
  };
}
