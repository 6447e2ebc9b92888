import type { StringTable } from '../../base/strings.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE, type JsonCursor } from './jsonCursor.ts';
import { RAN_OUT } from '../ranOut.ts';
import { unescapedBytes, unescapedText } from './jsonText.ts';
import { ValueSkipper } from './valueSkipper.ts';

const decoder = new TextDecoder();
/** A number of more digits may be beyond 2⁵³. */
const EXACT_DIGITS = 15;
const SCALAR = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/;

/** Whole values that a unit is made of. All of them throw RAN_OUT where the buffer ends before the value does. */
export class JsonTokens {
  readonly cursor: JsonCursor;
  /** The bytes of the string read last by `string`, escapes resolved: `text[textStart, textEnd)`. */
  text: Uint8Array;
  textStart = 0;
  textEnd = 0;

  readonly #strings: StringTable;
  readonly #skipper = new ValueSkipper();

  constructor(cursor: JsonCursor, strings: StringTable) {
    this.cursor = cursor;
    this.text = cursor.bytes;
    this.#strings = strings;
  }

  /** Passes over any value inside a document. */
  skip(): void {
    const first = this.cursor.next();
    if (first !== QUOTE && first !== OPEN_BRACE && first !== OPEN_BRACKET) return this.scalar();
    this.#skipper.start({ isInDocument: true });
    this.#skipper.run(this.cursor);
    if (this.#skipper.isActive) throw RAN_OUT;
  }

  /** Reads the string at the cursor into `text`. */
  string(): void {
    const { cursor } = this;
    cursor.string();
    this.text = cursor.hasEscapes ? unescapedBytes(cursor) : cursor.bytes;
    this.textStart = cursor.hasEscapes ? 0 : cursor.textStart;
    this.textEnd = cursor.hasEscapes ? this.text.length : cursor.textEnd;
  }

  /** The id of the string at the cursor. */
  stringId(): number {
    const { cursor } = this;
    cursor.string();
    if (!cursor.hasEscapes) return this.#strings.internBytes(cursor.bytes, cursor.textStart, cursor.textEnd);
    const bytes = unescapedBytes(cursor);
    return this.#strings.internBytes(bytes, 0, bytes.length);
  }

  /** The id of the string at the cursor, which is likely to be `expected`. */
  likelyStringId(expected: number): number {
    const { cursor } = this;
    const start = cursor.pos + 1;
    const length = this.#strings.match(expected, cursor.bytes, start, cursor.end - 1);
    if (length < 0 || cursor.bytes[start + length] !== QUOTE) return this.stringId();
    cursor.pos = start + length + 1;
    cursor.hasEscapes = false;
    return expected;
  }

  /** The id of a value that should be a string; anything else (null, a number) is passed over and counts as empty. */
  stringIdOrEmpty(): number {
    if (this.cursor.bytes[this.cursor.pos] === QUOTE) return this.stringId();
    this.skip();
    return 0;
  }

  /** A string's text, or a number or word as it is written. Null for `null`, arrays and objects, which are passed over. */
  scalarText(): string | null {
    const { cursor } = this;
    const first = cursor.next();
    if (first === QUOTE) {
      cursor.string();
      return unescapedText(cursor);
    }
    const start = cursor.pos;
    if (first === OPEN_BRACE || first === OPEN_BRACKET) {
      this.skip();
      return null;
    }
    this.scalar();
    const text = decoder.decode(cursor.bytes.subarray(start, cursor.pos));
    return text === 'null' ? null : text;
  }

  /** Whether `null` stands here. Moves nothing. */
  isNull(): boolean {
    return this.cursor.bytes[this.cursor.pos] === 0x6e;
  }

  /** Moves over this word; false, and nothing moved, where another stands here. */
  word(word: 'true' | 'false'): boolean {
    const { cursor } = this;
    for (let i = 0; i < word.length; i++) if (cursor.bytes[cursor.pos + i] !== word.charCodeAt(i)) return false;
    cursor.pos += word.length;
    return true;
  }

  /** A whole number of few digits, with or without quotes, and the cursor behind it; −1, and nothing moved, for any other. */
  fewDigits(): number {
    const { cursor } = this;
    const { bytes } = cursor;
    const isQuoted = bytes[cursor.pos] === QUOTE;
    const first = isQuoted ? cursor.pos + 1 : cursor.pos;
    let p = first;
    let value = 0;
    for (let digit = bytes[p] - 0x30; digit >= 0 && digit <= 9; digit = bytes[++p] - 0x30) value = value * 10 + digit;
    const after = bytes[p];
    const isEnd = isQuoted
      ? after === QUOTE
      : after <= 0x20 || after === COMMA || after === CLOSE_BRACE || after === CLOSE_BRACKET;
    if (!isEnd || p === first || p - first > EXACT_DIGITS) return -1;
    cursor.pos = isQuoted ? p + 1 : p;
    return value;
  }

  /** Moves over a number, `true`, `false` or `null`; its bytes are between the cursor's positions before and after. */
  scalar(): void {
    const { cursor } = this;
    const { bytes, pos } = cursor;
    if (this.fewDigits() >= 0) {
      if (cursor.pos >= cursor.end) throw RAN_OUT;
      return;
    }
    let p = pos;
    for (let c = bytes[p]; c > 0x20 && c !== COMMA && c !== CLOSE_BRACE && c !== CLOSE_BRACKET; c = bytes[++p]) {
      if (c === OPEN_BRACE) break;
    }
    if (p >= cursor.end) throw RAN_OUT;
    if (!SCALAR.test(decoder.decode(bytes.subarray(pos, p)))) {
      // Where an object stands, it may be a document that cut this one off.
      if (bytes[p] === OPEN_BRACE) cursor.pos = p;
      cursor.fail('a value');
    }
    cursor.pos = p;
  }
}
