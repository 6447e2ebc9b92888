import type { RawItems } from './rawItems.ts';
import type { SpanColumns } from './spanColumns.ts';

/**
 * What few spans have: events, links, a status message. While traces are written, it is noted where in the table the
 * spans with items went, so that items find them: a bit a trace and a row, and a word for each row that has some.
 *
 *     rows as they came   0 1 2 3 4 5 6 7 …
 *     has items           0 1 0 0 1 1 0 0 …
 *     went to row           9     2 4          row 5 is the third with items: its place is the third of `#places`
 */
export class SpansApart {
  /** Row of the table → string id. */
  readonly statusMessage = new Map<number, number>();
  readonly #spans: SpanColumns;
  /** By trace number: some of its spans have items. */
  readonly #traces: Uint8Array;
  /** A bit a row. */
  readonly #bits: Uint32Array;
  /** Bits before each word of `#bits`. */
  readonly #before: Uint32Array;
  /** 1 + row of the table; 0 for a merged duplicate. */
  readonly #places: Uint32Array;

  constructor(spans: SpanColumns, items: readonly RawItems[]) {
    this.#spans = spans;
    const words = items.some(({ count }) => count > 0) ? (spans.count + 31) >>> 5 : 0;
    this.#traces = new Uint8Array(spans.traces.count);
    this.#bits = new Uint32Array(words);
    this.#before = new Uint32Array(words + 1);
    for (const { span, count } of items) {
      for (let i = 0; i < count; i++) {
        const row = span[i];
        if (row >= spans.count) continue;
        this.#traces[spans.trace[row]] = 1;
        this.#bits[row >>> 5] |= 1 << (row & 31);
      }
    }
    for (let word = 0; word < words; word++) this.#before[word + 1] = this.#before[word] + bitCount(this.#bits[word]);
    this.#places = new Uint32Array(this.#before[words]);
  }

  /** Notes those of a trace, by its number, that is at rows `[from, to)` of the table and came as the rows at these in `source`. */
  note(trace: number, source: Uint32Array, from: number, to: number): void {
    const { hasStatusMessages, statusMessage } = this.#spans;
    const hasItems = this.#traces[trace] !== 0;
    if (!hasItems && !hasStatusMessages) return;
    for (let at = from; at < to; at++) {
      const row = source[at];
      if (hasItems && this.#hasItems(row)) this.#places[this.#index(row)] = at + 1;
      const message = hasStatusMessages ? statusMessage[row] : 0;
      if (message !== 0) this.statusMessage.set(at, message);
    }
  }

  /** 1 + the table's row of a span with items, by the row as it came; 0 for one that was merged or left out. */
  placeOf(row: number): number {
    return row < this.#spans.count ? this.#places[this.#index(row)] : 0;
  }

  #hasItems(row: number): boolean {
    return ((this.#bits[row >>> 5] >>> (row & 31)) & 1) !== 0;
  }

  #index(row: number): number {
    return this.#before[row >>> 5] + bitCount(this.#bits[row >>> 5] & ((1 << (row & 31)) - 1));
  }
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
