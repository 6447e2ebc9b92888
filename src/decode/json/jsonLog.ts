import { joined } from '../bytes/joined.ts';
import { Output } from '../bytes/output.ts';
import { Parts } from '../bytes/parts.ts';
import type { Bytes } from '../bytes/readBytes.ts';
import { unescapedBytes } from './jsonText.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** What collectors and loggers call what a program said: Fluent Bit, stern, slog, logcli, journald, CloudWatch, Google Cloud. */
const OF_TEXT = new Set(['log', 'message', '@message', 'msg', 'line', 'MESSAGE', 'textPayload']);
const LONGEST_NAME = 16;
/** `{"events":[{"message":…`; further in, what is called so is of something else, such as a span's status. */
const MOST_LEVELS = 3;
/** `\u20ac`. */
const LONGEST_ESCAPE = 6;

const utf8 = new TextDecoder();

/**
 * What a program said, out of records of JSON that a collector or a logger made of its lines, also in a list of them.
 *
 *     {"time":"2026-05-01T12:00:00Z","msg":"{\"resourceSpans\": …]}"}   →   {"resourceSpans": …]}
 *
 * Each stands on the line on which its record does. Lines that are no part of a record, or have no text in it, are handed
 * on as they are; so is, with its escapes, a text longer than `most` bytes.
 */
export async function* fromJsonLog(bytes: Bytes, most: number): Bytes {
  const log = new JsonLog(most);
  for await (const chunk of bytes) {
    const found = log.push(chunk);
    if (found.length > 0) yield found;
  }
  const rest = log.end();
  if (rest.length > 0) yield rest;
}

/** The texts alone of a log's beginning. */
export function textsOfJsonLog(head: Uint8Array): Uint8Array {
  const log = new JsonLog(head.length, { handsOn: false });
  return joined(log.push(head), log.end());
}

class JsonLog {
  readonly #handsOn: boolean;
  readonly #most: number;
  readonly #found = new Output();
  /** Of the line, as long as it may be handed on: no text has begun in it. */
  readonly #raw = new Parts();
  #isRaw = true;
  #hasText = false;
  /** Bytes of the line before those that are looked at. */
  #offset = 0;
  #levels = 0;
  #levelsBefore = 0;
  #isInString = false;
  /** The byte before was a backslash that escapes the next. */
  #isEscaping = false;
  /** Whether the string is a record's text. */
  #isText = false;
  /** The text is longer than is kept. */
  #isLong = false;
  /** Of the string, with its escapes: of a text all, else as much as a name has. */
  readonly #string = new Parts();
  /** The last string, which a colon makes a member's name. */
  #last = '';
  #name = '';

  constructor(most: number, { handsOn = true } = {}) {
    this.#handsOn = handsOn;
    this.#most = most;
  }

  /** What is whole by now. */
  push(chunk: Uint8Array): Uint8Array {
    let at = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline >= 0; newline = chunk.indexOf(NEWLINE, at)) {
      this.#add(chunk.subarray(at, newline));
      this.#endLine(true);
      at = newline + 1;
    }
    // A source may use its buffer again.
    this.#add(chunk.slice(at));
    return this.#found.take();
  }

  end(): Uint8Array {
    this.#endLine(false);
    return this.#found.take();
  }

  /** Of one line. */
  #add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    // Every record may begin so: one that was cut off before it takes nothing with it.
    if (this.#offset === 0 && bytes[0] === OPEN_BRACE) this.#levels = this.#levelsBefore = 0;
    if (this.#isRaw) this.#raw.add(bytes);
    let at = 0;
    while (at < bytes.length) at = this.#isInString ? this.#passString(bytes, at) : this.#pass(bytes, at);
    this.#offset += bytes.length;
    if (this.#isRaw && this.#offset > this.#most) this.#handOn(this.#raw.take());
  }

  /** As far as behind the next quote. */
  #pass(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      switch (bytes[at]) {
        case QUOTE:
          this.#isInString = true;
          this.#isText = this.#levels <= MOST_LEVELS && OF_TEXT.has(this.#name) && this.#isFree(at);
          this.#name = '';
          return at + 1;
        case COLON:
          this.#name = this.#last;
          break;
        case COMMA:
          this.#name = '';
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          this.#name = '';
          this.#levels++;
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          this.#levels = Math.max(0, this.#levels - 1);
          break;
      }
    }
    return bytes.length;
  }

  /** A text may begin there: nothing of the line was handed on, however it came. */
  #isFree(at: number): boolean {
    if (this.#isRaw && this.#offset + at > this.#most) return false;
    this.#isRaw = false;
    this.#raw.clear();
    return true;
  }

  /** As far as behind the quote that ends the string. */
  #passString(bytes: Uint8Array, from: number): number {
    const { length } = bytes;
    let at = this.#isEscaping ? from + 1 : from;
    while (at < length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    this.#isEscaping = at > length;
    this.#keep(bytes.subarray(from, at));
    if (at >= length) return length;
    this.#endString();
    return at + 1;
  }

  #keep(bytes: Uint8Array): void {
    if (!this.#isText && this.#string.length > LONGEST_NAME) return;
    this.#string.add(this.#isText ? bytes : bytes.subarray(0, LONGEST_NAME + 1));
    if (!this.#isText || this.#string.length <= this.#most) return;
    if (this.#isLong) this.#found.add(this.#string.take());
    else this.#addText(this.#string.take());
    this.#isLong = true;
  }

  #endString(): void {
    this.#isInString = false;
    const bytes = this.#string.take();
    if (this.#isText) this.#endText(bytes, false);
    this.#last = this.#isText || bytes.length > LONGEST_NAME ? '' : utf8.decode(bytes);
  }

  #endText(bytes: Uint8Array, isCutOff: boolean): void {
    if (this.#isLong) this.#found.add(bytes);
    else this.#addText(unescaped(bytes, isCutOff));
    this.#isLong = false;
  }

  #addText(text: Uint8Array): void {
    if (this.#hasText) this.#found.addByte(NEWLINE);
    this.#found.add(text);
    this.#hasText = true;
  }

  #handOn(line: Uint8Array): void {
    if (this.#handsOn) this.#found.add(line);
  }

  #endLine(hasNewline: boolean): void {
    if (this.#offset === 0) {
      if (hasNewline) this.#found.addByte(NEWLINE);
      this.#levelsBefore = this.#levels;
      return;
    }
    // What was cut off may be told as that.
    if (this.#isInString && this.#isText) this.#endText(this.#string.take(), true);
    const isWhole = this.#levelsBefore === 0 && (this.#levels === 0 || this.#isInString);
    if (this.#isRaw && (isWhole || this.#offset > this.#most)) this.#handOn(this.#raw.take());
    if (hasNewline) this.#found.addByte(NEWLINE);
    this.#raw.clear();
    this.#string.clear();
    this.#isInString = this.#isEscaping = this.#isText = this.#isLong = this.#hasText = false;
    this.#name = this.#last = '';
    this.#isRaw = true;
    this.#offset = 0;
    this.#levelsBefore = this.#levels;
  }
}

/** What the string says, without a line feed at its end; as it stands, where something in it is no escape. */
function unescaped(bytes: Uint8Array, isCutOff: boolean): Uint8Array {
  try {
    return withoutLineFeed(unescapedBytes({ bytes, textStart: 0, textEnd: bytes.length }));
  } catch {
    const backslash = bytes.lastIndexOf(BACKSLASH);
    const isCutInEscape = isCutOff && backslash > bytes.length - LONGEST_ESCAPE;
    return isCutInEscape ? unescaped(bytes.subarray(0, backslash), false) : bytes;
  }
}

function withoutLineFeed(text: Uint8Array): Uint8Array {
  if (text.at(-1) !== NEWLINE) return text;
  return text.subarray(0, text.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}
