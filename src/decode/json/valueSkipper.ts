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
import { Nesting } from './nesting.ts';

/** A place in the source. */
export interface LinePlace {
  readonly byte: number;
  readonly line: number;
}

/**
 * Passes over one string, list or object of any size and depth, in as many chunks as it comes in: what it keeps is a
 * depth and a few flags. It counts brackets and does not match them; a document that mixes them up is found out behind.
 */
export class ValueSkipper {
  isActive = false;
  /** Where a line in the value that was begun last starts with a brace, the first such line: the next value may begin there. */
  firstObjectLine: LinePlace | null = null;
  /** Where `run` left the cursor, a line begins: what stands before it may not be in the buffer any more. */
  isAtLineStart = false;
  readonly #nesting = new Nesting();
  #isInString = false;
  #isEscaped = false;
  #isDamaged = false;
  #isInDocument = false;

  /**
   * The cursor stands on the value's first byte. A damaged value may have lost its end: a document behind it is left. So is
   * one that stands in a value of another document.
   */
  start({ isDamaged = false, isInDocument = false } = {}): void {
    this.isActive = true;
    this.#isDamaged = isDamaged;
    this.#isInDocument = isInDocument;
    this.isAtLineStart = false;
    this.firstObjectLine = null;
    this.#nesting.clear();
    this.#isInString = false;
    this.#isEscaped = false;
  }

  /** How many lists and objects were open at once, in the value that was begun last. */
  get deepest(): number {
    return this.#nesting.deepest;
  }

  /**
   * Moves the cursor to the value's end, or to where more bytes have to come; `isActive` tells which. Throws JsonSyntaxError
   * where a string does not end on its line, an object begins that cannot be the value's, or a damaged value does not end
   * before a line that can start a document.
   */
  run(cursor: JsonCursor): void {
    const { bytes, end } = cursor;
    const nesting = this.#nesting;
    let p = cursor.pos;
    let seen = p;
    let lineStart = this.isAtLineStart ? p : -1;
    this.isAtLineStart = false;
    while (p < end && this.isActive) {
      if (this.#isInString) {
        p = this.#throughString(cursor, p);
        if (this.#isInString) continue;
        // Where a document cuts off a string, it ends at the quote of its first key.
        const isCutOff = this.#isInDocument && bytes[p - 2] === OPEN_BRACE ? cursor.hasDocumentAt(p - 2) : false;
        if (isCutOff === true) this.#endAt(cursor, p, lineStart);
        if (isCutOff === null) {
          this.#isInString = true;
          p--;
          break;
        }
        if (nesting.depth === 0) this.isActive = false;
        continue;
      }
      const c = bytes[p++];
      if (c === QUOTE) this.#isInString = true;
      else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        if (p - 1 === lineStart) this.#startLine(cursor, p - 1);
        if (c === OPEN_BRACE && this.#isInDocument) {
          const isDocument = cursor.hasDocumentAt(p - 1);
          if (isDocument === true) this.#endAt(cursor, p - 1, lineStart);
          if (isDocument === null) {
            p--;
            break;
          }
        }
        nesting.open(c);
      } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
        nesting.close();
        this.isActive = nesting.depth > 0;
      } else if (c === NEWLINE) {
        cursor.line++;
        nesting.reach(bytes, seen, p - 1);
        lineStart = seen = p;
      }
    }
    nesting.reach(bytes, seen, p);
    this.isAtLineStart = lineStart === p;
    cursor.pos = p;
  }

  /** A line starts with a bracket. */
  #startLine(cursor: JsonCursor, at: number): void {
    if (this.#isDamaged) this.#endAt(cursor, at, at);
    if (cursor.bytes[at] !== OPEN_BRACE || this.#nesting.depth === 0) return;
    this.firstObjectLine ??= { byte: cursor.offset + at, line: cursor.line };
    if (!this.#nesting.mayBeginObject()) this.#endAt(cursor, at, at);
  }

  #endAt(cursor: JsonCursor, at: number, lineStart: number): never {
    this.isAtLineStart = at === lineStart;
    cursor.pos = at;
    return cursor.fail('the end of a value');
  }

  /** From inside a string to behind its closing quote, or to the end of the buffer. */
  #throughString(cursor: JsonCursor, start: number): number {
    const { bytes, end } = cursor;
    let isEscaped = this.#isEscaped;
    for (let p = start; p < end; p++) {
      const c = bytes[p];
      if (c < 0x20) {
        cursor.pos = p;
        cursor.fail('the end of a string');
      }
      if (isEscaped) isEscaped = false;
      else if (c === BACKSLASH) isEscaped = true;
      else if (c === QUOTE) {
        this.#isEscaped = this.#isInString = false;
        return p + 1;
      }
    }
    this.#isEscaped = isEscaped;
    return end;
  }
}
