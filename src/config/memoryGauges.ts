import { wildcard, type Pattern } from '../base/wildcard.ts';

/**
 * Metrics that say how much memory a process uses, the first being what is wanted most. They are read for the peak per
 * pod; all other metrics are passed over.
 */
export interface MemoryGauge {
  /** Of the metric; `*` stands for anything. */
  readonly name: string;
  /** Of its points only those whose attribute, where they have it, is this. Points of one time are added up. */
  readonly only?: { readonly key: string; readonly value: string };
  readonly source: string;
}

export const MEMORY_GAUGES: readonly MemoryGauge[] = [
  { name: 'process.memory.usage', source: 'semantic-conventions, docs/system/process-metrics.md: physical memory' },
  {
    name: 'process.runtime.*.memory',
    only: { key: 'type', value: 'rss' },
    source: 'opentelemetry-python-contrib, instrumentation-system-metrics: cpython, pypy; types rss and vms',
  },
  {
    name: 'dotnet.process.memory.working_set',
    source: 'semantic-conventions, docs/runtime/dotnet-metrics.md: physical memory',
  },
  { name: 'go.memory.used', source: 'semantic-conventions, docs/runtime/go-metrics.md: by go.memory.type' },
  { name: 'jvm.memory.used', source: 'semantic-conventions, docs/runtime/jvm-metrics.md: by pool' },
  {
    name: 'process.runtime.jvm.memory.usage',
    source: 'semantic-conventions 1.21 and before, jvm.memory.used’s old name: by pool',
  },
  {
    name: 'v8js.memory.heap.used',
    source: 'semantic-conventions, docs/runtime/v8js-metrics.md (Node.js, Deno): by heap space',
  },
];

const PATTERNS: readonly Pattern[] = MEMORY_GAUGES.map(({ name }) => wildcard(name));

/** Bytes that one of a metric's unit stands for (UCUM, and what is written in its place). */
export const MEMORY_UNITS: Readonly<Record<string, number>> = {
  '': 1,
  By: 1,
  bytes: 1,
  KiBy: 1024,
  MiBy: 1024 ** 2,
  GiBy: 1024 ** 3,
  kBy: 1e3,
  MBy: 1e6,
  GBy: 1e9,
};

/** What tells one pod from another: the first of these resource attributes that there is. */
export const POD_KEYS = ['k8s.pod.name', 'k8s.pod.uid', 'service.instance.id', 'container.id', 'host.name'] as const;
/** Whose memory it is. */
export const OWNER_KEYS = ['service.namespace', 'service.name'] as const;

/** Null where the metric of this name does not say how much memory is used. */
export function memoryGauge(metric: string): MemoryGauge | null {
  return MEMORY_GAUGES[PATTERNS.findIndex((pattern) => pattern.test(metric))] ?? null;
}

/** The key under which a resource keeps the highest value that was measured on it, in bytes. No attribute is named so. */
export function peakKey(gauge: MemoryGauge['name']): string {
  return `max(${gauge})`;
}
