import type { RawSpanItems, RawSpans, Slots } from './rawSpans.ts';

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
  /** `statusMessage` apart: a batch can be sent to another thread, as buffers. */
  readonly spans: Omit<Readonly<RawSpans>, 'statusMessage'>;
  readonly statusMessages: BatchMessages;
  readonly events: Readonly<RawSpanItems>;
  readonly links: Readonly<RawSpanItems>;
  readonly resources: Readonly<Pick<Slots, 'count' | 'shape' | 'offset'>>;
  readonly scopes: Readonly<Slots>;
  /** Spans that were left out for their ids, and those whose end was set to their start. */
  readonly invalidIds: number;
  readonly negativeDurations: number;
}

export interface BatchStrings {
  readonly count: number;
  /** `count + 1` offsets into `bytes`. */
  readonly offsets: Uint32Array;
  /** As `hashBytes` of base/strings.ts gives them. */
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

/** For the few spans that have a status message: the span's index in the batch, and the string. */
export interface BatchMessages {
  readonly count: number;
  readonly span: Uint32Array;
  readonly text: Uint32Array;
}
