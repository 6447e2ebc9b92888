import type { IssueLog } from '../base/issues.ts';
import type { StringTable } from '../base/strings.ts';
import type { AttributeWriter } from './attributeWriter.ts';
import type { SpanBatch } from './spanBatch.ts';

/**
 * The one span that is being decoded: a decoder fills it in and hands it over with `addSpan`, which copies it into
 * columns. There is one record for all spans, so decoding makes no object per span.
 */
export interface SpanRecord {
  /** Words of the ids, most significant first, unsigned. */
  traceId0: number;
  traceId1: number;
  traceId2: number;
  traceId3: number;
  spanId0: number;
  spanId1: number;
  parentId0: number;
  parentId1: number;
  /** False where the trace or span id has a wrong length or is not hex: the span is counted and not loaded. */
  hasValidIds: boolean;
  /** A parent id that cannot be one (wrong length, not hex): the span becomes an orphan. All zeros means no parent. */
  hasInvalidParent: boolean;
  /** Set by `addSpan`: the end was before the start, and is the start now. */
  endsBeforeStart: boolean;
  /** Nanoseconds since 1970, 64 bits in two unsigned words. */
  startHigh: number;
  startLow: number;
  endHigh: number;
  endLow: number;
  /** OTLP numbers; anything else counts as 0. */
  kind: number;
  status: number;
  /** String ids. */
  name: number;
  traceState: number;
  statusMessage: number;
  spanFlags: number;
  /** Slots from `openResource` and `openScope`. */
  resource: number;
  scope: number;
  /** The span's attribute list, as `attributes` wrote it. */
  shape: number;
  offset: number;
}

export type FullBecause = 'limit' | 'memory';

/**
 * Where every decoder writes. The order of calls for a span:
 *
 *     startSpan()   resets the record (resource and scope stay)
 *       attributes.begin(), add…, then record.shape = attributes.shape, record.offset = attributes.offset
 *       addEvent(…), addLink(…)                any number, each with a list of its own
 *     addSpan()     or dropSpan(), which takes back everything since startSpan
 *
 * Resources and scopes are slots, because JSON and protobuf may give a resource after its spans: open the slot first,
 * let spans refer to it, fill it in when its attributes are known.
 */
export interface SpanSink {
  readonly strings: StringTable;
  readonly attributes: AttributeWriter;
  readonly span: SpanRecord;
  readonly issues: IssueLog;

  openResource(): number;
  /** The attribute list just written is that of the resource in `slot`. */
  fillResource(slot: number): void;
  openScope(): number;
  /** The attribute list just written is that of the scope in `slot`; name and version are string ids. */
  fillScope(slot: number, name: number, version: number): void;

  startSpan(): void;
  /** Time as 64 bits in two words; the attribute list just written is the event's. */
  addEvent(timeHigh: number, timeLow: number, name: number): void;
  /** The attribute list just written is the link's. */
  addLink(
    traceId0: number,
    traceId1: number,
    traceId2: number,
    traceId3: number,
    spanId0: number,
    spanId1: number,
  ): void;
  /** Take back the span's events, or links, written so far: in JSON a member that comes twice counts as it comes last. */
  dropEvents(): void;
  dropLinks(): void;
  /** True where the span was loaded; false where its ids are invalid (counted) or a limit is reached. */
  addSpan(): boolean;
  dropSpan(): void;
  /**
   * Takes over a batch's spans after those that are here, and returns how many: fewer than it has where a limit is
   * reached, with `isFull` set. (The limit of text is looked at before each batch, not in its middle.)
   * `resource` and `scope` are the slots here that the batch's slots 0 stand for: its own lists open slots of their own.
   */
  append(batch: SpanBatch, resource?: number, scope?: number): number;
  readonly spanCount: number;
  /**
   * The part of all input that was read for the spans that are here and those that come next, up to 1; 0 where it is not
   * known. Columns are made as long as they will then be.
   */
  fractionRead: number;
  /** Decoders stop reading. */
  readonly isFull: boolean;
  /** A limit of config/limits.ts is reached, or there is no memory for more; null while there is room. */
  readonly fullBecause: FullBecause | null;
}
