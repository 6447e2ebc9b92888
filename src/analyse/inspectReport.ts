import type { Issue } from '../base/issues.ts';
import type { Milliseconds } from '../base/units.ts';
import type { Budget } from '../config/hoplineConfig.ts';
import type { Layer } from '../config/layers.ts';
import { PERCENTILE_KEYS, type PercentileKey, type PercentileValues } from '../config/percentiles.ts';
import type { Analysis } from './analyse.ts';
import type { DataNotes, DatasetSummary, Estimate, Problems, RequestPath, Verdict } from './model.ts';

const INDENT = 2;

/** What `hopline inspect --json` prints (design: analysis, section 9). Milliseconds in full precision. */
export interface InspectReport {
  readonly spans: number;
  readonly traces: number;
  readonly services: number;
  readonly problems: Problems;
  /** Everything that was repaired, left out or could not be read. */
  readonly issues: readonly InspectIssue[];
  readonly paths: readonly InspectPath[];
}

interface InspectIssue {
  readonly code: string;
  readonly severity: Issue['severity'];
  readonly message: string;
  readonly count: number;
  readonly first_at: Issue['firstAt'];
}

interface InspectPath {
  readonly name: string;
  readonly entry: string;
  readonly traces: number;
  readonly requests: number;
  readonly errors: number;
  /** What has to be known of the data behind the numbers; present where there is something. */
  readonly data?: InspectData;
  readonly total_ms: PercentileValues;
  readonly hops: readonly InspectHop[];
  readonly boundaries: readonly InspectBoundary[];
}

interface InspectData {
  readonly repaired_traces: number;
  readonly adopted_orphans: number;
  readonly cut_cycles: number;
  readonly negative_durations: number;
  readonly shifted_clocks: number;
  readonly spans_outside_root: number;
  readonly summary_spans: number;
  readonly input_is_partial: boolean;
}

/** Present where there is a bound. */
interface Judged {
  readonly budget_ms?: Budget;
  readonly verdict?: Partial<Record<PercentileKey, Verdict>>;
}

interface InspectHop extends Judged {
  readonly id: string;
  readonly layer: Layer;
  readonly runtime: string | null;
  readonly traces: number;
  readonly visits: number;
  /** Spans that summary spans stand for; present where there are some. */
  readonly summarised?: number;
  /** The most that a pod used; present where a metric tells. */
  readonly peak_memory_bytes?: number;
  readonly own_ms: PercentileValues;
  readonly share_ms: PercentileValues;
}

interface InspectBoundary extends Judged {
  readonly from: string;
  readonly to: string;
  readonly protocol: string | null;
  readonly measured: boolean;
  readonly traces: number;
  readonly own_ms?: PercentileValues;
  readonly share_ms?: PercentileValues;
}

/** What only asynchronous spans reach has no numbers, and so is not in the report. */
export function inspectReport(
  analysis: Pick<Analysis, 'summary' | 'eachPath'>,
  issues: readonly Issue[] = [],
): InspectReport {
  return { ...reportHead(analysis.summary, issues), paths: Array.from(analysis.eachPath(), inspectPath) };
}

/**
 * The report as JSON, in pieces that are as long as a path is: where every request has a name of its own there are as
 * many paths as traces, and all of them at once would take gigabytes.
 */
export function* inspectJson(
  analysis: Pick<Analysis, 'summary' | 'eachPath'>,
  issues: readonly Issue[],
): Generator<string> {
  const json = JSON.stringify({ ...reportHead(analysis.summary, issues), paths: [] }, null, INDENT);
  const end = json.lastIndexOf(']');
  yield json.slice(0, end);
  let separator = '\n';
  for (const path of analysis.eachPath()) {
    // A line feed in a name is escaped: these are those of the indenting.
    const lines = JSON.stringify(inspectPath(path), null, INDENT).replaceAll('\n', '\n    ');
    yield `${separator}    ${lines}`;
    separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n  '}${json.slice(end)}\n`;
}

function reportHead({ spans, traces, services, problems }: DatasetSummary, issues: readonly Issue[]) {
  return {
    spans,
    traces,
    services: services.length,
    problems,
    issues: issues.map(({ firstAt, ...issue }) => ({ ...issue, first_at: firstAt })),
  };
}

function inspectPath(path: RequestPath): InspectPath {
  const { name, entry, traces, requests, errors, at } = path;
  return {
    name,
    entry,
    traces,
    requests,
    errors,
    ...(path.notes && { data: dataOf(path.notes) }),
    total_ms: values((key) => at[key].totalMs),
    hops: path.hops.flatMap((hop, i) => {
      if (hop.isAsync) return [];
      const estimates = values((key) => at[key].hops[i]);
      const { id, layer, runtime, visits } = hop;
      return [
        {
          id,
          layer,
          runtime,
          traces: hop.traces,
          visits,
          ...(hop.summarised !== undefined && { summarised: hop.summarised }),
          ...(hop.memory && { peak_memory_bytes: hop.memory.bytes }),
          ...times(estimates),
          ...judged(hop.budget, estimates),
        },
      ];
    }),
    boundaries: path.boundaries.flatMap((line, i) => {
      if (line.isAsync) return [];
      const estimates = values((key) => at[key].boundaries[i]);
      const { from, to, protocol, isMeasured } = line;
      return [
        {
          from,
          to,
          protocol,
          measured: isMeasured,
          traces: line.traces,
          ...(isMeasured && times(estimates)),
          ...judged(line.budget, estimates),
        },
      ];
    }),
  };
}

function dataOf(notes: DataNotes): InspectData {
  return {
    repaired_traces: notes.repairedTraces,
    adopted_orphans: notes.adopted,
    cut_cycles: notes.cut,
    negative_durations: notes.backwards,
    shifted_clocks: notes.shifted,
    spans_outside_root: notes.outside,
    summary_spans: notes.summaries,
    input_is_partial: notes.isPartial,
  };
}

function times(estimates: Record<PercentileKey, Estimate>) {
  return {
    own_ms: values((key): Milliseconds => estimates[key].ownMs ?? 0),
    share_ms: values((key): Milliseconds => estimates[key].shareMs),
  };
}

function judged(budget: Budget, estimates: Record<PercentileKey, Estimate>): Judged {
  const bound = PERCENTILE_KEYS.filter((key) => budget[key] !== undefined);
  if (bound.length === 0) return {};
  return {
    budget_ms: budget,
    verdict: Object.fromEntries(bound.map((key) => [key, estimates[key].verdict])),
  };
}

function values<T>(at: (key: PercentileKey) => T): Record<PercentileKey, T> {
  return { p50: at('p50'), p95: at('p95'), p99: at('p99') };
}
