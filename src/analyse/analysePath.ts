import { formatPercent } from '../base/format.ts';
import { toMilliseconds, type Fraction } from '../base/units.ts';
import type { Layer } from '../config/layers.ts';
import { PERCENTILE_RANGE, PERCENTILES } from '../config/percentiles.ts';
import { toBudget, type PathSettings, type Settings } from '../config/settings.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { fromHop, isHopAccount, toHop, type Accounts } from './accounts.ts';
import { budgetAt, budgetRows, verdict } from './budgets.ts';
import { Estimator } from './estimator.ts';
import { exemplarOf, exemplarRank } from './exemplar.ts';
import { finding, type Measured } from './finding.ts';
import { compareText, type PathGroup } from './groupPaths.ts';
import { histogram } from './histogram.ts';
import type { HopFacts } from './hopFacts.ts';
import type { Boundary, BudgetRow, Hop, MemoryPeak, PathView, RequestPath } from './model.ts';
import { OperationCounter, type HopWork } from './operations.ts';
import { PathColumnsBuilder, type PathColumns } from './pathColumns.ts';
import { pathSample, type PathSample } from './pathSample.ts';
import { estimate, interval, pathNumbers, type PathNumbers } from './pathView.ts';
import type { ResourceFacts } from './resourceFacts.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';
import { EntryMark } from './entryMark.ts';
import type { Walked } from './traceEntries.ts';
import { TraceError, type TraceFacts } from './traceFacts.ts';

/** Everything that is known of the dataset before its paths are looked at. */
export interface Classified {
  readonly table: SpanTable;
  /** As recorded, clocks set right: what a person sees of a trace. */
  readonly windows: SpanTimes;
  /** What is added up. */
  readonly times: SpanTimes;
  readonly summaries: SummarySpans | null;
  readonly accounts: Accounts;
  readonly walked: Walked;
  readonly traces: TraceFacts;
  readonly hops: HopFacts;
  readonly resources: ResourceFacts;
  /** By hop's id. */
  readonly memory: ReadonlyMap<string, MemoryPeak>;
}

/** A request path with what is needed to look at it from another percentile. */
export interface AnalysedPath {
  readonly path: RequestPath;
  readonly columns: PathColumns;
  readonly bounds: readonly BudgetRow[];
  readonly sample: PathSample;
  view(percentile: Fraction): PathView;
}

/** The region of a resource that names none. */
const NO_REGION = -1;
/** A rate over less than this is noise. */
const LEAST_SECONDS = 1;

export function analysePaths(dataset: Classified, groups: readonly PathGroup[], settings: Settings): AnalysedPath[] {
  const { table, accounts, walked, traces } = dataset;
  const builder = new PathColumnsBuilder(walked.entries, traces, accounts.pairs.count);
  const counter = new OperationCounter(table, accounts, walked, traces, dataset.summaries);
  const estimator = new Estimator();
  const { tolerances } = settings;
  return groups.map((group) => {
    const columns = builder.build(group.traces);
    const found = settings.path(group);
    const median = pathNumbers(columns, PERCENTILES.p50, estimator);
    const work = counter.count(columns, median.weights);
    const { hops, hopColumns } = listHops(dataset, columns, work, found);
    const { boundaries, lineColumns } = listBoundaries(dataset, columns, hops, found);
    const described = {
      ...describeGroup(dataset, group, columns),
      hops,
      boundaries,
      ceiling: toBudget(found.ceiling),
    };
    const places = {
      hop: new Map(hopColumns.map((column, place) => [columns.columns[column].account, place])),
      boundary: new Map(lineColumns.map((column, place) => [columns.columns[column].account, place])),
    };

    const measure = (numbers: PathNumbers): Measured => {
      const { percentile, shares, isResolved } = numbers;
      const totalMs = toMilliseconds(numbers.total);
      const ceiling = budgetAt(described.ceiling, percentile);
      const at = (column: number, budget: Hop['budget']) =>
        estimate(columns.columns[column], shares[column], percentile, budget, estimator, tolerances);
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
    const tail = pathNumbers(columns, PERCENTILES.p99, estimator);
    const medianView = measure(median);
    const tailView = measure(tail);
    const complete = (numbers: PathNumbers, measured: Measured): PathView => {
      const rank = exemplarRank(columns, walked.entries, numbers.total, numbers.shares);
      return {
        ...measured,
        exemplar: exemplarOf(table, dataset.times, accounts, columns.traces[rank], places),
        finding: finding(described, measured, measured.percentile < PERCENTILES.p99 ? tailView : medianView),
      };
    };
    const view = (percentile: Fraction): PathView => {
      const { least, most } = PERCENTILE_RANGE;
      const numbers = pathNumbers(columns, Math.min(most, Math.max(least, percentile)), estimator);
      return complete(numbers, measure(numbers));
    };

    const path: RequestPath = {
      ...described,
      at: { p50: complete(median, medianView), p95: view(PERCENTILES.p95), p99: complete(tail, tailView) },
      histogram: histogram(columns, traces, tail.total),
    };
    const effectiveOf = (column: number): number => columns.columns[column].own?.effective ?? 0;
    const bounds = budgetRows(path, found, {
      hops: hopColumns.map(effectiveOf),
      boundaries: lineColumns.map(effectiveOf),
    });
    return { path, columns, bounds, view, sample: pathSample(columns, traces.weight, hopColumns, lineColumns) };
  });
}

/** The hops of a path in the order in which they first start, with the column of each. */
function listHops(
  { accounts, hops: facts, memory }: Classified,
  { columns }: PathColumns,
  work: readonly HopWork[],
  settings: PathSettings,
): { hops: Hop[]; hopColumns: number[] } {
  const listed = columns.flatMap((column, index) => {
    if (!isHopAccount(accounts, column.account)) return [];
    const hop = fromHop(accounts, column.account);
    const id = accounts.hopNames[hop];
    const { role, note, budget } = settings.hop(id);
    const { operations, hitRatio, summarised } = work[index];
    const peak = memory.get(id);
    const described: Hop = {
      id,
      layer: facts.layer[hop],
      layerReason: facts.layerReason[hop],
      origin: accounts.hopOrigins[hop],
      runtime: facts.runtime[hop],
      role,
      note: note ?? hitNote(facts.layer[hop], hitRatio) ?? operations[0]?.name ?? null,
      isAsync: column.own === null,
      traces: column.traceCount,
      visits: column.visits,
      ...(summarised > 0 && { summarised }),
      ...(peak && { memory: peak }),
      firstStartMs: toMilliseconds(column.firstStart),
      operations,
      budget: toBudget(budget),
    };
    return [{ hop: described, index }];
  });
  listed.sort((a, b) => a.hop.firstStartMs - b.hop.firstStartMs || compareText(a.hop.id, b.hop.id));
  return { hops: listed.map(({ hop }) => hop), hopColumns: listed.map(({ index }) => index) };
}

/** A service may say that it found something in a cache; only a store's own look-ups are a ratio of its own. */
function hitNote(layer: Layer, hitRatio: number | null): string | null {
  return layer !== 'data' || hitRatio === null ? null : `${formatPercent(hitRatio)} hit`;
}

/** The lines of a path in the order of the hops that they join, with the column of each. */
function listBoundaries(
  { accounts, hops: facts }: Classified,
  { columns }: PathColumns,
  hops: readonly Hop[],
  settings: PathSettings,
): { boundaries: Boundary[]; lineColumns: number[] } {
  const place = new Map(hops.map(({ id }, i) => [id, i]));
  const listed = columns.flatMap((column, index) => {
    if (isHopAccount(accounts, column.account)) return [];
    const from = accounts.hopNames[fromHop(accounts, column.account)];
    const to = accounts.hopNames[toHop(accounts, column.account)];
    const isCrossed = (column.marks & EntryMark.crossed) !== 0;
    const boundary: Boundary = {
      from,
      to,
      protocol: facts.protocol.get(column.account) ?? null,
      isMeasured: column.own !== null,
      isAsync: !isCrossed,
      isAdopted: isCrossed && (column.marks & EntryMark.direct) === 0,
      traces: column.traceCount,
      budget: toBudget(settings.boundary({ from, to })),
    };
    return [{ boundary, index, order: (place.get(from) ?? 0) * hops.length + (place.get(to) ?? 0) }];
  });
  listed.sort((a, b) => a.order - b.order);
  return { boundaries: listed.map(({ boundary }) => boundary), lineColumns: listed.map(({ index }) => index) };
}

/** Names and counts of a path. */
function describeGroup({ table, traces: facts, resources }: Classified, group: PathGroup, columns: PathColumns) {
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
    for (let row = table.traceRows[trace]; row < table.traceRows[trace + 1]; row++) {
      seen.add(resources.region[resources.fact[table.resource[row]]]);
    }
  }
  seen.delete(NO_REGION);
  const seconds = (lastStart - firstStart) / 1e9;
  const all = group.traces.length;
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
  };
}

export function perSecond(count: number, seconds: number): number | null {
  return seconds >= LEAST_SECONDS ? count / seconds : null;
}
