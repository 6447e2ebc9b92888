import { addLazy } from '../base/addLazy.ts';
import { toMilliseconds, type Fraction } from '../base/units.ts';
import { PERCENTILE_RANGE, PERCENTILES } from '../config/percentiles.ts';
import { toBudget, type Settings } from '../config/settings.ts';
import { budgetAt, budgetRows, verdict } from './budgets.ts';
import type { Classified } from './classified.ts';
import { Estimator } from './estimator.ts';
import { exemplarOf, exemplarRank } from './exemplar.ts';
import { finding, type Measured } from './finding.ts';
import type { PathGroup } from './groupPaths.ts';
import { histogram } from './histogram.ts';
import type { BudgetRow, Hop, PathView, RequestPath } from './model.ts';
import { OperationCounter } from './operations.ts';
import type { PathColumns } from './pathColumns.ts';
import { PathColumnsBuilder } from './pathColumnsBuilder.ts';
import { listBoundaries, listHops } from './pathParts.ts';
import { pathSample, type PathSample } from './pathSample.ts';
import { PathTime } from './pathTime.ts';
import { estimate, interval, pathNumbers, type PathNumbers } from './pathView.ts';
import { TraceError } from './traceFacts.ts';

/** A request path with what is needed to look at it from another percentile. */
export interface AnalysedPath {
  readonly path: RequestPath;
  readonly columns: PathColumns;
  bounds(): readonly BudgetRow[];
  sample(): PathSample;
  view(percentile: Fraction): PathView;
}

/** The region of a resource that names none. */
const NO_REGION = -1;
/** A rate over less than this is noise. */
const LEAST_SECONDS = 1;

/** Analyses groups of traces, one after the other: there may be as many as traces, and nothing of one is kept here. */
export function pathAnalyser(dataset: Classified, settings: Settings): (group: PathGroup) => AnalysedPath {
  const { table, accounts, walked, traces } = dataset;
  const builder = new PathColumnsBuilder(dataset);
  const counter = new OperationCounter(table, accounts, walked, traces, dataset.summaries);
  const estimator = new Estimator();
  const pathTime = new PathTime(table, dataset.times);
  const { tolerances } = settings;
  return (group) => {
    // What only a path that is looked at needs is made when it is.
    const columns = builder.build(group.traces);
    const settingsHere = settings.path(group);
    const median = pathNumbers(columns, PERCENTILES.p50, estimator);
    const work = once(() => counter.count(columns, median.weights));
    const { hops, hopColumns } = listHops(dataset, columns, work, settingsHere);
    const { boundaries, lineColumns } = listBoundaries(dataset, columns, hops, settingsHere);
    const described = {
      ...describeGroup(dataset, group, columns),
      hops,
      boundaries,
      ceiling: toBudget(settingsHere.ceiling),
    };
    const places = {
      hop: new Map(hopColumns.map((column, place) => [columns.account[column], place])),
      boundary: new Map(lineColumns.map((column, place) => [columns.account[column], place])),
    };

    const measure = (numbers: PathNumbers): Measured => {
      const { percentile, shares, isResolved } = numbers;
      const totalMs = toMilliseconds(numbers.total);
      const ceiling = budgetAt(described.ceiling, percentile);
      const at = (column: number, budget: Hop['budget']) =>
        estimate(columns.ownTimes(column), shares[column], percentile, budget, estimator, tolerances);
      return {
        percentile,
        totalMs,
        isResolved,
        interval: interval(columns.totals, percentile, estimator),
        ...(ceiling !== undefined && { verdict: verdict(totalMs, ceiling, isResolved, tolerances) }),
        hops: hopColumns.map((column, i) => at(column, hops[i].budget)),
        boundaries: lineColumns.map((column, i) => at(column, boundaries[i].budget)),
      };
    };
    const tail = once(() => pathNumbers(columns, PERCENTILES.p99, estimator));
    const medianView = once(() => measure(median));
    const tailView = once(() => measure(tail()));
    const complete = (numbers: PathNumbers, measured: Measured): PathView => {
      const exemplar = once(() => {
        const rank = exemplarRank(columns, walked.entries, numbers.total, numbers.shares);
        return exemplarOf(table, pathTime, accounts, columns.traces[rank], places);
      });
      const found = once(() =>
        finding(described, measured, measured.percentile < PERCENTILES.p99 ? tailView() : medianView()),
      );
      const view = { ...measured };
      addLazy(view, { exemplar, finding: found });
      return view;
    };
    const viewAt = (percentile: Fraction): PathView => {
      const numbers = pathNumbers(columns, percentile, estimator);
      return complete(numbers, measure(numbers));
    };

    const at = once(() => ({
      p50: complete(median, medianView()),
      p95: viewAt(PERCENTILES.p95),
      p99: complete(tail(), tailView()),
    }));
    const distribution = once(() => histogram(columns, traces, tail().total));

    addLazy(described, { at, histogram: distribution });
    const path: RequestPath = described;
    const effectiveOf = (column: number): number => columns.ownTimes(column)?.effective ?? 0;
    return {
      path,
      columns,
      bounds: once(() =>
        budgetRows(path, settingsHere, { hops: hopColumns.map(effectiveOf), boundaries: lineColumns.map(effectiveOf) }),
      ),
      sample: () => pathSample(columns, traces.weight, hopColumns, lineColumns),
      view: (percentile) => {
        // Whoever moves one percentile moves many.
        columns.byRank();
        return viewAt(Math.min(PERCENTILE_RANGE.most, Math.max(PERCENTILE_RANGE.least, percentile)));
      },
    };
  };
}

/** Names and counts of a path. */
function describeGroup(dataset: Classified, group: PathGroup, columns: PathColumns) {
  const { traces: facts, resources } = dataset;
  const seen = new Set<number>();
  let errors = 0;
  let weighted = 0;
  let firstStart = Number.POSITIVE_INFINITY;
  let lastStart = Number.NEGATIVE_INFINITY;
  for (const trace of group.traces) {
    if (facts.error[trace] === TraceError.root) errors += facts.weight[trace];
    weighted += facts.isWeighted[trace];
    firstStart = Math.min(firstStart, facts.startedAfter[trace]);
    lastStart = Math.max(lastStart, facts.startedAfter[trace]);
    if (seen.size < resources.regionCount) addRegions(dataset, trace, seen);
  }
  const seconds = (lastStart - firstStart) / 1e9;
  const all = group.traces.length;
  const notes = dataset.notes.of(group.traces);
  return {
    name: group.name,
    entry: group.entry,
    traces: all,
    requests: group.requests,
    errors,
    weighting: weighted === all ? ('weighted' as const) : weighted === 0 ? ('unweighted' as const) : ('mixed' as const),
    effectiveTraces: columns.totals.effective,
    requestsPerSecond: perSecond(group.requests, seconds),
    seconds,
    regions: seen.size,
    ...(notes && { notes }),
  };
}

function addRegions({ table, resources }: Classified, trace: number, seen: Set<number>): void {
  let last = NO_REGION;
  for (let row = table.traceRows[trace]; row < table.traceRows[trace + 1]; row++) {
    const region = resources.region[resources.fact[table.resource[row]]];
    // Spans of a trace are of one region as a rule.
    if (region !== last && region !== NO_REGION) seen.add(region);
    last = region;
  }
}

export function perSecond(count: number, seconds: number): number | null {
  return seconds >= LEAST_SECONDS ? count / seconds : null;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
