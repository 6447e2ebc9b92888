import type { Decoder } from '../decoder.ts';
import { Head } from '../head.ts';
import { NEWLINE } from '../json/jsonCursor.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { LONGEST_PREFIX, prefixKind, prefixLength, withoutPrefixes, type PrefixKind } from './linePrefix.ts';

const BLANK = 0x20;
const latin = new TextDecoder('latin1');
const utf8 = new TextEncoder();

/** Whether the first bytes are those of a format when the prefixes of their lines are taken off. */
export function behindPrefixes(matches: (head: Head) => boolean): (head: Head) => boolean {
  return (head) => {
    const text = withoutPrefixes(head.text);
    return text !== null && matches(new Head(utf8.encode(text)));
  };
}

/**
 * Gives a log to the decoder of what is in it, without the prefixes of its lines (linePrefix.ts). They go behind their
 * line as blanks, so that lines and bytes are counted as in the file:
 *
 *     app-1  | {"SpanContext":…}⏎   →   {"SpanContext":…}·········⏎
 *
 * The first prefix tells its kind. Lines that do not begin so are handed on as they are.
 */
export class PrefixedDecoder implements Decoder {
  readonly #report: SourceReport;
  readonly #inner: Decoder;
  #kind: PrefixKind | null = null;
  /** The beginning of a line, until it is long enough to have its prefix in it. */
  #kept: Uint8Array = new Uint8Array();
  #isInLine = false;
  /** Blanks that go behind the line. */
  #owed = 0;
  #line = 1;
  #byte = 0;
  #bare = 0;
  #firstBare: Position = { byte: 0 };

  constructor(report: SourceReport, inner: Decoder) {
    this.#report = report;
    this.#inner = inner;
  }

  get isDone(): boolean {
    return this.#inner.isDone;
  }

  get format(): string {
    return `${this.#inner.format}, in a container log`;
  }

  push(chunk: Uint8Array): void {
    this.#pass(chunk, false);
  }

  endMessage(): void {
    this.#pass(new Uint8Array(), true);
    this.#inner.endMessage();
  }

  finish(): void {
    this.#pass(new Uint8Array(), true);
    this.#inner.finish();
    if (this.#bare === 0) return;
    const message = 'Lines without the prefix that the others of the log have were read as they are.';
    this.#report.issue('no-prefix', 'warning', message, this.#firstBare, this.#bare);
    this.#bare = 0;
  }

  #pass(chunk: Uint8Array, isLast: boolean): void {
    const bytes = joined(this.#kept, chunk);
    // What is owed from before may come out on top.
    const out = new Uint8Array(bytes.length + this.#owed);
    let length = 0;
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline < 0 ? bytes.length : newline;
      if (!this.#isInLine) {
        if (newline < 0 && end - at < LONGEST_PREFIX && !isLast) break;
        this.#owed = this.#prefixIn(bytes.subarray(at, end), { byte: this.#byte + at, line: this.#line });
        this.#isInLine = true;
        at += this.#owed;
      }
      out.set(bytes.subarray(at, end), length);
      length += end - at;
      at = end;
      if (newline < 0) break;
      length = this.#endLine(out, length);
      out[length++] = NEWLINE;
      at++;
      this.#line++;
    }
    if (isLast) length = this.#endLine(out, length);
    this.#kept = bytes.slice(at);
    this.#byte += at;
    if (length > 0) this.#inner.push(out.subarray(0, length));
  }

  /** What was taken off at the line's beginning stands behind it as blanks. */
  #endLine(out: Uint8Array, length: number): number {
    const end = length + this.#owed;
    out.fill(BLANK, length, end);
    this.#owed = 0;
    this.#isInLine = false;
    return end;
  }

  /** The length of the prefix with which the line begins; lines without one are counted, but for blank ones. */
  #prefixIn(line: Uint8Array, at: Position): number {
    const text = latin.decode(line.subarray(0, LONGEST_PREFIX));
    this.#kind ??= prefixKind(text);
    const length = this.#kind === null ? 0 : prefixLength(text, this.#kind);
    if (length === 0 && text.trim() !== '' && this.#bare++ === 0) this.#firstBare = at;
    return length;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
