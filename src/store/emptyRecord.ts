import type { SpanRecord } from './spanSink.ts';

export function emptyRecord(): SpanRecord {
  return {
    traceId0: 0,
    traceId1: 0,
    traceId2: 0,
    traceId3: 0,
    spanId0: 0,
    spanId1: 0,
    parentId0: 0,
    parentId1: 0,
    hasValidIds: true,
    hasInvalidParent: false,
    endsBeforeStart: false,
    startHigh: 0,
    startLow: 0,
    endHigh: 0,
    endLow: 0,
    kind: 0,
    status: 0,
    name: 0,
    traceState: 0,
    statusMessage: 0,
    spanFlags: 0,
    resource: 0,
    scope: 0,
    shape: 0,
    offset: 0,
  };
}

/** As for a new span: resource and scope stay. */
export function resetRecord(span: SpanRecord): void {
  span.traceId0 = span.traceId1 = span.traceId2 = span.traceId3 = 0;
  span.spanId0 = span.spanId1 = span.parentId0 = span.parentId1 = 0;
  span.hasValidIds = true;
  span.hasInvalidParent = false;
  span.startHigh = span.startLow = span.endHigh = span.endLow = 0;
  span.kind = span.status = span.name = span.traceState = span.statusMessage = span.spanFlags = 0;
  span.shape = span.offset = 0;
}
