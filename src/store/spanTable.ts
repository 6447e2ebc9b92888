import type { Attributes } from './attributes.ts';

/** OTLP `Span.SpanKind` (opentelemetry-proto, trace.proto). */
export const SpanKind = { unspecified: 0, internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** OTLP `Status.StatusCode`. */
export const StatusCode = { unset: 0, ok: 1, error: 2 } as const;

/** Bits of `SpanTable.flags`. */
export const SpanFlag = {
  /** Names a parent that is not in its trace, or was cut out of a cycle. */
  orphan: 1,
  /** An orphan that overlaps the root in time: its parent is the root by adoption. */
  adopted: 2,
  /** Was cut out of a cycle of parents: an orphan for that reason. */
  cut: 4,
  /** Ended before it started: its end was set to its start. */
  endsBeforeStart: 8,
} as const;

/** Lists of attributes that many spans share: resources, and scopes (with name and version). */
export interface AttributeLists {
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
}

/** Rows that belong to spans (events, links), in the order of the spans: those of `row` are `[first[row], first[row + 1])`. */
interface SpanItems {
  /** No longer than 0 where no span has any: see `itemsOf`. */
  readonly first: Uint32Array;
}

export interface SpanEvents extends SpanItems {
  /** Nanoseconds from the trace's origin. */
  readonly time: Float64Array;
  readonly name: Uint32Array;
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
}

export interface SpanLinks extends SpanItems {
  /** Four 32-bit words a trace id, two a span id, most significant first. */
  readonly traceId: Uint32Array;
  readonly spanId: Uint32Array;
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
}

/**
 * All spans, as a struct of arrays: one row a span. Read-only; SpanTableBuilder is the only writer.
 *
 * Invariants:
 * - rows are grouped by trace, traces in ascending order of their id; `traceRows[t] … traceRows[t + 1]` is trace t;
 * - inside a trace rows are in pre-order: `parent[i] < i`, and the subtree of i is `[i, subtreeEnd[i])`;
 * - the first row of a trace is its root; what is outside `[root, subtreeEnd[root])` is not part of the analysis;
 * - siblings are in ascending order of start;
 * - `end[i] >= start[i]`; times are nanoseconds from the trace's own origin (a span of the trace), so they are exact
 *   to the nanosecond for any trace shorter than 104 days, wherever it lies.
 */
export interface SpanTable {
  readonly spanCount: number;
  readonly traceCount: number;

  readonly traceRows: Uint32Array;
  /** Four words a trace, most significant first. */
  readonly traceId: Uint32Array;
  /** Nanoseconds since 1970 of each trace's zero. */
  readonly traceOrigin: BigUint64Array;

  readonly trace: Uint32Array;
  readonly parent: Int32Array;
  readonly subtreeEnd: Uint32Array;
  readonly flags: Uint8Array;
  /** Two words a span, most significant first. */
  readonly spanId: Uint32Array;
  /**
   * The id that a span names as its parent's, XOR that of the row which is its parent (`parentIdOf`): zero but for
   * orphans and shared ids, and memory that nobody writes to costs nothing. No longer than 0 where there are none.
   */
  readonly namedParent: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly kind: Uint8Array;
  readonly status: Uint8Array;
  /** String ids. */
  readonly name: Uint32Array;
  /** Likewise; no longer than 0 where no span has one (`traceStateOf`). */
  readonly traceState: Uint32Array;
  /** W3C trace flags and OTLP's span flags, the low 16 bits. */
  readonly spanFlags: Uint16Array;
  /** Indexes into `resources` and `scopes`. */
  readonly resource: Uint32Array;
  readonly scope: Uint32Array;
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;

  readonly resources: AttributeLists & {
    /** Section 3's name of the service, a string id. */ readonly service: Uint32Array;
  };
  readonly scopes: AttributeLists & { readonly name: Uint32Array; readonly version: Uint32Array };
  readonly events: SpanEvents;
  readonly links: SpanLinks;
  /** Row → string id of the status message, for the few spans that have one. */
  readonly statusMessage: ReadonlyMap<number, number>;
  readonly attributes: Attributes;
  readonly problems: AssemblyProblems;
  /** Spans that start at 0, which is 1970: they have no time. */
  readonly withoutStart: number;
  /** By problem the span that had it first; null where none had. */
  readonly firstProblems: FirstProblems;
  /** Some of the input could not be read, or was left out. */
  readonly isPartial: boolean;
}

/** What assembly repaired or left out (design: analysis, section 1). */
export interface AssemblyProblems {
  readonly invalidIds: number;
  readonly duplicates: number;
  readonly orphans: number;
  readonly cycles: number;
  readonly negativeDurations: number;
}

/** Spans that were left out for their ids are not among them: the decoders say where they stood. */
export type FirstProblems = Readonly<
  Record<Exclude<keyof AssemblyProblems, 'invalidIds'> | 'withoutStart', FirstProblem | null>
>;

/** The first in the order of trace ids; in its trace the first that came, or by rank where some share an id. */
export interface FirstProblem {
  /** Which source the span is from: as many were read before. */
  readonly source: number;
  readonly traceId: string;
}

const hex8 = (word: number): string => word.toString(16).padStart(8, '0');

/** 32 lower-case hex digits. */
export function traceIdText(table: SpanTable, trace: number): string {
  return traceIdOf(table.traceId.subarray(trace * 4, trace * 4 + 4));
}

/** The same of four words. */
export function traceIdOf(words: Uint32Array): string {
  return Array.from(words, hex8).join('');
}

/** 16 lower-case hex digits. */
export function spanIdText(table: SpanTable, row: number): string {
  return hex8(table.spanId[row * 2]) + hex8(table.spanId[row * 2 + 1]);
}

/** The id that a span names as its parent's, two words: zero where it names none. */
export function parentIdOf({ namedParent, spanId, parent }: SpanTable, row: number): Uint32Array {
  const words = new Uint32Array(2);
  words.set(namedParent.subarray(row * 2, row * 2 + 2));
  const up = parent[row];
  if (up < 0) return words;
  words[0] ^= spanId[up * 2];
  words[1] ^= spanId[up * 2 + 1];
  return words;
}

/** A string id. */
export function traceStateOf({ traceState }: SpanTable, row: number): number {
  return traceState.length === 0 ? 0 : traceState[row];
}

/** A row's events, or links: `[from, to)`. */
export function itemsOf({ first }: SpanItems, row: number): readonly [from: number, to: number] {
  return first.length === 0 ? [0, 0] : [first[row], first[row + 1]];
}

/**
 * The order that breaks every tie: span id, then kind, start, end, name, service. Never the order of the input.
 * Rows of one trace. Negative where a comes first.
 */
export function compareRank(table: SpanTable, a: number, b: number): number {
  const { resource } = table;
  const { service } = table.resources;
  return (
    table.spanId[a * 2] - table.spanId[b * 2] ||
    table.spanId[a * 2 + 1] - table.spanId[b * 2 + 1] ||
    table.kind[a] - table.kind[b] ||
    table.start[a] - table.start[b] ||
    table.end[a] - table.end[b] ||
    table.attributes.strings.compare(table.name[a], table.name[b]) ||
    table.attributes.strings.compare(service[resource[a]], service[resource[b]])
  );
}
