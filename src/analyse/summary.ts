import { SpanKind } from '../store/spanTable.ts';
import { perSecond } from './analysePath.ts';
import type { Classified } from './classified.ts';
import { compareText } from './groupPaths.ts';
import type { DatasetSummary, RuntimeShare, ServiceSummary } from './model.ts';
import { TraceError } from './traceFacts.ts';

/** What a resource's requests count for where nothing tells its runtime. */
const UNKNOWN_RUNTIME = 'unknown';

/**
 * The dataset at a glance. Requests handled are the SERVER and CONSUMER spans of gateway and service hops, each with
 * its trace's weight: two such spans in a trace that stands for 100 requests count 200.
 */
export function summarise(dataset: Classified): DatasetSummary {
  const { table, times, summaries, accounts, traces, hops, resources } = dataset;
  const { serviceHop } = accounts;
  const spans = new Float64Array(accounts.hopNames.length);
  const handledByHop = new Float64Array(accounts.hopNames.length);
  /** In the order in which they are first seen; by fact of a resource the number of its runtime. */
  const runtimes: string[] = [];
  const runtimeOf = new Int32Array(resources.runtime.length).fill(-1);
  const handledBy = new Float64Array(resources.runtime.length);
  const isHandler = Uint8Array.from(hops.layer, (layer) => (layer === 'gateway' || layer === 'service' ? 1 : 0));
  const { kind, resource, traceRows } = table;
  const addTrace = (trace: number): void => {
    const weight = traces.weight[trace];
    for (let row = traceRows[trace]; row < traceRows[trace + 1]; row++) {
      const hop = serviceHop[resource[row]];
      spans[hop]++;
      if (kind[row] !== SpanKind.server && kind[row] !== SpanKind.consumer) continue;
      const requests = weight * (summaries === null ? 1 : summaries.calls[row]);
      handledByHop[hop] += requests;
      if (isHandler[hop] === 0) continue;
      const fact = resources.fact[resource[row]];
      if (runtimeOf[fact] < 0) {
        const runtime = resources.runtime[fact] ?? UNKNOWN_RUNTIME;
        runtimeOf[fact] = runtimes.includes(runtime) ? runtimes.indexOf(runtime) : runtimes.push(runtime) - 1;
      }
      handledBy[runtimeOf[fact]] += requests;
    }
  };
  for (let trace = 0; trace < table.traceCount; trace++) addTrace(trace);
  const handledByRuntime = new Map(runtimes.map((runtime, number) => [runtime, handledBy[number]]));
  let requests = 0;
  let errors = 0;
  let seconds = 0;
  for (let trace = 0; trace < table.traceCount; trace++) {
    requests += traces.weight[trace];
    if (traces.error[trace] === TraceError.root) errors += traces.weight[trace];
    seconds = Math.max(seconds, traces.startedAfter[trace] / 1e9);
  }
  let handled = 0;
  for (const each of handledByRuntime.values()) handled += each;
  const peaks = [...dataset.memory.values()].map(({ bytes }) => bytes);
  return {
    spans: table.spanCount,
    traces: table.traceCount,
    services: listServices(dataset, spans, handledByHop),
    regions: resources.regionCount,
    seconds,
    requests,
    errors,
    handled,
    handledPerSecond: perSecond(handled, seconds),
    runtimes: listRuntimes(handledByRuntime, seconds),
    peakMemory: peaks.length === 0 ? null : Math.max(...peaks),
    problems: { ...table.problems, skewed: times.moved.length },
  };
}

/** Every service that has a span, in the alphabet's order. */
function listServices(
  { accounts, hops }: Classified,
  spans: Float64Array,
  handled: Float64Array,
): readonly ServiceSummary[] {
  return accounts.hopNames
    .map((name, hop) => ({
      name,
      layer: hops.layer[hop],
      runtime: hops.runtime[hop],
      spans: spans[hop],
      handled: handled[hop],
    }))
    .filter((service) => service.spans > 0)
    .sort((a, b) => compareText(a.name, b.name));
}

function listRuntimes(handled: ReadonlyMap<string, number>, seconds: number): readonly RuntimeShare[] {
  return [...handled]
    .map(([runtime, count]) => ({ runtime, handled: count, perSecond: perSecond(count, seconds) }))
    .sort((a, b) => b.handled - a.handled || compareText(a.runtime, b.runtime));
}
