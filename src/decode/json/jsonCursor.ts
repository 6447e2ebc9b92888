import { grown } from '../../base/growable.ts';
import { RAN_OUT } from '../ranOut.ts';
import type { Position } from '../sourceReport.ts';

/** Bytes that are not JSON. The cursor stands on the first of them. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
}

/** Zeros behind the end. No token holds a zero byte, so every scan stops there without looking at `end`. */
const PADDING = 64;
const FIRST_CAPACITY = 1 << 14;
/** So many bytes before `pos` stay in the buffer, where there are: a document that cuts off a string begins in it. */
const BEFORE = 3;

export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** How an OTLP document begins. It cannot stand inside one: in a string its quotes are escaped. */
const DOCUMENT = new TextEncoder().encode('{"resourceSpans"');

const ONES = 0x01010101;
const HIGHS = 0x80808080 | 0;
const QUOTES = 0x22222222;
const BACKSLASHES = 0x5c5c5c5c;
const SPACES = 0x20202020;

/**
 * A place in a buffer of JSON bytes, and the tokens at it.
 *
 *     … "name" : "GET /cart" , "kind" : 2 … 0 0 0 0
 *        pos ─┘                          end ┘ padding
 *
 * Reading past `end` is told from a syntax error by the position alone: see `fail`.
 */
export class JsonCursor {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  pos = 0;
  end = 0;
  /** The line of `pos`, from 1. */
  line = 1;
  /** Bytes before the buffer. */
  offset = 0;

  /** The raw bytes of the string read last, without its quotes. */
  textStart = 0;
  textEnd = 0;
  hasEscapes = false;

  readonly #first: Uint8Array<ArrayBuffer>;

  /** `buffer` is used as long as it is large enough. */
  constructor(buffer: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_CAPACITY)) {
    this.bytes = this.#first = buffer;
    this.view = viewOf(buffer);
    // The buffer may have been another decoder's.
    buffer.fill(0, 0, PADDING);
  }

  get isInFirstBuffer(): boolean {
    return this.bytes === this.#first;
  }

  /** Appends a chunk; bytes before `pos` are given up, but for a few. */
  append(chunk: Uint8Array): void {
    // Where little is kept it is moved early: what is used again and again of the buffer is near the processor.
    const isLittle = this.end - this.pos <= this.pos >> 3;
    if (isLittle || this.end + chunk.length + PADDING > this.bytes.length) this.#makeRoom(chunk.length + PADDING);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.bytes.fill(0, this.end, this.end + PADDING);
  }

  #makeRoom(length: number): void {
    const first = Math.max(0, this.pos - BEFORE);
    const kept = this.bytes.subarray(first, this.end);
    const needed = kept.length + length;
    const room = needed <= this.#first.length ? this.#first : this.bytes;
    room.set(kept);
    this.offset += first;
    this.pos -= first;
    this.end = kept.length;
    this.bytes = grown(room, needed);
    if (this.view.buffer !== this.bytes.buffer) this.view = viewOf(this.bytes);
  }

  /** Of the next byte, in the source. */
  position(): Position {
    return { byte: this.offset + this.pos, line: this.line };
  }

  /** Skips white space. */
  space(): void {
    const { bytes, view } = this;
    let p = this.pos;
    for (let c = bytes[p]; c <= 0x20; c = bytes[++p]) {
      if (c === NEWLINE) {
        this.line++;
        // Indentation, four at a time.
        while (view.getInt32(p + 1, true) === SPACES) p += 4;
      } else if (c !== 0x20 && c !== 0x09 && c !== 0x0d) break;
    }
    this.pos = p;
  }

  /** Skips white space and returns the byte after it; 0 at the end of the buffer. */
  next(): number {
    const c = this.bytes[this.pos];
    if (c > 0x20) return c;
    this.space();
    return this.bytes[this.pos];
  }

  /** Skips white space and one given byte. */
  expect(byte: number): void {
    if (this.next() !== byte) this.fail(`"${String.fromCharCode(byte)}"`);
    this.pos++;
  }

  /**
   * Whether a document begins at `at`, which is in the buffer; null where more bytes have to come to tell. What cuts off
   * the one that is being read: a Collector was ended in the middle of a line, and goes on writing where it stopped.
   */
  hasDocumentAt(at: number): boolean | null {
    const { bytes, end } = this;
    for (let i = 0; i < DOCUMENT.length; i++) {
      if (at + i >= end) return null;
      if (bytes[at + i] !== DOCUMENT[i]) return false;
    }
    return true;
  }

  /** Enters the object at `pos`, inside a document; false where it has no member. The cursor then stands on a key. */
  openObject(): boolean {
    this.next();
    if (this.hasDocumentAt(this.pos) === true) this.fail('a value of this document');
    this.expect(OPEN_BRACE);
    return this.#isOpen(CLOSE_BRACE);
  }

  /** After a member: true where another follows, false where the object ends. */
  hasMoreMembers(): boolean {
    return this.#hasMore(CLOSE_BRACE);
  }

  /** Enters the array at `pos`; false where it has no element. The cursor then stands on one. */
  openArray(): boolean {
    this.expect(OPEN_BRACKET);
    return this.#isOpen(CLOSE_BRACKET);
  }

  hasMoreElements(): boolean {
    return this.#hasMore(CLOSE_BRACKET);
  }

  #isOpen(close: number): boolean {
    if (this.next() !== close) return true;
    this.pos++;
    return false;
  }

  #hasMore(close: number): boolean {
    const c = this.next();
    if (c !== COMMA && c !== close) this.fail(`"," or "${String.fromCharCode(close)}"`);
    this.pos++;
    if (c === close) return false;
    if (this.next() === close) this.fail('a value');
    return true;
  }

  /** Reads the string at `pos` and leaves its raw bytes in `textStart`, `textEnd` and `hasEscapes`. */
  string(): void {
    const { bytes, view } = this;
    if (bytes[this.pos] !== QUOTE) this.fail('a string');
    let p = this.pos + 1;
    this.textStart = p;
    this.hasEscapes = false;
    for (;;) {
      // Four bytes at a time up to the first that is a quote, a backslash or below a space (the padding's zeros are).
      let word = view.getInt32(p, true);
      while (specialBytes(word) === 0) {
        p += 4;
        word = view.getInt32(p, true);
      }
      p += lowestSpecial(word);
      const c = bytes[p];
      if (c === QUOTE) {
        this.textEnd = p;
        this.pos = p + 1;
        return;
      }
      if (c !== BACKSLASH) {
        this.pos = p;
        this.fail('the end of a string');
      }
      if (p + 1 >= this.end) throw RAN_OUT;
      if (bytes[p + 1] < 0x20) {
        this.pos = p + 1;
        this.fail('an escape');
      }
      this.hasEscapes = true;
      p += 2;
    }
  }

  /** Ends reading here: past the end of the buffer that means to wait for more, before it that this is no JSON. */
  fail(expected: string): never {
    if (this.pos >= this.end) throw RAN_OUT;
    throw new JsonSyntaxError(`${expected} was expected where ${shown(this.bytes[this.pos])} stands`);
  }
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Not zero where a byte of the word is a quote, a backslash or below 0x20. The lowest such byte is marked exactly. */
function specialBytes(word: number): number {
  const quote = word ^ QUOTES;
  const backslash = word ^ BACKSLASHES;
  return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word)) & HIGHS;
}

/** The index (0 … 3) of the first special byte of a word that has one. */
function lowestSpecial(word: number): number {
  const marks = specialBytes(word);
  return (31 - Math.clz32(marks & -marks)) >> 3;
}

function shown(byte: number): string {
  return byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}
