import { PairIds } from '../base/pairIds.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import { PathNames } from './pathName.ts';
import type { TraceFacts } from './traceFacts.ts';

/** The traces of one request path. */
export interface PathGroup {
  readonly name: string;
  /** The root's service, by name. */
  readonly entry: string;
  /** Ascending, so in the order of trace ids. */
  readonly traces: Uint32Array;
  /** Σ of their weights. */
  readonly requests: number;
}

/** Traces by the root's service and the path's name (design: analysis, section 5), most requests first. */
export function groupPaths(table: SpanTable, accounts: Accounts, facts: TraceFacts): PathGroup[] {
  const names = new PathNames(table, accounts.remote);
  const nameIds = new Map<string, number>();
  const texts: string[] = [];
  const groups = new PairIds();
  const groupOf = new Uint32Array(table.traceCount);
  for (let trace = 0; trace < table.traceCount; trace++) {
    const name = names.of(trace);
    let id = nameIds.get(name);
    if (id === undefined) nameIds.set(name, (id = texts.push(name) - 1));
    groupOf[trace] = groups.id(accounts.home[table.traceRows[trace]], id);
  }
  const requests = new Float64Array(groups.count);
  const first = new Uint32Array(groups.count + 1);
  for (let trace = 0; trace < table.traceCount; trace++) {
    requests[groupOf[trace]] += facts.weight[trace];
    first[groupOf[trace] + 1]++;
  }
  for (let group = 0; group < groups.count; group++) first[group + 1] += first[group];
  const next = first.slice(0, groups.count);
  const traces = new Uint32Array(table.traceCount);
  for (let trace = 0; trace < table.traceCount; trace++) traces[next[groupOf[trace]]++] = trace;
  return Array.from({ length: groups.count }, (_, group) => ({
    name: texts[groups.second(group)],
    entry: accounts.hopNames[groups.first(group)],
    traces: traces.subarray(first[group], first[group + 1]),
    requests: requests[group],
  })).sort((a, b) => b.requests - a.requests || compareText(a.entry, b.entry) || compareText(a.name, b.name));
}

/** By code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
