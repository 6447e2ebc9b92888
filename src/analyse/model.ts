import type { Budget } from '../config/hoplineConfig.ts';
import type { Layer } from '../config/layers.ts';
import type { PercentileKey } from '../config/percentiles.ts';
import type { Fraction, Milliseconds } from '../base/units.ts';

/**
 * What the analysis says, as plain data: no typed columns, no functions, nothing of the input but names and numbers.
 * The page, the CLI and the metadata of an exported SVG all hold exactly this. Definitions: design, analysis.
 */

export type Verdict = 'within' | 'near' | 'over' | 'insufficient';

export interface Operation {
  /** The span's name. */
  readonly name: string;
  /** Path time in this operation at p50, ms. */
  readonly shareMs: Milliseconds;
  /** Weighted mean number of spans per trace that reaches the hop. */
  readonly visits: number;
}

/** A box. */
export interface Hop {
  /** Section 3's name: `go.svc / catalog`, `postgres · primary`. */
  readonly id: string;
  readonly layer: Layer;
  /** Which rule put it there, in one sentence. */
  readonly layerReason: string;
  /** What it is known from: spans of its own, or the calls of others (section 3, inferred hops). */
  readonly origin: 'service' | 'database' | 'messaging' | 'peer';
  /** The chip: `go`, `rust`, `sql`, `resp`; null where nothing tells. */
  readonly runtime: string | null;
  /** From the config. */
  readonly role: string | null;
  /** From the config, else a cache's hit ratio, else the most expensive operation; null where there is none. */
  readonly note: string | null;
  /** Only asynchronous spans reach it: drawn dashed, no part in the total, not in `inspect --json`. */
  readonly isAsync: boolean;
  /** Traces that reach it, unweighted. */
  readonly traces: number;
  /** Weighted mean over the traces that reach it. */
  readonly visits: number;
  /** How many of its spans summary spans stand for, likewise; absent where there are none. */
  readonly summarised?: number;
  /** Absent where no metric tells. */
  readonly memory?: MemoryPeak;
  /** Weighted mean of its first span's start after the root's start, over the traces that reach it: the order of boxes. */
  readonly firstStartMs: Milliseconds;
  /** Most expensive first, at most 12. */
  readonly operations: readonly Operation[];
  readonly budget: Budget;
}

/** The most memory that a pod used while the dataset was recorded. */
export interface MemoryPeak {
  readonly bytes: number;
  /** Pods that told. */
  readonly pods: number;
  /** The metric that told; where its name has a part that differs, with a `*` there. */
  readonly gauge: string;
}

/** A line. */
export interface Boundary {
  /** Hop ids. */
  readonly from: string;
  readonly to: string;
  /** `http`, `grpc`, `sql`, `resp`, `kafka` …; null where nothing tells. */
  readonly protocol: string | null;
  /** Client time less server time was recorded; otherwise its cost is unknown and shown as —. */
  readonly isMeasured: boolean;
  /** Only asynchronous spans cross it: drawn dashed, not in `inspect --json`. */
  readonly isAsync: boolean;
  /** Only adopted orphans cross it: drawn dashed. */
  readonly isAdopted: boolean;
  readonly traces: number;
  readonly budget: Budget;
}

/** A distribution-free 95 % interval; null where that side does not exist. */
export interface Interval {
  readonly lowMs: Milliseconds | null;
  readonly highMs: Milliseconds | null;
}

/** What a hop or a measured boundary shows at one percentile. */
export interface Estimate {
  /** Path time by the weights of the totals: what adds up. */
  readonly shareMs: Milliseconds;
  /** Own time over the traces that reach it; null where nothing was measured (an unmeasured line, an async hop). */
  readonly ownMs: Milliseconds | null;
  readonly isOwnResolved: boolean;
  /** Of own time; null where ownMs is. */
  readonly interval: Interval | null;
  /** Present where there is a budget at exactly this percentile. */
  readonly verdict?: Verdict;
}

/** A stretch of an exemplar's path time: either a hop's (index into hops) or a boundary's (index into boundaries). */
export interface Segment {
  readonly hop: number | null;
  readonly boundary: number | null;
  /** After the root's start. */
  readonly startMs: Milliseconds;
  readonly endMs: Milliseconds;
}

/** A real trace that stands for a percentile (section 8). */
export interface Exemplar {
  /** Index of the trace in the dataset, and its id as hex; both null in a diagram read back from an SVG. */
  readonly trace: number | null;
  readonly traceId: string | null;
  readonly totalMs: Milliseconds;
  /** In order of time, without gaps from 0 to totalMs; the shortest taken together where there are too many to see. */
  readonly segments: readonly Segment[];
}

export interface Finding {
  /** One or two short sentences: what is slow. */
  readonly headline: readonly string[];
  /** Whether it is the runtime or the boundary; what the tail is. */
  readonly details: readonly string[];
  /** Index of the hop that the headline names; null where it names none. */
  readonly hop: number | null;
}

/** A request path at one percentile. `hops[i]` and `boundaries[i]` belong to those of the RequestPath. */
export interface PathView {
  readonly percentile: Fraction;
  readonly totalMs: Milliseconds;
  readonly isResolved: boolean;
  readonly interval: Interval;
  /** Of the ceiling. */
  readonly verdict?: Verdict;
  readonly hops: readonly Estimate[];
  readonly boundaries: readonly Estimate[];
  readonly exemplar: Exemplar | null;
  readonly finding: Finding;
}

/** The distribution of totals for the percentile control: equal bins from 0, weighted counts, the last bin open. */
export interface Histogram {
  readonly binMs: Milliseconds;
  readonly counts: readonly number[];
}

/** Traces that share an entry and a name (section 5), most requests first in a list. */
export interface RequestPath {
  readonly name: string;
  /** The root's service. */
  readonly entry: string;
  readonly traces: number;
  /** Weighted. */
  readonly requests: number;
  readonly errors: number;
  /** Whether the traces carried sampling thresholds: all, none, or some of them. */
  readonly weighting: 'weighted' | 'unweighted' | 'mixed';
  /** (Σw)²/Σw². */
  readonly effectiveTraces: number;
  /** Null where the roots span less than a second. */
  readonly requestsPerSecond: number | null;
  /** Seconds from the first root's start to the last's. */
  readonly seconds: number;
  /** Distinct `cloud.region` over its spans. */
  readonly regions: number;
  /** Absent where there is nothing to know. */
  readonly notes?: DataNotes;
  readonly hops: readonly Hop[];
  readonly boundaries: readonly Boundary[];
  readonly ceiling: Budget;
  readonly at: Readonly<Record<PercentileKey, PathView>>;
  /** Null in a diagram read back from an SVG. */
  readonly histogram: Histogram | null;
}

/** Requests handled: SERVER and CONSUMER spans of gateway and service hops, each with its trace's weight. */
export interface RuntimeShare {
  readonly runtime: string;
  readonly handled: number;
  readonly perSecond: number | null;
}

/** What has to be known of the data behind a path's numbers. Counts; only spans below their trace's root are analysed. */
export interface DataNotes {
  /** Traces of which anything but summary spans is counted here. */
  readonly repairedTraces: number;
  /** Spans whose parent is missing, taken in by the root. */
  readonly adopted: number;
  /** Spans that are not below the root, and so in no number. */
  readonly outside: number;
  /** Cycles of parents. */
  readonly cut: number;
  /** Spans that ended before they started: taken as instants. */
  readonly backwards: number;
  /** Spans without a start time, which stand at the beginning of 1970; absent where there are none. */
  readonly timeless?: number;
  /** Server spans moved into their client, with all below, because two clocks disagree. */
  readonly shifted: number;
  /** Summary spans, and the spans that they stand for. */
  readonly summaries: number;
  readonly summarised: number;
  /** Some of the input was not read: spans of this path may be missing. */
  readonly isPartial: boolean;
}

export interface Problems {
  readonly invalidIds: number;
  readonly duplicates: number;
  readonly orphans: number;
  readonly cycles: number;
  readonly negativeDurations: number;
  readonly skewed: number;
}

export interface ServiceSummary {
  readonly name: string;
  readonly layer: Layer;
  readonly runtime: string | null;
  readonly spans: number;
  /** Weighted SERVER and CONSUMER spans. */
  readonly handled: number;
}

/** The dataset at a glance. */
export interface DatasetSummary {
  readonly spans: number;
  readonly traces: number;
  readonly services: readonly ServiceSummary[];
  readonly regions: number;
  /** Seconds from the first root's start to the last's, over all paths. */
  readonly seconds: number;
  readonly requests: number;
  /** Weighted roots with status ERROR. */
  readonly errors: number;
  readonly handled: number;
  /** Null where `seconds` is less than 1. */
  readonly handledPerSecond: number | null;
  /** Most handled first. */
  readonly runtimes: readonly RuntimeShare[];
  /** Of the pod that used most, in bytes; null where no metric tells. */
  readonly peakMemory: number | null;
  readonly problems: Problems;
}

/** A bound held against a measurement, for the Budgets table and for `check`. */
export interface BudgetRow {
  readonly path: string;
  readonly entry: string;
  /** `total`, a hop's id, or `from → to`. */
  readonly what: string;
  readonly percentile: PercentileKey;
  readonly budgetMs: Milliseconds;
  /** Null where nothing was measured: an unmeasured line, an asynchronous hop. */
  readonly measuredMs: Milliseconds | null;
  readonly interval: Interval;
  /** Of the traces behind this very measurement. */
  readonly effectiveTraces: number;
  readonly verdict: Verdict;
  /** The keys of the config that lead to the bound. */
  readonly source: readonly string[];
}

/** `errors`: failed requests, then those with an error inside, then the others; of each the slowest first. */
export type TraceOrder = 'slowest' | 'fastest' | 'first' | 'errors';

/** A trace in the list of a path's traces. */
export interface TraceRow {
  /** Index in the dataset. */
  readonly trace: number;
  readonly traceId: string;
  /** ISO 8601, of the root's start. */
  readonly startedAt: string;
  readonly totalMs: Milliseconds;
  readonly slowestHop: string;
  readonly slowestHopMs: Milliseconds;
  readonly spans: number;
  readonly isError: boolean;
  /** The service of the innermost span with an error; null where there is none. */
  readonly errorAt: string | null;
}

/** A span in a trace's waterfall. */
export interface TraceSpan {
  readonly name: string;
  readonly service: string;
  readonly layer: Layer | null;
  readonly depth: number;
  readonly startMs: Milliseconds;
  readonly durationMs: Milliseconds;
  /** Time on the critical path that was this span's own. */
  readonly pathMs: Milliseconds;
  readonly isError: boolean;
  /** Why it failed, in its own words; empty where it says nothing. */
  readonly statusMessage: string;
  /** Adopted, asynchronous, or outside the analysis: drawn dashed. */
  readonly isDashed: boolean;
  readonly isSkewCorrected: boolean;
  readonly attributes: AttributeTexts;
  /** At most `EVENTS_SHOWN`, as they came. */
  readonly events: readonly TraceEvent[];
  readonly eventCount: number;
}

export type AttributeTexts = readonly (readonly [key: string, value: string])[];

/** An event of a span, such as an `exception`. */
export interface TraceEvent {
  readonly name: string;
  readonly atMs: Milliseconds;
  readonly attributes: AttributeTexts;
}

/** One trace for its waterfall. */
export interface TraceDetail {
  readonly trace: number;
  readonly traceId: string;
  readonly startedAt: string;
  readonly totalMs: Milliseconds;
  /** At most `SPANS_SHOWN`, in pre-order. */
  readonly spans: readonly TraceSpan[];
  readonly spanCount: number;
}
