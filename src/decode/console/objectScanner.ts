import { BACKSLASH, CLOSE_BRACE, CLOSE_BRACKET, NEWLINE, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../json/jsonCursor.ts';
import { Nesting } from '../json/nesting.ts';

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** What a byte outside of strings means: nothing, or one of these. */
const Meaning = { quote: 1, open: 2, close: 3, newline: 4 } as const;
const MEANING = new Uint8Array(256);
/** Node writes any of them. */
for (const quote of [QUOTE, 0x27, 0x60]) MEANING[quote] = Meaning.quote;
for (const open of [OPEN_BRACE, OPEN_BRACKET]) MEANING[open] = Meaning.open;
for (const close of [CLOSE_BRACE, CLOSE_BRACKET]) MEANING[close] = Meaning.close;
MEANING[NEWLINE] = Meaning.newline;

/** What `run` answers where it has not come to the end. */
export const NEEDS_MORE = -1;
export const CUT = -2;
const NONE = -1;

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
  /** After `CUT`: where the object was found to be none. */
  cutAt = 0;
  /**
   * Bytes from the object's first one to where a line in it starts with a brace, the first such line: where the object is
   * cut off, the next one begins there. −1 where there is none.
   */
  firstObjectLine = NONE;
  readonly #nesting = new Nesting();
  /** Bytes of the object that were looked at before this run. */
  #looked = 0;
  /** The quote that ends the string; 0 outside of one. */
  #quote = 0;
  #isEscaped = false;
  #isLineStart = false;
  /** Null until the object has a second line. */
  #isIndented: boolean | null = null;

  /** The next byte is the object's first. */
  start(): void {
    this.firstObjectLine = NONE;
    this.#nesting.clear();
    this.#looked = 0;
    this.#quote = 0;
    this.#isEscaped = false;
    this.#isLineStart = false;
    this.#isIndented = null;
  }

  /** How many brackets were open at the same time. */
  get deepest(): number {
    return this.#nesting.deepest;
  }

  /** Looks at `bytes[from, end)`; answers the index behind the object's last byte, or why there is none. */
  run(bytes: Uint8Array, from: number, end: number): number {
    const nesting = this.#nesting;
    const start = from - this.#looked;
    let seen = from;
    for (let p = from; p < end; p++) {
      if (this.#quote !== 0) p = this.#inString(bytes, p, end);
      if (p === end) break;
      if (this.#quote !== 0 || (this.#isLineStart && !this.#belongs(bytes[p], p - start))) {
        this.cutAt = p;
        return CUT;
      }
      this.#isLineStart = false;
      while (p < end && MEANING[bytes[p]] === 0) p++;
      const c = bytes[p];
      switch (p < end ? MEANING[c] : 0) {
        case Meaning.quote:
          this.#quote = c;
          break;
        case Meaning.open:
          nesting.open(c);
          break;
        case Meaning.close:
          nesting.close();
          if (nesting.depth === 0) return p + 1;
          break;
        case Meaning.newline:
          nesting.reach(bytes, seen, p);
          seen = p + 1;
          this.#isLineStart = true;
          break;
        default:
      }
    }
    nesting.reach(bytes, seen, end);
    this.#looked = end - start;
    return NEEDS_MORE;
  }

  /** Moves through a string to the byte behind its quote, or to the end of the line. */
  #inString(bytes: Uint8Array, from: number, end: number): number {
    const quote = this.#quote;
    let isEscaped = this.#isEscaped;
    let p = from;
    for (; p < end; p++) {
      const c = bytes[p];
      if (c === NEWLINE) break;
      if (isEscaped) isEscaped = false;
      else if (c === BACKSLASH) isEscaped = true;
      else if (c === quote) {
        this.#quote = 0;
        p++;
        break;
      }
    }
    this.#isEscaped = isEscaped;
    return p;
  }

  /** Whether a line that begins so, that far behind the object's first byte, can be the object's. */
  #belongs(first: number, at: number): boolean {
    if (first === OPEN_BRACE) {
      if (this.firstObjectLine === NONE) this.firstObjectLine = at;
      if (!this.#nesting.mayBeginObject()) return false;
    }
    if (first === NEWLINE || first === CARRIAGE_RETURN) return true;
    const isIndented = first === SPACE || first === TAB;
    this.#isIndented ??= isIndented;
    return isIndented || !this.#isIndented || MEANING[first] === Meaning.close;
  }
}
