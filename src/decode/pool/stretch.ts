const FIRST_CAPACITY = 1 << 16;

/**
 * Bytes on their way into a chunk: they are gathered up to a size and then cut where a message ends.
 *
 *     size 16   │ {"a":1}⏎{"b":2}⏎{" │      cut at 16 gives the first two lines; `{"` begins the next stretch
 *
 * Where the cuts lie does not depend on the pieces in which the bytes came.
 */
export class Stretch {
  /** Where messages end, as the framing said. */
  readonly #ends: number[] = [];
  readonly #size: number;
  readonly #spare: Uint8Array[] = [];
  #bytes: Uint8Array = new Uint8Array();
  #length = 0;
  #target: number;

  constructor(size: number) {
    this.#size = size;
    this.#target = size;
  }

  /** Set when there is as much as was asked for. */
  get isFull(): boolean {
    return this.#length === this.#target;
  }

  get length(): number {
    return this.#length;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** The last end of a message that the framing said; 0 where there is none. */
  get lastEnd(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** Copies what there is room for, and returns how much that was. */
  take(piece: Uint8Array): number {
    const part = piece.subarray(0, this.#target - this.#length);
    if (this.#bytes.length < this.#length + part.length) this.#reserve(this.#length + part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
    return part.length;
  }

  endMessage(): void {
    this.#ends.push(this.#length);
  }

  /** Asks for twice as much: nothing in it ends. */
  grow(): void {
    this.#target *= 2;
  }

  /** Gives out the first `length` bytes and begins the next stretch with the others. */
  cut(length: number): { readonly bytes: Uint8Array; readonly ends: readonly number[] } {
    const whole = this.bytes;
    const ends = this.#ends.splice(0);
    const left = whole.length - length;
    this.#target = Math.max(this.#size, Math.ceil(left / this.#size) * this.#size);
    this.#bytes = this.#spare.pop() ?? new Uint8Array();
    this.#length = 0;
    this.take(whole.subarray(length));
    return { bytes: whole.subarray(0, length), ends };
  }

  /** Bytes that were given out are needed no more. */
  giveBack(bytes: Uint8Array): void {
    if (bytes.buffer.byteLength === this.#size) this.#spare.push(new Uint8Array(bytes.buffer));
  }

  #reserve(length: number): void {
    // Beyond the first piece all of it at once: what is not written to costs nothing, and growing is copying.
    const larger = new Uint8Array(length <= FIRST_CAPACITY ? Math.min(this.#target, FIRST_CAPACITY) : this.#target);
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}
