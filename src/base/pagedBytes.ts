import { grown } from './growable.ts';

/** 2 MiB a page. */
const PAGE_BITS = 21;
const PAGE_BYTES = 1 << PAGE_BITS;
const PAGE_MASK = PAGE_BYTES - 1;
const FIRST_BYTES = 1 << 14;

/**
 * Stretches of bytes one after another, each whole in one page, so that growing copies nothing and leaves nothing behind
 * to be collected. A stretch is known by its place, which is where it begins.
 *
 *     page 0                                        page 1
 *     | GET /cart | POST | … | SELECT | too short | a text that was longer than what was left | …
 *
 * A stretch that is longer than a page is one page by itself, and has the numbers of as many pages as it is long.
 */
export class PagedBytes {
  readonly #pages: Uint8Array<ArrayBuffer>[] = [];
  readonly #views: DataView[] = [];
  /** Per page the place behind its last stretch. */
  readonly #ends: number[] = [];
  #last = 0;
  /** Made ahead, see `reserve`. */
  #nextPage: Uint8Array<ArrayBuffer> | null = null;
  #byteLength = 0;

  constructor() {
    this.#setPage(0, new Uint8Array(FIRST_BYTES));
  }

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#byteLength;
  }

  /** The page that a place is in; it lies there at `atOf(place)`. */
  pageOf(place: number): Uint8Array<ArrayBuffer> {
    return this.#pages[place >>> PAGE_BITS];
  }

  viewOf(place: number): DataView {
    return this.#views[place >>> PAGE_BITS];
  }

  /** Behind the stretch at `place`, where the one after it is at `next`. */
  endOf(place: number, next: number): number {
    const page = place >>> PAGE_BITS;
    return page === next >>> PAGE_BITS ? next : this.#ends[page];
  }

  /** Whether stretches of `length` bytes in all can be added to the page that there is. */
  hasRoom(length: number): boolean {
    const end = this.#ends[this.#last];
    return (end & PAGE_MASK) + length <= this.#pages[this.#last].length && end >>> PAGE_BITS === this.#last;
  }

  /**
   * Makes room for stretches of `length` bytes in all, a page at most: adding them takes no memory.
   * Throws a RangeError where there is none; what is there stays.
   */
  reserve(length: number): void {
    const end = this.#ends[this.#last];
    if (end + length <= PAGE_BYTES) this.#lengthen(0, end + length);
    else if (!this.hasRoom(length)) this.#nextPage ??= new Uint8Array(PAGE_BYTES);
  }

  /** The place of a new stretch. Throws a RangeError where there is no memory for it; what is there stays. */
  add(length: number): number {
    const end = this.#ends[this.#last];
    const fits = (end & PAGE_MASK) + length <= PAGE_BYTES && end >>> PAGE_BITS === this.#last;
    const place = fits ? end : Math.ceil(end / PAGE_BYTES) * PAGE_BYTES;
    const page = place >>> PAGE_BITS;
    if (page !== this.#last) this.#setPage(page, this.#newPage(length));
    else this.#lengthen(page, (place & PAGE_MASK) + length);
    this.#ends[page] = place + length;
    return place;
  }

  #newPage(length: number): Uint8Array<ArrayBuffer> {
    const reserved = length <= PAGE_BYTES ? this.#nextPage : null;
    if (reserved !== null) this.#nextPage = null;
    return reserved ?? new Uint8Array(Math.max(PAGE_BYTES, length));
  }

  /** Hardly any but the first page grows: a short column is small. */
  #lengthen(page: number, needed: number): void {
    if (needed > this.#pages[page].length)
      this.#setPage(page, grown(this.#pages[page], Math.max(needed, Math.min(needed * 2, PAGE_BYTES))));
  }

  #setPage(page: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#byteLength += bytes.length - (page in this.#pages ? this.#pages[page].length : 0);
    this.#pages[page] = bytes;
    this.#views[page] = new DataView(bytes.buffer);
    this.#ends[page] ??= page * PAGE_BYTES;
    this.#last = page;
  }
}

/** Where in its page a place is. */
export function atOf(place: number): number {
  return place & PAGE_MASK;
}
