import { formatInteger, formatPercent } from '../base/format.ts';
import type { Issue } from '../base/issues.ts';
import type { Fraction } from '../base/units.ts';
import type { HoplineConfig } from '../config/hoplineConfig.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { assignAccounts } from './accounts.ts';
import { analysePaths, type Classified } from './analysePath.ts';
import { groupPaths, type PathGroup } from './groupPaths.ts';
import { hopFacts } from './hopFacts.ts';
import type { DatasetSummary, PathView, RequestPath, TraceDetail, TraceOrder, TraceRow } from './model.ts';
import { resourceFacts } from './resourceFacts.ts';
import { correctSkew } from './skew.ts';
import { summarise } from './summary.ts';
import { traceDetail } from './traceDetail.ts';
import { walkTraces } from './traceEntries.ts';
import { traceFacts } from './traceFacts.ts';
import { traceRows } from './traceRows.ts';

/** Everything that the spans of a dataset say. `path` is an index into `paths`, `trace` one into the dataset's. */
export interface Analysis {
  readonly summary: DatasetSummary;
  /** Most requests first. */
  readonly paths: readonly RequestPath[];
  /** What was left out of `paths`. */
  readonly issues: readonly Issue[];
  /** A path at any percentile: a few sums over sorted columns. */
  view(path: number, percentile: Fraction): PathView;
  traceRows(path: number, order: TraceOrder, limit: number): readonly TraceRow[];
  traceDetail(trace: number): TraceDetail;
}

/**
 * From spans to request paths. Each step reads the table's columns and those of the steps before it, and writes
 * columns of its own; the table stays as it is, so that the same dataset can be analysed under other rules.
 *
 *     times      clocks set right, where a server does not lie in its client        section 2
 *     accounts   each span to its hop or boundary                                   section 3
 *     walked     each trace's time to its accounts, path and own                    section 4
 *     groups     traces to request paths                                            section 5
 *     paths      percentiles, shares, budgets, exemplars, findings                  sections 6, 7, 8
 *
 * `mostPaths` bounds how many paths are looked at: where every request has a name of its own there are as many paths as
 * traces, and nobody reads the ten-thousandth.
 */
export function analyse(table: SpanTable, config: HoplineConfig, mostPaths = Number.POSITIVE_INFINITY): Analysis {
  const times = correctSkew(table);
  const accounts = assignAccounts(table, times);
  const walked = walkTraces(table, times, accounts);
  const traces = traceFacts(table);
  const resources = resourceFacts(table);
  const hops = hopFacts(table, accounts, resources);
  const dataset: Classified = { table, times, accounts, walked, traces, resources, hops };
  const groups = groupPaths(table, accounts, traces);
  const paths = analysePaths(dataset, groups.slice(0, mostPaths), config);
  return {
    summary: summarise(dataset),
    paths: paths.map(({ path }) => path),
    issues: leftOut(groups, paths.length),
    view: (path, percentile) => paths[path].view(percentile),
    traceRows: (path, order, limit) => traceRows(dataset, paths[path].columns, order, limit),
    traceDetail: (trace) => traceDetail(dataset, trace),
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
