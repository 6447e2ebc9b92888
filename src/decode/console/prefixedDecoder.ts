import type { Decoder, SkippingDecoder } from '../decoder.ts';
import { Head } from '../head.ts';
import { NEWLINE } from '../json/jsonCursor.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { joined } from '../bytes/joined.ts';
import { linePrefix, linesBehindPrefixes, LONGEST_PREFIX, type LinePrefix } from './linePrefix.ts';

const BLANK = 0x20;
const latin = new TextDecoder('latin1');
const utf8 = new TextEncoder();

/** What one container printed, and how far into the source its decoder has come. */
interface Log {
  readonly decoder: SkippingDecoder;
  byte: number;
  line: number;
}

/** Whether behind the prefixes of lines there is what a format begins with. */
export function behindPrefixes(matches: (head: Head) => boolean): (head: Head) => boolean {
  return (head) => {
    const text = linesBehindPrefixes(head.text);
    return text !== '' && matches(new Head(utf8.encode(text)));
  };
}

/**
 * Gives a log to the decoder of what is in it, without the prefixes of its lines (linePrefix.ts). They go behind their
 * line as blanks, so that lines and bytes are counted as in the file:
 *
 *     app-1  | {"SpanContext":…}⏎   →   {"SpanContext":…}·········⏎
 *
 * Lines without one are handed on as they are, to the decoder of the line before. Where containers have a decoder each,
 * the lines of one may stand between those of another.
 */
export class PrefixedDecoder implements Decoder {
  readonly #report: SourceReport;
  readonly #open: () => SkippingDecoder;
  readonly #mostLogs: number;
  /** What has no name goes to the first one, and what comes when there are enough of them. */
  readonly #first: Log;
  readonly #logs = new Map<string, Log>();
  /** Whose line it is. */
  #log: Log;
  /** The beginning of a line, until it is long enough to have its prefix in it. */
  #kept: Uint8Array = new Uint8Array();
  #isInLine = false;
  /** Blanks that go behind the line. */
  #owed = 0;
  #line = 1;
  #byte = 0;
  /** Lines that a tool put a container's prefix before, and lines without any. */
  #collected = 0;
  #bare = 0;
  #firstBare: Position = { byte: 0 };

  /** No more than `mostLogs` containers have a decoder of their own. */
  constructor(report: SourceReport, open: () => SkippingDecoder, mostLogs: number) {
    this.#report = report;
    this.#open = open;
    this.#mostLogs = mostLogs;
    this.#log = this.#first = { decoder: open(), byte: 0, line: 1 };
  }

  get isDone(): boolean {
    return this.#log.decoder.isDone;
  }

  get format(): string {
    return `${this.#first.decoder.format}, in a ${this.#collected > 0 ? 'container ' : ''}log`;
  }

  push(chunk: Uint8Array): void {
    this.#pass(chunk, false);
  }

  endMessage(): void {
    this.#pass(new Uint8Array(), true);
    for (const { decoder } of [this.#first, ...this.#logs.values()]) decoder.endMessage();
  }

  finish(): void {
    this.endMessage();
    for (const { decoder } of [this.#first, ...this.#logs.values()]) decoder.finish();
    // Where they are the most, it is a log that stands among other text, and no line of it lost its prefix.
    if (this.#bare === 0 || this.#bare > this.#collected) return;
    const message = 'Lines without the prefix that the others of the log have were read as they are.';
    this.#report.issue('no-prefix', 'warning', message, this.#firstBare, this.#bare);
    this.#bare = 0;
  }

  #pass(chunk: Uint8Array, isLast: boolean): void {
    const bytes = joined(this.#kept, chunk);
    // What is owed from before may come out on top.
    const out = new Uint8Array(bytes.length + this.#owed);
    let length = 0;
    /** What comes before was handed on. */
    let from = 0;
    let at = 0;
    while (at < bytes.length) {
      const newline = bytes.indexOf(NEWLINE, at);
      const end = newline < 0 ? bytes.length : newline;
      if (!this.#isInLine) {
        if (newline < 0 && end - at < LONGEST_PREFIX && !isLast) break;
        const place = { byte: this.#byte + at, line: this.#line };
        const prefix = this.#prefixIn(bytes.subarray(at, end), place);
        const log = prefix === null ? this.#log : this.#logOf(prefix.name);
        if (log !== this.#log) {
          if (length > from) this.#log.decoder.push(out.subarray(from, length));
          from = length;
          this.#goTo(log, place);
        }
        this.#owed = prefix?.length ?? 0;
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
    if (length > from) this.#log.decoder.push(out.subarray(from, length));
  }

  #logOf(name: string): Log {
    const known = name === '' ? this.#first : this.#logs.get(name);
    if (known !== undefined) return known;
    if (this.#logs.size + 1 >= this.#mostLogs) return this.#first;
    const log = { decoder: this.#open(), byte: 0, line: 1 };
    this.#logs.set(name, log);
    return log;
  }

  /** The line at this place is of another log. */
  #goTo(log: Log, { byte, line }: Required<Position>): void {
    this.#log.byte = byte;
    this.#log.line = line;
    log.decoder.skip({ bytes: byte - log.byte, lines: line - log.line, messages: 0 });
    this.#log = log;
  }

  /** What was taken off at the line's beginning stands behind it as blanks. */
  #endLine(out: Uint8Array, length: number): number {
    const end = length + this.#owed;
    out.fill(BLANK, length, end);
    this.#owed = 0;
    this.#isInLine = false;
    return end;
  }

  /** The prefix with which the line begins; lines without one are counted, but for blank ones. */
  #prefixIn(line: Uint8Array, at: Position): LinePrefix | null {
    const text = latin.decode(line.subarray(0, LONGEST_PREFIX));
    const found = linePrefix(text);
    if (found?.isOfContainer === true) this.#collected++;
    if (found === null && text.trim() !== '' && this.#bare++ === 0) this.#firstBare = at;
    return found;
  }
}
