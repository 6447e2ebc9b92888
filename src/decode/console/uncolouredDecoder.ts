import type { Decoder } from '../decoder.ts';
import { Head } from '../head.ts';
import { NEWLINE } from '../json/jsonCursor.ts';
import { joined } from '../bytes/joined.ts';

const BLANK = 0x20;
const ESCAPE = 0x1b;
/** Numbers and what stands between them: `38;2;255;128;0`. */
const FIRST_PARAMETER = 0x30;
const LAST_PARAMETER = 0x3b;
const OPEN_BRACKET = 0x5b;
const SMALL_M = 0x6d;
/** No sequence that sets colours is longer. */
const LONGEST = 32;
const utf8 = new TextEncoder();

/** Whether the first bytes are those of a format when the colours of a terminal are taken off. */
export function inColours(matches: (head: Head) => boolean): (head: Head) => boolean {
  return (head) => {
    if (!head.bytes.includes(ESCAPE)) return matches(head);
    return matches(new Head(utf8.encode(head.text.replaceAll(/\u001b\[[\d;:]*m/g, ''))));
  };
}

/**
 * Gives text to a decoder without the colours of a terminal (ECMA-48, SGR). They go behind their line as blanks, so that
 * lines and bytes are counted as in the file:
 *
 *     kind: ␛[33m1␛[39m,⏎   →   kind: 1,··········⏎
 */
export class UncolouredDecoder implements Decoder {
  readonly #inner: Decoder;
  /** The beginning of a sequence. */
  #kept: Uint8Array = new Uint8Array();
  /** Blanks that go behind the line. */
  #owed = 0;

  constructor(inner: Decoder) {
    this.#inner = inner;
  }

  get isDone(): boolean {
    return this.#inner.isDone;
  }

  get format(): string {
    return this.#inner.format;
  }

  push(chunk: Uint8Array): void {
    if (this.#owed === 0 && this.#kept.length === 0 && !chunk.includes(ESCAPE)) this.#inner.push(chunk);
    else this.#pass(chunk, false);
  }

  endMessage(): void {
    this.#pass(new Uint8Array(), true);
    this.#inner.endMessage();
  }

  finish(): void {
    this.#pass(new Uint8Array(), true);
    this.#inner.finish();
  }

  #pass(chunk: Uint8Array, isLast: boolean): void {
    const bytes = joined(this.#kept, chunk);
    // What is owed from before may come out on top.
    const out = new Uint8Array(bytes.length + this.#owed);
    let length = 0;
    let at = 0;
    while (at < bytes.length) {
      const end = bytes[at] === ESCAPE ? sequenceEnd(bytes, at) : at;
      if (end > bytes.length && !isLast) break;
      if (end > at && end <= bytes.length) {
        this.#owed += end - at;
        at = end;
        continue;
      }
      if (bytes[at] === NEWLINE) length = this.#payBack(out, length);
      out[length++] = bytes[at++];
    }
    if (isLast) length = this.#payBack(out, length);
    this.#kept = bytes.slice(at);
    if (length > 0) this.#inner.push(out.subarray(0, length));
  }

  #payBack(out: Uint8Array, length: number): number {
    const end = length + this.#owed;
    out.fill(BLANK, length, end);
    this.#owed = 0;
    return end;
  }
}

/** Behind the sequence at `start`; `start` where there is none, and beyond the bytes where its end may be to come. */
function sequenceEnd(bytes: Uint8Array, start: number): number {
  if (start + 1 < bytes.length && bytes[start + 1] !== OPEN_BRACKET) return start;
  let p = start + 2;
  while (bytes[p] >= FIRST_PARAMETER && bytes[p] <= LAST_PARAMETER && p < start + LONGEST) p++;
  if (p >= bytes.length) return bytes.length + 1;
  return bytes[p] === SMALL_M ? p + 1 : start;
}
