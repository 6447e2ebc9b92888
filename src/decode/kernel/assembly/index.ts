/** The kernel from outside. What each of these means is in ../kernelExports.ts, under the same name. */
export { reset, rollBack, taken } from './batch.ts';
export { hasStatusMessages, hasTraceStates, putInOrder } from './columns.ts';
export { stop } from './failure.ts';
export { jsonResourceSpans, jsonSpans } from './json.ts';
export { lines } from './jsonSpace.ts';
export {
  INPUT as input,
  INPUT_BYTES as inputBytes,
  STRING_OFFSETS as stringOffsets,
  STRING_HASHES as stringHashes,
  STRING_POOL as stringBytes,
  SHAPE_KEY as shapeKey,
  SHAPE_TYPE as shapeType,
  SHAPE_UP as shapeUp,
  VALUE as values,
  VALUE_TYPE as valueTypes,
  NUMBER as numbers,
  TRACE_ID as traceId,
  PLACE as spanPlace,
  TREE as spanTree,
  TRACE_COLUMN as spanTrace,
  SPAN_ID_COLUMN as spanId,
  PARENT_ID_COLUMN as spanParentId,
  START_COLUMN as spanStart,
  END_COLUMN as spanEnd,
  NAME_COLUMN as spanName,
  RESOURCE_COLUMN as spanResource,
  SCOPE_COLUMN as spanScope,
  SHAPE_COLUMN as spanShape,
  OFFSET_COLUMN as spanOffset,
  FACTS_COLUMN as spanFacts,
  TRACE_STATE_COLUMN as spanTraceState,
  STATUS_MESSAGE_COLUMN as spanStatusMessage,
  EVENT_SPAN as eventSpan,
  EVENT_TIME as eventWide,
  EVENT_NAME as eventNarrow,
  EVENT_SHAPE as eventShape,
  EVENT_OFFSET as eventOffset,
  LINK_SPAN as linkSpan,
  LINK_TRACE_ID as linkWide,
  LINK_SPAN_ID as linkNarrow,
  LINK_SHAPE as linkShape,
  LINK_OFFSET as linkOffset,
  RESOURCE_SHAPE as resourceShape,
  RESOURCE_OFFSET as resourceOffset,
  SCOPE_SHAPE as scopeShape,
  SCOPE_OFFSET as scopeOffset,
  SCOPE_NAME as scopeName,
  SCOPE_VERSION as scopeVersion,
} from './layout.ts';
export { protobufResourceSpans, protobufSpans } from './protobuf.ts';
export { resourceCount, scopeCount } from './owners.ts';
export { shapeCount } from './shapes.ts';
export { eventCount, linkCount, negativeDurations, spanCount } from './spans.ts';
export { areStringsAscii as isAscii, stringCount } from './strings.ts';
export { traceCount } from './traces.ts';
export { numberCount, valueCount } from './values.ts';
