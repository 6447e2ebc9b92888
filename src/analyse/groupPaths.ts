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

/**
 * Traces by the root's service and the path's name (design: analysis, section 5), most requests first. `group` gives
 * the name that the config groups a name under.
 */
export function groupPaths(
  table: SpanTable,
  accounts: Accounts,
  facts: TraceFacts,
  group: (name: string) => string,
): PathGroup[] {
  const names = new PathNames(table, accounts.remote);
  /** By number of a name in the traces: the number of the name that it is grouped under. */
  const grouped: number[] = [];
  const groupIds = new Map<string, number>();
  const texts: string[] = [];
  const groups = new PairIds();
  const groupOf = new Uint32Array(table.traceCount);
  for (let trace = 0; trace < table.traceCount; trace++) {
    const name = names.of(trace);
    if (name === grouped.length) {
      const text = group(names.texts[name]);
      const id = groupIds.get(text) ?? texts.push(text) - 1;
      groupIds.set(text, id);
      grouped.push(id);
    }
    groupOf[trace] = groups.id(accounts.serviceHop[table.resource[table.traceRows[trace]]], grouped[name]);
  }
  const requests = new Float64Array(groups.count);
  const first = new Uint32Array(groups.count + 1);
  for (let trace = 0; trace < table.traceCount; trace++) {
    requests[groupOf[trace]] += facts.weight[trace];
    first[groupOf[trace] + 1]++;
  }
  for (let i = 0; i < groups.count; i++) first[i + 1] += first[i];
  const next = first.slice(0, groups.count);
  const traces = new Uint32Array(table.traceCount);
  for (let trace = 0; trace < table.traceCount; trace++) traces[next[groupOf[trace]]++] = trace;
  return Array.from({ length: groups.count }, (_, i) => ({
    name: texts[groups.second(i)],
    entry: accounts.hopNames[groups.first(i)],
    traces: traces.subarray(first[i], first[i + 1]),
    requests: requests[i],
  })).sort(mostRequestsFirst);
}

/** The same paths with some of their traces; those with none are left out. */
export function narrowGroups(
  groups: readonly PathGroup[],
  { weight }: TraceFacts,
  isKept: (trace: number) => boolean,
): PathGroup[] {
  return groups
    .map(({ name, entry, traces }) => {
      const kept = traces.filter(isKept);
      return { name, entry, traces: kept, requests: kept.reduce((sum, trace) => sum + weight[trace], 0) };
    })
    .filter(({ traces }) => traces.length > 0)
    .sort(mostRequestsFirst);
}

function mostRequestsFirst(a: PathGroup, b: PathGroup): number {
  return b.requests - a.requests || compareText(a.entry, b.entry) || compareText(a.name, b.name);
}

/** By code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
