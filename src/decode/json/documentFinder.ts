import { RAN_OUT } from '../ranOut.ts';
import { NEWLINE, OPEN_BRACE, OPEN_BRACKET, type JsonCursor } from './jsonCursor.ts';

/** Where a document is cut off inside a string, the string takes the next one's first two bytes with it. */
const TAKEN = 2;

/**
 * Where an OTLP document begins at the cursor, or so little before it that it is what cut off the one before. −1 where
 * none does, or a line begins there; RAN_OUT where more bytes have to come to tell.
 *
 *     {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"GET /ca{"resourceSpans":[ …
 *                                                         cut off ◀ ▲ the cursor
 */
export function documentInLine(cursor: JsonCursor): number | Error {
  const { bytes, pos } = cursor;
  for (const at of [pos - TAKEN, pos]) {
    // White space is in the buffer together with what follows it, so a first byte is behind none.
    if (at < 0 || (at > 0 && bytes[at - 1] === NEWLINE)) continue;
    const isDocument = cursor.hasDocumentAt(at);
    if (isDocument !== false) return isDocument === null ? RAN_OUT : at;
  }
  return -1;
}

/**
 * After bytes that are no JSON: looks for the next line that can start a document, one that begins with a brace or a
 * bracket. What is inside an indented document is indented, so it is not taken for one. Where the trouble is a zero, as a
 * loss of power leaves them in a file, a line begins behind the zeros.
 *
 *     {"resourceSpans":[{"resource":{       cut off
 *     {"resourceSpans":[ …                  ◀ here the cut is noticed, and here reading goes on
 */
export class DocumentFinder {
  isActive = false;
  #isAtLineStart = false;

  /**
   * The cursor stands where the trouble was noticed, `documentStart` (from the beginning of the source) is of its document.
   * `isAtLineStart` where a line is known to begin there.
   */
  start(cursor: JsonCursor, documentStart: number, isAtLineStart = false): void {
    this.isActive = true;
    const isBehindLine = isAtLineStart || cursor.bytes[cursor.pos - 1] === NEWLINE || cursor.bytes[cursor.pos] === 0;
    // The next document may begin right here, but not where the trouble itself begins: that would go on for ever.
    this.#isAtLineStart = isBehindLine && cursor.offset + cursor.pos > documentStart;
  }

  /** Moves the cursor to the document; false where the buffer ends before one. */
  run(cursor: JsonCursor): boolean {
    while (cursor.pos < cursor.end) {
      const byte = cursor.bytes[cursor.pos];
      if (this.#isAtLineStart && byte === 0) {
        cursor.pos++;
        continue;
      }
      if (this.#isAtLineStart && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) {
        this.isActive = false;
        return true;
      }
      // Not in all of the buffer, which is many times larger than what is in it where chunks are small.
      const newline = cursor.bytes.subarray(cursor.pos, cursor.end).indexOf(NEWLINE);
      this.#isAtLineStart = newline >= 0;
      cursor.pos = this.#isAtLineStart ? cursor.pos + newline + 1 : cursor.end;
      if (this.#isAtLineStart) cursor.line++;
    }
    return false;
  }
}
