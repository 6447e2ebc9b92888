import type { SpanBatch } from '../../store/spanBatch.ts';
import type { KernelExports } from './kernelExports.ts';

/** The kernel's batch as views of its memory, in order. */
export function kernelBatch(exports: KernelExports): SpanBatch {
  exports.putInOrder();
  const { buffer } = exports.memory;
  const bytes = ({ value }: Address, length: number): Uint8Array => new Uint8Array(buffer, value, length);
  const words = ({ value }: Address, length: number): Uint32Array => new Uint32Array(buffer, value, length);
  const strings = exports.stringCount.value;
  const stringOffsets = words(exports.stringOffsets, strings + 1);
  const shapes = exports.shapeCount.value;
  const values = exports.valueCount.value;
  const numbers = exports.numberCount.value;
  const spans = exports.spanCount.value;
  const traces = exports.traceCount.value;
  const events = exports.eventCount.value;
  const links = exports.linkCount.value;
  const resources = exports.resourceCount.value;
  const scopes = exports.scopeCount.value;
  return {
    strings: {
      count: strings,
      offsets: stringOffsets,
      hashes: new Int32Array(buffer, exports.stringHashes.value, strings),
      bytes: bytes(exports.stringBytes, stringOffsets[strings]),
      isAscii: exports.isAscii.value !== 0,
    },
    attributes: {
      shapeCount: shapes,
      shapeKey: words(exports.shapeKey, shapes),
      shapeType: bytes(exports.shapeType, shapes),
      shapeUp: words(exports.shapeUp, shapes),
      valueCount: values,
      values: words(exports.values, values),
      valueTypes: bytes(exports.valueTypes, values),
      numberCount: numbers,
      numbers: new Float64Array(buffer, exports.numbers.value, numbers),
    },
    spans: {
      count: spans,
      traceCount: traces,
      traceId: words(exports.traceId, traces * 4),
      order: { place: words(exports.spanPlace, spans), tree: words(exports.spanTree, spans) },
      trace: words(exports.spanTrace, spans),
      spanId: words(exports.spanId, spans * 2),
      parentId: words(exports.spanParentId, spans * 2),
      start: words(exports.spanStart, spans * 2),
      end: words(exports.spanEnd, spans * 2),
      name: words(exports.spanName, spans),
      resource: words(exports.spanResource, spans),
      scope: words(exports.spanScope, spans),
      shape: words(exports.spanShape, spans),
      offset: words(exports.spanOffset, spans),
      facts: words(exports.spanFacts, spans),
      traceState: words(exports.spanTraceState, exports.hasTraceStates.value === 0 ? 0 : spans),
      statusMessage: words(exports.spanStatusMessage, exports.hasStatusMessages.value === 0 ? 0 : spans),
    },
    events: {
      count: events,
      span: words(exports.eventSpan, events),
      wide: words(exports.eventWide, events * 2),
      narrow: words(exports.eventNarrow, events),
      shape: words(exports.eventShape, events),
      offset: words(exports.eventOffset, events),
    },
    links: {
      count: links,
      span: words(exports.linkSpan, links),
      wide: words(exports.linkWide, links * 4),
      narrow: words(exports.linkNarrow, links * 2),
      shape: words(exports.linkShape, links),
      offset: words(exports.linkOffset, links),
    },
    resources: {
      count: resources,
      shape: words(exports.resourceShape, resources),
      offset: words(exports.resourceOffset, resources),
    },
    scopes: {
      count: scopes,
      shape: words(exports.scopeShape, scopes),
      offset: words(exports.scopeOffset, scopes),
      name: words(exports.scopeName, scopes),
      version: words(exports.scopeVersion, scopes),
    },
    // Spans with such ids are not for the kernel.
    invalidIds: 0,
    negativeDurations: exports.negativeDurations.value,
  };
}

interface Address {
  readonly value: number;
}
