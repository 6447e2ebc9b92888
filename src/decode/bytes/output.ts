import { grown } from '../../base/growable.ts';

const FIRST_BYTES = 1 << 12;

/** Bytes that are written one after another, in a buffer that is used again: a line feed alone costs no object. */
export class Output {
  length = 0;
  #bytes = new Uint8Array(FIRST_BYTES);

  add(part: Uint8Array): void {
    this.#bytes = grown(this.#bytes, this.length + part.length);
    this.#bytes.set(part, this.length);
    this.length += part.length;
  }

  addByte(byte: number, count = 1): void {
    this.#bytes = grown(this.#bytes, this.length + count);
    this.#bytes.fill(byte, this.length, this.length + count);
    this.length += count;
  }

  /** A copy of all of them; then it is empty again. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
