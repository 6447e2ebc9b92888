import { withMemory } from './growable.ts';

/** 2¹⁹ words, 2 MiB. */
const PAGE_BITS = 19;
const PAGE_WORDS = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_WORDS - 1;
const FIRST_WORDS = 1024;
/** From here on the first page has all of its length at once: memory that is not written to is not taken. */
const LONG_WORDS = 1 << 14;

/**
 * A long column of 32-bit words in pages, so that growing copies nothing and leaves nothing behind to be collected.
 *
 *     words   0 … 524,287 | 524,288 … 1,048,575 | …
 *     pages   pages[0]      pages[1]
 *
 * Only the first page grows by doubling: a short column is small.
 */
export class PagedWords {
  readonly pages: Uint32Array[] = [new Uint32Array(FIRST_WORDS)];
  #capacity = FIRST_WORDS;

  /** Words there is room for. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for `length` words in all. Throws a RangeError where there is no memory; what is there stays. */
  reserve(length: number): void {
    if (this.#capacity < length && this.#capacity < PAGE_WORDS) {
      const wanted = Math.max(length, this.#capacity * 2);
      const page = new Uint32Array(wanted > LONG_WORDS ? PAGE_WORDS : wanted);
      page.set(this.pages[0]);
      this.pages[0] = page;
      this.#capacity = page.length;
    }
    while (this.#capacity < length) {
      this.pages.push(new Uint32Array(PAGE_WORDS));
      this.#capacity += PAGE_WORDS;
    }
  }

  at(index: number): number {
    return this.pages[index >>> PAGE_BITS][index & PAGE_MASK];
  }

  put(index: number, word: number): void {
    this.pages[index >>> PAGE_BITS][index & PAGE_MASK] = word;
  }

  /** Visits `[from, to)` as stretches that each lie in one page: `page[at]` is the word at `index`. */
  eachStretch(from: number, to: number, visit: (page: Uint32Array, at: number, index: number, length: number) => void) {
    for (let index = from; index < to;) {
      const at = index & PAGE_MASK;
      const length = Math.min(to - index, PAGE_WORDS - at);
      visit(this.pages[index >>> PAGE_BITS], at, index, length);
      index += length;
    }
  }

  /** The first `length` words one after the other; not a copy where they lie so already. */
  flat(length: number): Uint32Array {
    if (length <= this.pages[0].length) return this.pages[0].subarray(0, length);
    const words = new Uint32Array(length);
    this.eachStretch(0, length, (page, at, index, count) => words.set(page.subarray(at, at + count), index));
    return words;
  }

  /** Gives back all room beyond `length` words. */
  trim(length: number): void {
    const last = Math.max(0, length - 1) >>> PAGE_BITS;
    this.pages.length = Math.min(this.pages.length, last + 1);
    const before = last * PAGE_WORDS;
    const page = this.pages[last];
    // Where there is no memory for a shorter one, the page stays as it is.
    if (length - before < page.length) this.pages[last] = withMemory(() => page.slice(0, length - before)) ?? page;
    this.#capacity = before + this.pages[last].length;
  }
}
