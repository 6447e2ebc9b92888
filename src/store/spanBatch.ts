/**
 * Spans on their way into a builder, all at once: what the kernel makes of a stretch of bytes, and what one worker of
 * the pool hands to another. It knows nothing beyond itself: its strings, shapes, traces, resources and scopes are
 * numbered from 0 in the order in which they came, and `SpanTableBuilder.append` gives them the dataset's numbers.
 *
 *     batch 1    strings  "" · service.name · cart · GET         span: name 3
 *     batch 2    strings  "" · service.name · redis · GET · SET  span: name 4
 *     dataset    strings  "" · service.name · cart · GET · redis · SET     names 3, 5
 *
 * Appending batches in the order of the bytes numbers everything by first appearance, so it does not matter who decoded
 * which. Columns may be longer than their counts, and may be views of memory that is overwritten later: `append` copies.
 * String 0 is the empty one, shape 0 the empty list, resource 0 and scope 0 the empty ones; all of them are counted.
 */
export interface SpanBatch {
  readonly strings: BatchStrings;
  readonly attributes: BatchAttributes;
  readonly spans: BatchSpans;
  readonly events: BatchItems;
  readonly links: BatchItems;
  readonly resources: BatchSlots;
  readonly scopes: BatchSlots;
  /** Spans that were left out for their ids, and those whose end was set to their start. */
  readonly invalidIds: number;
  readonly negativeDurations: number;
}

export interface BatchStrings {
  readonly count: number;
  /** `count + 1` offsets into `bytes`. */
  readonly offsets: Uint32Array;
  /** As `hashBytes` of base/hashBytes.ts gives them. */
  readonly hashes: Int32Array;
  readonly bytes: Uint8Array;
  /** No byte is 0x80 or above, so nothing has to be checked for UTF-8. */
  readonly isAscii: boolean;
}

export interface BatchAttributes {
  readonly shapeCount: number;
  /** Per shape: the key of its last attribute, its type, and the shape before it, whose number is lower. */
  readonly shapeKey: Uint32Array;
  readonly shapeType: Uint8Array;
  readonly shapeUp: Uint32Array;
  readonly valueCount: number;
  readonly values: Uint32Array;
  /** Per value its ValueType, so that values are renumbered in one straight pass. */
  readonly valueTypes: Uint8Array;
  readonly numberCount: number;
  readonly numbers: Float64Array;
}

/** Columns of spans, with the batch's numbers. Ids and times are two words a span, the high one first. */
export interface BatchSpans {
  readonly count: number;
  readonly traceCount: number;
  /** Per trace four words, most significant first. */
  readonly traceId: Uint32Array;
  /** Null where the columns are in the order in which the spans came. */
  readonly order: BatchOrder | null;
  readonly trace: Uint32Array;
  readonly spanId: Uint32Array;
  readonly parentId: Uint32Array;
  /** Nanoseconds since 1970. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly name: Uint32Array;
  readonly resource: Uint32Array;
  readonly scope: Uint32Array;
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
  /** See `factsOf`. */
  readonly facts: Uint32Array;
  /** Empty where no span has one. */
  readonly traceState: Uint32Array;
  readonly statusMessage: Uint32Array;
}

/**
 * The spans trace by trace, and an ordinary trace's in pre-order with its tree: what assembly (traceAssembler.ts) comes
 * to where no other batch has spans of it. Ordinary is a trace with one span without a parent above all others, no id
 * twice, a start each, and no marks.
 *
 *     span     b(parent a)  x(other trace)  a  c(parent b)
 *     place    1            3               0  2
 *     tree     0·3  1·2  1·1  0·1           by place: how far before it the parent is · spans in the subtree
 */
export interface BatchOrder {
  /** Of each span as it came: where in the columns it is. */
  readonly place: Uint32Array;
  /** By place. Upper half: how far before it its parent is, 0 for a root. Lower half: 1 + spans below it. 0 where the trace is not ordinary. */
  readonly tree: Uint32Array;
}

/** 1 + the spans below one. */
export const subtreeSize = (tree: number): number => tree & 0xffff;
/** How far before a span its parent is; 0 for a root. */
export const parentDistance = (tree: number): number => tree >>> 16;

/** Mark of a span: the parent id cannot be one, so the span is an orphan. */
export const INVALID_PARENT = 1;
/** Mark of a span: its end was before its start, and was set to it. */
export const ENDS_BEFORE_START = 2;

/** Events or links: those of one span in their order. */
export interface BatchItems {
  readonly count: number;
  /** The span's index in the batch. */
  readonly span: Uint32Array;
  /** Events: high and low word of the time. Links: four words of the trace id. */
  readonly wide: Uint32Array;
  /** Events: the name, one word. Links: two words of the span id. */
  readonly narrow: Uint32Array;
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
}

/** Resources or scopes; scopes alone have name and version. */
export interface BatchSlots {
  readonly count: number;
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
  readonly name?: Uint32Array;
  readonly version?: Uint32Array;
}
