import { StatusCode, type SpanTable } from '../store/spanTable.ts';
import { traceWeight } from './traceWeight.ts';

/** By trace, what the paths and the summary are counted from. */
export interface TraceFacts {
  /** How many requests it stands for. */
  readonly weight: Float64Array;
  /** 1 where a sampling threshold said so; 0 where the weight is 1 for want of one. */
  readonly isWeighted: Uint8Array;
  /** The root's duration, ns. */
  readonly total: Float64Array;
  /** The root's start, ns after the first root's. */
  readonly startedAfter: Float64Array;
  /** The first root's start, ms since 1970. */
  readonly firstStartMs: number;
  /** 2: the root has status ERROR. 1: some other span has. 0: none. */
  readonly error: Uint8Array;
}

export const TraceError = { none: 0, inside: 1, root: 2 } as const;

export function traceFacts(table: SpanTable): TraceFacts {
  const { traceCount, traceRows, traceOrigin, start, end, status, traceState, attributes } = table;
  const weight = new Float64Array(traceCount);
  const isWeighted = new Uint8Array(traceCount);
  const total = new Float64Array(traceCount);
  const startedAfter = new Float64Array(traceCount);
  const error = new Uint8Array(traceCount);
  const weights = new Map<number, number | null>();
  const origin = leastOf(traceOrigin);
  let firstStart = Number.POSITIVE_INFINITY;
  for (let trace = 0; trace < traceCount; trace++) {
    const root = traceRows[trace];
    const state = traceState[root];
    let known = weights.get(state);
    if (known === undefined) weights.set(state, (known = traceWeight(attributes.strings.text(state))));
    weight[trace] = known ?? 1;
    isWeighted[trace] = known === null ? 0 : 1;
    total[trace] = end[root] - start[root];
    startedAfter[trace] = Number(traceOrigin[trace] - origin) + start[root];
    if (startedAfter[trace] < firstStart) firstStart = startedAfter[trace];
    error[trace] = worstError(status, root, traceRows[trace + 1]);
  }
  for (let trace = 0; trace < traceCount; trace++) startedAfter[trace] -= firstStart;
  const firstStartMs = traceCount === 0 ? 0 : (Number(origin / 1000n) * 1000 + firstStart) / 1e6;
  return { weight, isWeighted, total, startedAfter, firstStartMs, error };
}

function worstError(status: Uint8Array, root: number, last: number): number {
  if (status[root] === StatusCode.error) return TraceError.root;
  for (let row = root + 1; row < last; row++) if (status[row] === StatusCode.error) return TraceError.inside;
  return TraceError.none;
}

function leastOf(values: BigUint64Array): bigint {
  let least = values[0] ?? 0n;
  for (let i = 1; i < values.length; i++) if (values[i] < least) least = values[i];
  return least;
}
