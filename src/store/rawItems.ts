import { grown } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import type { ListNumbers } from './batchNumbers.ts';
import type { BatchItems } from './spanBatch.ts';

const FIRST_CAPACITY = 64;

/** Events, or links, of the spans in SpanColumns, in the order in which they came. */
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

  /** Those of a batch's spans that have a place, counted from `firstRow` on. Returns where they begin. */
  append(batch: BatchItems, firstRow: number, places: Uint32Array, { shapes, firstValue }: ListNumbers): number {
    const first = this.count;
    this.#reserve(first + batch.count);
    for (let i = 0; i < batch.count; i++) {
      const span = batch.span[i];
      if (span >= places.length) continue;
      const item = this.count++;
      const shape = batch.shape[i];
      this.span[item] = firstRow + places[span];
      this.shape[item] = shapes[shape];
      this.offset[item] = shape === EMPTY_SHAPE ? 0 : batch.offset[i] + firstValue;
      copyWords(batch.wide, i, this.wide, item, this.#wideWords);
      copyWords(batch.narrow, i, this.narrow, item, this.#narrowWords);
    }
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

function copyWords(from: Uint32Array, i: number, to: Uint32Array, item: number, count: number): void {
  for (let word = 0; word < count; word++) to[item * count + word] = from[i * count + word];
}
