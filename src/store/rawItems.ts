import { grown } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import type { ListNumbers } from './batchNumbers.ts';
import type { BatchItems } from './spanBatch.ts';

const FIRST_CAPACITY = 64;

/** Events, or links, of the spans in SpanRows, in the order in which they came, hence in the order of their spans. */
export class RawItems {
  count = 0;
  /** The row of the span that has it. */
  span = new Uint32Array(FIRST_CAPACITY);
  wide: Uint32Array;
  narrow: Uint32Array;
  shape = new Uint32Array(FIRST_CAPACITY);
  offset = new Uint32Array(FIRST_CAPACITY);

  readonly #wideWords: number;
  readonly #narrowWords: number;

  /** How many words an item has in `wide` and in `narrow`: see BatchItems. */
  constructor(wideWords: number, narrowWords: number) {
    this.#wideWords = wideWords;
    this.#narrowWords = narrowWords;
    this.wide = new Uint32Array(FIRST_CAPACITY * wideWords);
    this.narrow = new Uint32Array(FIRST_CAPACITY * narrowWords);
  }

  open(span: number, shape: number, offset: number): number {
    const item = this.count;
    this.#reserve(item + 1);
    this.count++;
    this.span[item] = span;
    this.shape[item] = shape;
    this.offset[item] = offset;
    return item;
  }

  /** Those of a batch's first `spanCount` spans, of which the first one is `firstSpan` here. Returns where they begin. */
  append(batch: BatchItems, spanCount: number, firstSpan: number, numbers: ListNumbers): number {
    let { count } = batch;
    while (count > 0 && batch.span[count - 1] >= spanCount) count--;
    const first = this.count;
    this.#reserve(first + count);
    this.wide.set(batch.wide.subarray(0, count * this.#wideWords), first * this.#wideWords);
    this.narrow.set(batch.narrow.subarray(0, count * this.#narrowWords), first * this.#narrowWords);
    for (let i = 0; i < count; i++) {
      const shape = batch.shape[i];
      this.span[first + i] = batch.span[i] + firstSpan;
      this.shape[first + i] = numbers.shapes[shape];
      this.offset[first + i] = shape === EMPTY_SHAPE ? 0 : batch.offset[i] + numbers.firstValue;
    }
    this.count = first + count;
    return first;
  }

  columns(): BatchItems {
    const { count, span, wide, narrow, shape, offset } = this;
    return { count, span, wide, narrow, shape, offset };
  }

  #reserve(count: number): void {
    if (this.span.length >= count) return;
    this.wide = grown(this.wide, count * this.#wideWords);
    this.narrow = grown(this.narrow, count * this.#narrowWords);
    this.shape = grown(this.shape, count);
    this.offset = grown(this.offset, count);
    this.span = grown(this.span, count);
  }
}
