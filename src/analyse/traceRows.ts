import { assertNever } from '../base/assert.ts';
import { toMilliseconds } from '../base/units.ts';
import { StatusCode, traceIdText, type SpanTable } from '../store/spanTable.ts';
import { fromHop, isHopAccount } from './accounts.ts';
import type { Classified } from './classified.ts';
import type { TraceOrder, TraceRow } from './model.ts';
import type { PathColumns } from './pathColumns.ts';
import { TraceError } from './traceFacts.ts';

const WORST_FIRST = [TraceError.root, TraceError.inside, TraceError.none];

/** The first `limit` traces of a path in an order. */
export function traceRows(dataset: Classified, path: PathColumns, order: TraceOrder, limit: number): TraceRow[] {
  return sortedTraces(dataset, path, order)
    .slice(0, limit)
    .map((trace) => traceRow(dataset, trace));
}

function sortedTraces({ traces: facts }: Classified, path: PathColumns, order: TraceOrder): number[] {
  // Traces stand in ascending order of total; sorting is stable, so what a comparison leaves equal stays so.
  const ascending = Array.from(path.traces);
  const { error, startedAfter, total } = facts;
  switch (order) {
    case 'fastest':
      return ascending;
    case 'slowest':
      return ascending.sort((a, b) => total[b] - total[a]);
    case 'first':
      return ascending.sort((a, b) => startedAfter[a] - startedAfter[b]);
    case 'errors':
      ascending.sort((a, b) => total[b] - total[a]);
      return WORST_FIRST.flatMap((kind) => ascending.filter((trace) => error[trace] === kind));
    default:
      return assertNever(order);
  }
}

function traceRow(dataset: Classified, trace: number): TraceRow {
  const { table, accounts, walked, traces } = dataset;
  const { first, account, path } = walked.entries;
  let slowest = -1;
  for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
    if (!isHopAccount(accounts, account[entry])) continue;
    if (slowest < 0 || path[entry] > path[slowest]) slowest = entry;
  }
  const errorRow = innermostError(table, trace);
  return {
    trace,
    traceId: traceIdText(table, trace),
    startedAt: startedAt(table, trace),
    totalMs: toMilliseconds(traces.total[trace]),
    slowestHop: accounts.hopNames[fromHop(accounts, account[slowest])],
    slowestHopMs: toMilliseconds(path[slowest]),
    spans: table.traceRows[trace + 1] - table.traceRows[trace],
    isError: traces.error[trace] === TraceError.root,
    errorAt: errorRow < 0 ? null : accounts.hopNames[accounts.serviceHop[table.resource[errorRow]]],
  };
}

/** The deepest span with status ERROR, of equals the first; −1 where there is none. */
function innermostError(table: SpanTable, trace: number): number {
  const { traceRows: rows, parent, status } = table;
  const depth = new Uint32Array(rows[trace + 1] - rows[trace]);
  let found = -1;
  for (let row = rows[trace]; row < rows[trace + 1]; row++) {
    const i = row - rows[trace];
    depth[i] = parent[row] < 0 ? 0 : depth[parent[row] - rows[trace]] + 1;
    if (status[row] === StatusCode.error && (found < 0 || depth[i] > depth[found - rows[trace]])) found = row;
  }
  return found;
}

/** The root's start as ISO 8601, to the millisecond. A Date holds years up to 275760; OTLP's times end in 2554. */
export function startedAt(table: SpanTable, trace: number): string {
  const root = table.start[table.traceRows[trace]];
  return new Date(Number((table.traceOrigin[trace] + BigInt(root)) / 1_000_000n)).toISOString();
}
