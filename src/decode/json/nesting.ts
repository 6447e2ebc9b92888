import { COLON, COMMA, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from './jsonCursor.ts';

/**
 * The brackets that are open in a value that is looked over for its end, and whether a line of it that begins with a brace
 * can be its own. Where the value was cut off, the next one begins there, and counting brackets alone would take all that
 * follows for its content:
 *
 *     {"id":"1f","tags":{"http.route":"/cart"             cut off
 *     {"id":"2e","tags":{"http.route":"/cart"}}           ◀ an object, where one has a comma or its end
 *
 * Behind `[`, `:` or a comma in a list an object may stand, so that it shows a line later.
 */
export class Nesting {
  depth = 0;
  /** How many brackets were open at the same time. */
  deepest = 0;
  /** A bit a level, 1 for an object, the innermost lowest; what is deeper than that is taken for a list. */
  #objects = 0;
  /** The last byte before the line at hand that is no white space. */
  #last = 0;

  clear(): void {
    this.depth = 0;
    this.deepest = 0;
    this.#objects = 0;
    this.#last = 0;
  }

  open(bracket: number): void {
    this.#objects = (this.#objects << 1) | (bracket === OPEN_BRACE ? 1 : 0);
    this.deepest = Math.max(this.deepest, ++this.depth);
  }

  close(): void {
    this.#objects >>>= 1;
    this.depth--;
  }

  /** Everything before `to` was looked at, and everything before `from` already when this was called last. */
  reach(bytes: Uint8Array, from: number, to: number): void {
    let p = to - 1;
    while (p >= from && bytes[p] <= 0x20 && bytes[p] !== NEWLINE) p--;
    if (p >= from && bytes[p] > 0x20) this.#last = bytes[p];
  }

  /** Whether an object can begin here, where a line does. */
  mayBeginObject(): boolean {
    if (this.depth === 0 || this.#last === COLON) return true;
    return (this.#objects & 1) === 0 && (this.#last === COMMA || this.#last === OPEN_BRACKET);
  }
}
