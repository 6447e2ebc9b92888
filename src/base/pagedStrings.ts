import { atOf, PagedBytes } from './pagedBytes.ts';
import { PagedWords } from './pagedWords.ts';

/**
 * Strings as bytes one after another, in pages, numbered from 0 in the order in which they came:
 *
 *     pool     | GET /cart | POST | redis | ...
 *     offset     0           9      13      18
 */
export class PagedStrings {
  count = 0;
  readonly #offsets = new PagedWords();
  readonly #pool = new PagedBytes();
  /** The bytes that are being read, to be read four at a time. */
  #viewed: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer());

  /** Bytes of memory. */
  get byteLength(): number {
    return this.#pool.byteLength + this.#offsets.capacity * Uint32Array.BYTES_PER_ELEMENT;
  }

  hasRoom(strings: number, length: number): boolean {
    return this.count + strings + 1 <= this.#offsets.capacity && this.#pool.hasRoom(length);
  }

  /**
   * Makes room for strings of `length` bytes in all, a page at most: adding them takes no memory.
   * Throws a RangeError where there is none; what is there stays.
   */
  reserve(strings: number, length: number): void {
    this.#offsets.reserve(this.count + strings + 1);
    this.#pool.reserve(length);
  }

  /** Adds `bytes[start, end)` and returns all of its bits ORed. Throws a RangeError where there is no memory for it. */
  add(bytes: Uint8Array, start: number, end: number): number {
    this.#offsets.reserve(this.count + 2);
    const place = this.#pool.add(end - start);
    const page = this.#pool.pageOf(place);
    let bits = 0;
    for (let i = start, j = atOf(place); i < end; i++, j++) bits |= page[j] = bytes[i];
    this.#offsets.put(this.count, place);
    this.#offsets.put(++this.count, place + end - start);
    return bits;
  }

  /** Adds the strings between `offsets[from]` and `offsets[to]`, which lie side by side, by one copy. There is room for them. */
  addTogether(bytes: Uint8Array, offsets: Uint32Array, from: number, to: number): void {
    const start = offsets[from];
    const place = this.#pool.add(offsets[to] - start);
    this.#pool.pageOf(place).set(bytes.subarray(start, offsets[to]), atOf(place));
    for (let i = from; i < to; i++) this.#offsets.put(this.count++, place + offsets[i] - start);
    this.#offsets.put(this.count, place + offsets[to] - start);
  }

  /** A view, to be read before the next string is added. */
  bytes(id: number): Uint8Array {
    const place = this.#offsets.at(id);
    return this.#pool.pageOf(place).subarray(atOf(place), atOf(place) + this.lengthOf(id));
  }

  lengthOf(id: number): number {
    const place = this.#offsets.at(id);
    return this.#pool.endOf(place, this.#offsets.at(id + 1)) - place;
  }

  /** All of them, one after another: `count + 1` offsets. */
  contents(): { readonly count: number; readonly offsets: Uint32Array; readonly bytes: Uint8Array } {
    const { count } = this;
    const offsets = new Uint32Array(count + 1);
    for (let id = 0; id < count; id++) offsets[id + 1] = offsets[id] + this.lengthOf(id);
    const bytes = new Uint8Array(offsets[count]);
    for (let id = 0; id < count; id++) bytes.set(this.bytes(id), offsets[id]);
    return { count, offsets, bytes };
  }

  equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.lengthOf(id) !== end - start) return false;
    const place = this.#offsets.at(id);
    const view = this.viewOf(bytes);
    const poolView = this.#pool.viewOf(place);
    let j = atOf(place);
    let i = start;
    for (; i + 4 <= end; i += 4, j += 4) if (view.getInt32(i, true) !== poolView.getInt32(j, true)) return false;
    for (const page = this.#pool.pageOf(place); i < end; i++, j++) if (bytes[i] !== page[j]) return false;
    return true;
  }

  /** The string's length in bytes where it stands at `bytes[start, end)` or a part of that; −1 where it does not. */
  match(id: number, bytes: Uint8Array, start: number, end: number): number {
    const length = this.lengthOf(id);
    return start + length <= end && this.equals(id, bytes, start, start + length) ? length : -1;
  }

  /** Order by bytes. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const [placeA, placeB] = [this.#offsets.at(a), this.#offsets.at(b)];
    const [pageA, pageB] = [this.#pool.pageOf(placeA), this.#pool.pageOf(placeB)];
    const [atA, atB] = [atOf(placeA), atOf(placeB)];
    const [lengthA, lengthB] = [this.lengthOf(a), this.lengthOf(b)];
    for (let i = 0; i < Math.min(lengthA, lengthB); i++) {
      const difference = pageA[atA + i] - pageB[atB + i];
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  }

  /** One view is kept for the bytes that are being decoded: making one for each string would cost more than its hash. */
  viewOf(bytes: Uint8Array): DataView {
    if (this.#viewed !== bytes) {
      this.#viewed = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#view;
  }
}
