import type { Fraction } from '../base/units.ts';
import type { HoplineConfig } from '../config/hoplineConfig.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { assignAccounts } from './accounts.ts';
import { analysePaths, type Classified } from './analysePath.ts';
import { groupPaths } from './groupPaths.ts';
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
 */
export function analyse(table: SpanTable, config: HoplineConfig): Analysis {
  const times = correctSkew(table);
  const accounts = assignAccounts(table, times);
  const walked = walkTraces(table, times, accounts);
  const traces = traceFacts(table);
  const resources = resourceFacts(table);
  const hops = hopFacts(table, accounts, resources);
  const dataset: Classified = { table, times, accounts, walked, traces, resources, hops };
  const paths = analysePaths(dataset, groupPaths(table, accounts, traces), config);
  return {
    summary: summarise(dataset),
    paths: paths.map(({ path }) => path),
    view: (path, percentile) => paths[path].view(percentile),
    traceRows: (path, order, limit) => traceRows(dataset, paths[path].columns, order, limit),
    traceDetail: (trace) => traceDetail(dataset, trace),
  };
}
