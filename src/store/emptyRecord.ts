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
