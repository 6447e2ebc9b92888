import { formatInteger, formatPercent } from '../base/format.ts';
import type { Issue } from '../base/issues.ts';
import type { Fraction, Milliseconds, Nanoseconds } from '../base/units.ts';
import type { HoplineConfig } from '../config/hoplineConfig.ts';
import { layerRulesOf } from '../config/layerRulesOf.ts';
import { Settings } from '../config/settings.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { assignAccounts } from './accounts.ts';
import { pathAnalyser, type AnalysedPath } from './analysePath.ts';
import type { Classified } from './classified.ts';
import { dataIssues } from './dataIssues.ts';
import { DataNotesCounter } from './dataNotes.ts';
import { groupPaths, narrowGroups, type PathGroup } from './groupPaths.ts';
import { hopFacts } from './hopFacts.ts';
import { memoryPeaks } from './memory.ts';
import type { BudgetRow, DatasetSummary, PathView, RequestPath, TraceDetail, TraceOrder, TraceRow } from './model.ts';
import type { PathSample } from './pathSample.ts';
import { resourceFacts } from './resourceFacts.ts';
import { correctSkew } from './skew.ts';
import { summarise } from './summary.ts';
import { findSummarySpans } from './summarySpans.ts';
import { summaryTimes } from './summaryTimes.ts';
import { traceDetail } from './traceDetail.ts';
import { walkTraces } from './traceEntries.ts';
import { traceFacts } from './traceFacts.ts';
import { traceRows } from './traceRows.ts';

/** Request paths with what was measured behind each: what a comparison takes. */
export interface PathSet {
  /** Most requests first. */
  readonly paths: readonly RequestPath[];
  /** Trace by trace, of `paths[path]`. */
  sample(path: number): PathSample;
}

/** A stretch of a dataset, ns after its first root's start: from `from` up to but without `to`. */
export interface TimeRange {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
}

/** Everything that the spans of a dataset say. `path` is an index into `paths`, `trace` one into the dataset's. */
export interface Analysis extends PathSet {
  /** Who `paths` are. There may be as many as traces, and making all of them for one takes gigabytes. */
  readonly pathNames: readonly Pick<RequestPath, 'name' | 'entry'>[];
  /** One of `paths`. */
  path(path: number): RequestPath;
  /** `paths` one after the other, of which none is kept. */
  eachPath(): Iterable<RequestPath>;
  readonly summary: DatasetSummary;
  /** The first root's start, ms since 1970. */
  readonly startedAtMs: Milliseconds;
  /** Every bound that the config puts on a path, held against what was measured. */
  bounds(path: number): readonly BudgetRow[];
  /** What was left out of `paths`. */
  readonly issues: readonly Issue[];
  /** A path at any percentile: a few sums over sorted columns. */
  view(path: number, percentile: Fraction): PathView;
  /** All traces of a path. */
  traces(path: number): Uint32Array;
  traceRows(path: number, order: TraceOrder, limit: number): readonly TraceRow[];
  traceDetail(trace: number): TraceDetail;
  /** The paths of the traces whose root starts in a stretch of the dataset. */
  during(range: TimeRange): PathSet;
}

/**
 * From spans to request paths. Each step reads the table's columns and those of the steps before it, and writes
 * columns of its own; the table stays as it is, so that the same dataset can be analysed under other rules.
 *
 *     windows    clocks set right, where a server does not lie in its client        section 2
 *     times      the same, but summary spans have the time of the calls that they stand for
 *     accounts   each span to its hop or boundary                                   section 3
 *     walked     each trace's time to its accounts, path and own                    section 4
 *     groups     traces to request paths                                            section 5
 *     paths      percentiles, shares, budgets, exemplars, findings                  sections 6, 7, 8
 *
 * `mostPaths` bounds how many paths are looked at: where every request has a name of its own there are as many paths as
 * traces, and nobody reads the ten-thousandth.
 */
export function analyse(table: SpanTable, config: HoplineConfig, mostPaths = Number.POSITIVE_INFINITY): Analysis {
  const windows = correctSkew(table);
  const summaries = findSummarySpans(table);
  const times = summaryTimes(table, windows, summaries);
  const settings = new Settings(config);
  const rules = layerRulesOf(config);
  const accounts = assignAccounts(table, times, rules, (name) => settings.hopName(name));
  const walked = walkTraces(table, times, accounts, summaries);
  const traces = traceFacts(table);
  const resources = resourceFacts(table, rules);
  const memory = memoryPeaks(table, (name) => settings.hopName(name));
  const hops = hopFacts(table, accounts, resources, rules);
  const notes = new DataNotesCounter(table, windows, summaries);
  const known = { table, windows, times, summaries, accounts, walked, traces, resources, hops, memory };
  const dataset: Classified = { ...known, notes };
  const groups = groupPaths(table, accounts, traces, (name) => settings.pathName(name));
  const listed = groups.slice(0, mostPaths);
  const analysePath = pathAnalyser(dataset, settings);
  const kept: (AnalysedPath | undefined)[] = [];
  const analysed = (path: number): AnalysedPath => (kept[path] ??= analysePath(listed[path]));
  let paths: readonly RequestPath[] | null = null;
  return {
    summary: summarise(dataset),
    get paths() {
      return (paths ??= listed.map((_, path) => analysed(path).path));
    },
    pathNames: listed,
    path: (path) => analysed(path).path,
    *eachPath() {
      for (const [path, group] of listed.entries()) yield (kept[path] ?? analysePath(group)).path;
    },
    issues: [...leftOut(groups, listed.length), ...dataIssues(table, windows, summaries)],
    bounds: (path) => analysed(path).bounds(),
    view: (path, percentile) => analysed(path).view(percentile),
    traces: (path) => analysed(path).columns.traces,
    traceRows: (path, order, limit) => traceRows(dataset, analysed(path).columns, order, limit),
    traceDetail: (trace) => traceDetail(dataset, trace),
    startedAtMs: traces.firstStartMs,
    sample: (path) => analysed(path).sample(),
    during: ({ from, to }) => {
      const isWithin = (trace: number): boolean =>
        traces.startedAfter[trace] >= from && traces.startedAfter[trace] < to;
      const part = narrowGroups(groups, traces, isWithin).map(analysePath);
      return { paths: part.map(({ path }) => path), sample: (path) => part[path].sample() };
    },
  };
}

function leftOut(groups: readonly PathGroup[], listed: number): Issue[] {
  if (groups.length <= listed) return [];
  const requests = (of: readonly PathGroup[]): number => of.reduce((sum, group) => sum + group.requests, 0);
  const share = formatPercent(requests(groups.slice(listed)) / requests(groups));
  const message =
    `Of ${formatInteger(groups.length)} request paths the ${formatInteger(listed)} with the most requests are listed; ` +
    `the others hold ${share} of the requests. So many paths often mean that a span's name carries an id.`;
  return [{ code: 'many-paths', severity: 'warning', message, count: groups.length - listed, firstAt: null }];
}
