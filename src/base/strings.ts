import { freeMemory } from './freeMemory.ts';
import { hasMemoryFor, LARGE, longerTable } from './growable.ts';
import { hashBytes } from './hashBytes.ts';
import { isUtf8 } from './isUtf8.ts';
import { PagedStrings } from './pagedStrings.ts';
import { PagedWords } from './pagedWords.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** Strings of a batch whose slots are loaded together, and that are copied together where they are new. */
const AT_ONCE = 64;
/** New strings of so many bytes are copied one by one: together they might leave much of a page unused. */
const MOST_TOGETHER = 1 << 16;

export interface StringTableContents extends ReturnType<PagedStrings['contents']> {
  readonly hashes: Int32Array;
  /** No byte is 0x80 or above. */
  readonly isAscii: boolean;
}

/**
 * Strings interned by their UTF-8 bytes: equal bytes, equal id. Ids count from 0; 0 is the empty string.
 *
 *     strings   GET /cart, POST, redis, ...
 *     hashes    one each, so that a larger table is made without a look at the bytes
 *     table     open addressing: a slot's lower bits are an id + 1, the others the top of the hash, which tells most
 *               strings apart without a look at them
 *
 * Nothing is decoded until a person, or a rule, asks for the text.
 */
export class StringTable {
  /** How many of the strings are not UTF-8. */
  invalidTexts = 0;
  /** There is no memory for another string: whatever is not here yet is interned as the empty one. */
  isFull = false;
  /** The part of all input that was read, up to 1; 0 where it is not known. The table becomes as long as it will be. */
  fractionRead = 0;

  #isAscii = true;
  readonly #strings = new PagedStrings();
  readonly #hashes = new PagedWords();
  #table = new Int32Array(2048);
  #texts: (string | undefined)[] = [];
  #scratch = new Uint8Array(256);
  /** Where what is only looked at is put, so that the look is not left out. */
  readonly #unused = new Int32Array(1);

  constructor() {
    this.internBytes(this.#scratch, 0, 0);
  }

  get count(): number {
    return this.#strings.count;
  }

  /** Bytes of the text, and of where each string of it begins. */
  get textBytes(): number {
    return this.#strings.byteLength;
  }

  /** Bytes held, for the benchmark. */
  get byteLength(): number {
    return this.textBytes + (this.#hashes.capacity + this.#table.length) * Uint32Array.BYTES_PER_ELEMENT;
  }

  /** The id of `bytes[start, end)`. Amortised O(length). */
  internBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.internHashed(bytes, start, end, hashBytes(bytes, start, end, this.#strings.viewOf(bytes)));
  }

  /** The same where the hash is known. */
  internHashed(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slot = this.#slotOf(bytes, start, end, hash);
    const entry = this.#table[slot];
    return entry === 0 ? this.#append(hash, slot, bytes, start, end) : (entry & (this.#table.length - 1)) - 1;
  }

  /** The ids here of another table's strings, which are distinct. */
  internAll({ count, offsets, hashes, bytes, isAscii }: StringTableContents): Uint32Array {
    const ids = new Uint32Array(count);
    for (let from = 0; from < count; from += AT_ONCE) {
      const to = Math.min(count, from + AT_ONCE);
      this.#touch(hashes, from, to);
      if (isAscii && this.#hasRoomFor(to - from, offsets[to] - offsets[from]))
        this.#internTogether(bytes, offsets, hashes, from, to, ids);
      else for (let i = from; i < to; i++) ids[i] = this.internHashed(bytes, offsets[i], offsets[i + 1], hashes[i]);
    }
    return ids;
  }

  /**
   * The ids of a few distinct strings, all of them ASCII, for which there are slots and words. Nearly all are either new
   * or were there before, so that what is new lies side by side, and is copied at once:
   *
   *     batch   "cart" GET POST "id 7" "id 8" "id 9"      known, known, known, new, new, new: one copy
   */
  #internTogether(
    bytes: Uint8Array,
    offsets: Uint32Array,
    hashes: Int32Array,
    from: number,
    to: number,
    ids: Uint32Array,
  ): void {
    const table = this.#table;
    const mask = table.length - 1;
    const known = this.count;
    let count = known;
    for (let i = from; i < to; i++) {
      const hash = hashes[i];
      let slot = hash & mask;
      let entry = table[slot];
      while (entry !== 0) {
        const id = (entry & mask) - 1;
        // One that has just become known is another one: they are distinct.
        const isAlike = ((entry ^ hash) & ~mask) === 0 && id < known;
        if (isAlike && this.#strings.equals(id, bytes, offsets[i], offsets[i + 1])) break;
        slot = (slot + 1) & mask;
        entry = table[slot];
      }
      if (entry === 0) table[slot] = (hash & ~mask) | ++count;
      ids[i] = entry === 0 ? count - 1 : (entry & mask) - 1;
    }
    for (let i = from; i < to;) {
      const first = i;
      for (; i < to && ids[i] >= known; i++) this.#hashes.put(ids[i], hashes[i]);
      if (i > first) this.#strings.addTogether(bytes, offsets, first, i);
      else i++;
    }
  }

  /** Makes room for a few more strings at once. False where they are too long for that, or there is no memory. */
  #hasRoomFor(strings: number, length: number): boolean {
    if (this.isFull || length > MOST_TOGETHER) return false;
    const count = this.count + strings;
    if (count * 3 > this.#table.length * 2 && !this.#hasMemoryFor(() => this.#rehash())) return false;
    if (count <= this.#hashes.capacity && this.#strings.hasRoom(strings, length)) return true;
    return this.#hasMemoryFor(() => {
      this.#hashes.reserve(count);
      this.#strings.reserve(strings, length);
    });
  }

  /** Looks at the slots of several hashes at once, before each is looked at in its turn: they lie all over memory. */
  #touch(hashes: Int32Array, from: number, to: number): void {
    const table = this.#table;
    let seen = 0;
    for (let i = from; i < to; i++) seen |= table[hashes[i] & (table.length - 1)];
    this.#unused[0] = seen;
  }

  intern(text: string): number {
    if (this.#scratch.length < text.length * 3) this.#scratch = new Uint8Array(text.length * 3);
    const { written } = encoder.encodeInto(text, this.#scratch);
    return this.internBytes(this.#scratch, 0, written);
  }

  /** The id of a text that may not be here: −1 when it is not. */
  find(text: string): number {
    const bytes = encoder.encode(text);
    const entry = this.#table[this.#slotOf(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))];
    return (entry & (this.#table.length - 1)) - 1;
  }

  /** Bytes that are not UTF-8 read as U+FFFD. */
  text(id: number): string {
    return (this.#texts[id] ??= decoder.decode(this.bytes(id)));
  }

  /** The bytes themselves: a view, to be read before the next string is interned. Nothing is kept for it, unlike for `text`. */
  bytes(id: number): Uint8Array {
    return this.#strings.bytes(id);
  }

  /** What is held, for another table. */
  contents(): StringTableContents {
    const hashes = new Int32Array(this.#hashes.flat(this.count));
    return { ...this.#strings.contents(), hashes, isAscii: this.#isAscii };
  }

  /** Order by bytes, which for UTF-8 is the order of code points. */
  compare(a: number, b: number): number {
    return this.#strings.compare(a, b);
  }

  /** The string's length in bytes where it stands at `bytes[start, end)` or a part of that; −1 where it does not. */
  match(id: number, bytes: Uint8Array, start: number, end: number): number {
    return this.#strings.match(id, bytes, start, end);
  }

  /** Where in the table the string is, or would be. */
  #slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    let slot = hash & mask;
    for (let entry = table[slot]; entry !== 0; entry = table[slot]) {
      if (((entry ^ hash) & ~mask) === 0 && this.#strings.equals((entry & mask) - 1, bytes, start, end)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #append(hash: number, slot: number, bytes: Uint8Array, start: number, end: number): number {
    if (this.isFull) return 0;
    const id = this.count;
    const bits = this.#added(bytes, start, end);
    if (bits < 0) return 0;
    this.#hashes.put(id, hash);
    this.#table[slot] = (hash & ~(this.#table.length - 1)) | (id + 1);
    if (bits >= 0x80) {
      this.#isAscii = false;
      if (!isUtf8(this.bytes(id))) this.invalidTexts++;
    }
    if (this.count * 3 > this.#table.length * 2) this.#hasMemoryFor(() => this.#rehash());
    return id;
  }

  /** All bits of what was added, ORed; −1 where there is no memory for it. */
  #added(bytes: Uint8Array, start: number, end: number): number {
    try {
      this.#hashes.reserve(this.count + 1);
      return this.#strings.add(bytes, start, end);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.isFull = true;
      return -1;
    }
  }

  /** Two thirds of the slots are taken: twice as many, or as many as are expected. */
  #rehash(): void {
    const table = longerTable(this.#table.length, this.count, this.fractionRead);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      const hash = this.#hashes.at(id);
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = (hash & ~mask) | (id + 1);
    }
    const old = this.#table;
    this.#table = table;
    if (old.byteLength >= LARGE) freeMemory([old]);
  }

  #hasMemoryFor(grow: () => void): boolean {
    this.isFull = !hasMemoryFor(grow);
    return !this.isFull;
  }
}
