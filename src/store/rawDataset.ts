import type { Attributes } from './attributes.ts';
import type { RawItems } from './rawItems.ts';
import type { Slots } from './slots.ts';
import type { SpanColumns } from './spanColumns.ts';

/** Everything that decoding left, ready to be linked. */
export interface RawDataset {
  readonly spans: SpanColumns;
  readonly events: RawItems;
  readonly links: RawItems;
  readonly attributes: Attributes;
  readonly resources: Slots;
  /** Per resource, its service's name. */
  readonly service: Uint32Array;
  readonly scopes: Slots;
  readonly invalidIds: number;
  readonly negativeDurations: number;
  /** Behind the rows of each source, in the order in which they were read. */
  readonly sourceEnds: readonly number[];
  /** Something was not read, or left out. */
  readonly isPartial: boolean;
}
