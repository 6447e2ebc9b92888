import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, NEWLINE, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../json/jsonCursor.ts';

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
/** Node writes any of them. */
const QUOTES = [QUOTE, 0x27, 0x60];
const OPEN = [OPEN_BRACE, OPEN_BRACKET];
const CLOSE = [CLOSE_BRACE, CLOSE_BRACKET];

/** What `run` answers where it has not come to the end. */
export const NEEDS_MORE = -1;
export const CUT = -2;

/**
 * Looks for the end of an object that was printed, in as many chunks as it comes in: JSON, or what Node's util.inspect
 * writes. Other text may stand in its midst, or the rest of it may be missing. A string that is open at the end of its
 * line shows that; and where an object's first line of content is indented, any line that is not:
 *
 *     {                              ┐
 *       traceId: '1f',               │ cut: the rest never came
 *     GET /cart 200 in 3 ms          ┘ here it goes on
 *     {
 *       traceId: '2e',
 *     }
 */
export class ObjectScanner {
  /** How many brackets were open at the same time. */
  deepest = 0;
  /** After `CUT`: where what is no part of the object begins. */
  cutAt = 0;
  #depth = 0;
  /** The quote that ends the string; 0 outside of one. */
  #quote = 0;
  #isEscaped = false;
  #isLineStart = false;
  /** Null until the object has a second line. */
  #isIndented: boolean | null = null;

  /** The next byte is the object's first. */
  start(): void {
    this.deepest = 0;
    this.#depth = 0;
    this.#quote = 0;
    this.#isEscaped = false;
    this.#isLineStart = false;
    this.#isIndented = null;
  }

  /** Looks at `bytes[from, end)`; answers the index behind the object's last byte, or why there is none. */
  run(bytes: Uint8Array, from: number, end: number): number {
    for (let p = from; p < end; p++) {
      const c = bytes[p];
      if (this.#quote !== 0) {
        if (c === NEWLINE) return this.#cut(p);
        this.#inString(c);
        continue;
      }
      if (this.#isLineStart && !this.#belongs(c)) return this.#cut(p);
      this.#isLineStart = c === NEWLINE;
      if (QUOTES.includes(c)) this.#quote = c;
      else if (OPEN.includes(c)) this.deepest = Math.max(this.deepest, ++this.#depth);
      else if (CLOSE.includes(c) && --this.#depth === 0) return p + 1;
    }
    return NEEDS_MORE;
  }

  #inString(c: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (c === BACKSLASH) this.#isEscaped = true;
    else if (c === this.#quote) this.#quote = 0;
  }

  /** Whether a line that begins so can be the object's. */
  #belongs(first: number): boolean {
    if (first === NEWLINE || first === CARRIAGE_RETURN) return true;
    const isIndented = first === SPACE || first === TAB;
    this.#isIndented ??= isIndented;
    return isIndented || !this.#isIndented || CLOSE.includes(first);
  }

  #cut(at: number): number {
    this.cutAt = at;
    return CUT;
  }
}
