import { KeySet } from './keySet.ts';

/** What stands at a place of an OTLP document. */
export type Part =
  | 'envelope'
  | 'resourceSpans'
  | 'scopeSpans'
  | 'resourceLogs'
  | 'scopeLogs'
  | 'resourceMetrics'
  | 'scopeMetrics'
  // Units: read whole, into the sink.
  | 'span'
  | 'resource'
  | 'scope'
  // Of other signals: counted and passed over, but for metrics that say how much memory is used.
  | 'logRecord'
  | 'metric'
  | 'metricResource'
  | 'resourceProfiles'
  // What a server says of its answer.
  | 'error'
  | 'status'
  | 'message';

/** Beside these keys there need not be any OTLP: other documents have them too. */
export const COMMON_PARTS: ReadonlySet<Part> = new Set<Part>(['resource', 'error', 'status', 'message']);

export interface Member {
  readonly part: Part;
  readonly isList: boolean;
}

const one = (part: Part): Member => ({ part, isList: false });
const list = (part: Part): Member => ({ part, isList: true });

const SCOPE_SPANS = {
  scopeSpans: list('scopeSpans'),
  scope_spans: list('scopeSpans'),
  instrumentationLibrarySpans: list('scopeSpans'),
  instrumentation_library_spans: list('scopeSpans'),
};
const SCOPE_LOGS = {
  scopeLogs: list('scopeLogs'),
  scope_logs: list('scopeLogs'),
  instrumentationLibraryLogs: list('scopeLogs'),
  instrumentation_library_logs: list('scopeLogs'),
};
const SCOPE_METRICS = {
  scopeMetrics: list('scopeMetrics'),
  scope_metrics: list('scopeMetrics'),
  instrumentationLibraryMetrics: list('scopeMetrics'),
  instrumentation_library_metrics: list('scopeMetrics'),
};

/**
 * The outer objects and their members. Beside today's names: those of protobuf (with underscores), those from before
 * scopes (`instrumentationLibrary…`), Tempo's `batches`, and the wrappers `result` (Jaeger api_v3), `trace` (Tempo v2),
 * `traces` (Faro) and `data`. An envelope may be left out: Java's logging exporter writes a line a resource.
 */
const LEVELS: Partial<Record<Part, Readonly<Record<string, Member>>>> = {
  envelope: {
    resourceSpans: list('resourceSpans'),
    resource_spans: list('resourceSpans'),
    batches: list('resourceSpans'),
    resourceLogs: list('resourceLogs'),
    resource_logs: list('resourceLogs'),
    resourceMetrics: list('resourceMetrics'),
    resource_metrics: list('resourceMetrics'),
    resourceProfiles: list('resourceProfiles'),
    resource_profiles: list('resourceProfiles'),
    resource: one('resource'),
    ...SCOPE_SPANS,
    ...SCOPE_LOGS,
    ...SCOPE_METRICS,
    result: one('envelope'),
    trace: one('envelope'),
    traces: one('envelope'),
    data: one('envelope'),
    error: one('error'),
    status: one('status'),
    message: one('message'),
  },
  resourceSpans: { resource: one('resource'), ...SCOPE_SPANS },
  scopeSpans: {
    scope: one('scope'),
    instrumentationLibrary: one('scope'),
    instrumentation_library: one('scope'),
    spans: list('span'),
  },
  resourceLogs: SCOPE_LOGS,
  scopeLogs: { logRecords: list('logRecord'), log_records: list('logRecord'), logs: list('logRecord') },
  resourceMetrics: { resource: one('metricResource'), ...SCOPE_METRICS },
  scopeMetrics: { metrics: list('metric') },
};

/** The keys of each level, for one decoder: they learn the order in which its source writes them. */
export function levelKeys(): ReadonlyMap<string, KeySet<Member>> {
  return new Map(Object.entries(LEVELS).map(([part, members]) => [part, new KeySet(members)]));
}
