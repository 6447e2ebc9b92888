import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

export interface Batch {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { spans: OtlpSpan[] }[] }[];
}

/** The demo's batches, parsed anew, so that a test may change them. */
export function demoLines(): Batch[] {
  const text = gunzipSync(readFileSync('fixtures/demo.otlp.jsonl.gz')).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line): Batch => JSON.parse(line));
}

function spansOf(batches: readonly Batch[]): OtlpSpan[] {
  return batches.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
}

/** Every other trace in the order of ids: the first half, or with 1 the second. */
export function demoHalf(half: 0 | 1): Batch[] {
  const batches = demoLines();
  const ids = [...new Set(spansOf(batches).map(({ traceId }) => traceId))].toSorted();
  const kept = new Set(ids.filter((_, index) => index % 2 === half));
  for (const { resourceSpans } of batches) {
    for (const { scopeSpans } of resourceSpans) {
      for (const scope of scopeSpans) scope.spans = scope.spans.filter(({ traceId }) => kept.has(traceId));
    }
  }
  return batches;
}

/**
 * Makes the calls that `isSlow` picks longer by a fifth, and moves what comes later by as much: each trace's clock runs
 * slower while one of them is under way.
 *
 *     before   0 ── 10 ▓▓▓▓▓ 20 ── 30
 *     after    0 ── 10 ▓▓▓▓▓▓ 22 ── 32
 */
export function slowedByAFifth(batches: readonly Batch[], isSlow: (span: OtlpSpan) => boolean): readonly Batch[] {
  const byTrace = new Map<string, OtlpSpan[]>();
  for (const span of spansOf(batches)) {
    const known = byTrace.get(span.traceId);
    if (known === undefined) byTrace.set(span.traceId, [span]);
    else known.push(span);
  }
  for (const spans of byTrace.values()) {
    const slow = spans
      .filter(isSlow)
      .map((span) => [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const later = (text: string): string => {
      const time = BigInt(text);
      let reached = 0n;
      let added = 0n;
      for (const [start, end] of slow) {
        const from = start > reached ? start : reached;
        const to = end < time ? end : time;
        if (to > from) added += to - from;
        if (end > reached) reached = end;
      }
      return String(time + added / 5n);
    };
    for (const span of spans) {
      span.startTimeUnixNano = later(span.startTimeUnixNano);
      span.endTimeUnixNano = later(span.endTimeUnixNano);
    }
  }
  return batches;
}

export function toText(batches: readonly Batch[]): string {
  return batches.map((batch) => `${JSON.stringify(batch)}\n`).join('');
}
