import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  type JsonCursor,
} from './jsonCursor.ts';

/**
 * Passes over one JSON value of any size and depth, in as many chunks as it comes in: what it keeps is a depth and
 * two flags. It counts brackets and does not match them; a document that mixes them up is found out behind the value.
 */
export class ValueSkipper {
  isActive = false;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** The cursor stands on the value's first byte. */
  start(): void {
    this.isActive = true;
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
  }

  /** Moves the cursor to the value's end, or to the buffer's; `isActive` tells which. */
  run(cursor: JsonCursor): void {
    const { bytes, end } = cursor;
    let p = cursor.pos;
    while (p < end) {
      const c = bytes[p];
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (c === BACKSLASH) this.#isEscaped = true;
        else if (c === QUOTE) {
          this.#isInString = false;
          if (this.#depth === 0) return this.#finish(cursor, p + 1);
        } else if (c < 0x20) {
          cursor.pos = p;
          cursor.fail('the end of a string');
        }
      } else if (c === QUOTE) this.#isInString = true;
      else if (c === OPEN_BRACE || c === OPEN_BRACKET) this.#depth++;
      else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
        // At depth 0 it closes what the value stands in, so the value (a number, a word) ended before it.
        if (this.#depth === 0) return this.#finish(cursor, p);
        if (--this.#depth === 0) return this.#finish(cursor, p + 1);
      } else if (this.#depth === 0 && (c === COMMA || c <= 0x20)) return this.#finish(cursor, p);
      else if (c === 0x0a) cursor.line++;
      p++;
    }
    cursor.pos = p;
  }

  #finish(cursor: JsonCursor, pos: number): void {
    this.isActive = false;
    cursor.pos = pos;
  }
}
