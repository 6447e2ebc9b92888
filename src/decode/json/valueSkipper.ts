import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  type JsonCursor,
} from './jsonCursor.ts';

/**
 * Passes over one string, list or object of any size and depth, in as many chunks as it comes in: what it keeps is a
 * depth and two flags. It counts brackets and does not match them; a document that mixes them up is found out behind.
 */
export class ValueSkipper {
  isActive = false;
  /** How many lists and objects were open at once, in the value that was begun last. */
  deepest = 0;
  /** Where `run` left the cursor, a line begins: what stands before it may not be in the buffer any more. */
  isAtLineStart = false;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isDamaged = false;

  /** The cursor stands on the value's first byte. A damaged value may have lost its end: a document behind it is left. */
  start(isDamaged = false): void {
    this.isActive = true;
    this.#isDamaged = isDamaged;
    this.isAtLineStart = false;
    this.deepest = 0;
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
  }

  /**
   * Moves the cursor to the value's end, or to the buffer's; `isActive` tells which. Throws JsonSyntaxError where a string
   * does not end on its line, or a damaged value not before a line that can start a document.
   */
  run(cursor: JsonCursor): void {
    const { bytes, end } = cursor;
    let depth = this.#depth;
    let p = cursor.pos;
    let lineStart = this.isAtLineStart ? p : -1;
    this.isAtLineStart = false;
    while (p < end && this.isActive) {
      if (this.#isInString) {
        p = this.#throughString(cursor, p);
        if (depth === 0 && !this.#isInString) this.isActive = false;
        continue;
      }
      const c = bytes[p++];
      if (c === QUOTE) this.#isInString = true;
      else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        if (this.#isDamaged && p - 1 === lineStart) this.#endAt(cursor, p - 1);
        this.deepest = Math.max(this.deepest, ++depth);
      } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) this.isActive = --depth > 0;
      else if (c === NEWLINE) {
        cursor.line++;
        lineStart = p;
      }
    }
    this.#depth = depth;
    this.isAtLineStart = lineStart === p;
    cursor.pos = p;
  }

  #endAt(cursor: JsonCursor, at: number): never {
    this.isAtLineStart = true;
    cursor.pos = at;
    return cursor.fail('the end of a value');
  }

  /** From inside a string to behind its closing quote, or to the end of the buffer. */
  #throughString(cursor: JsonCursor, start: number): number {
    const { bytes, end } = cursor;
    let p = this.#isEscaped ? start + 1 : start;
    this.#isEscaped = false;
    for (; p < end; p++) {
      const c = bytes[p];
      if (c === QUOTE) {
        this.#isInString = false;
        return p + 1;
      }
      if (c === BACKSLASH) {
        p++;
        this.#isEscaped = p >= end;
      } else if (c < 0x20) {
        cursor.pos = p;
        cursor.fail('the end of a string');
      }
    }
    return end;
  }
}
