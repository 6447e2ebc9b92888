import type { Passed, SkippingDecoder } from '../decoder.ts';
import type { Head } from '../head.ts';
import { JsonCursor, NEWLINE, OPEN_BRACE } from '../json/jsonCursor.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { ConsoleObjects } from './consoleObjects.ts';
import { CUT, NEEDS_MORE, ObjectScanner } from './objectScanner.ts';

/** Bytes that are copied into the buffer at a time. */
const SLICE = 1 << 18;
/** A parsed object takes many times its bytes. */
const OBJECT_BYTES = 16 << 20;
/** Blanks, zeros that a loss of power left, and what stands between the objects of a list. */
const BETWEEN = new Set([0x00, 0x20, 0x09, 0x0d, NEWLINE, 0x2c, 0x5b, 0x5d]);

/** The line on which an object begins behind its class, or behind a word: `Span {`, `<ref *1> SpanImpl {`. */
const NAMED_OBJECT = /^((?:<ref \*\d+> )?[\w$]+ )\{\r?$/;
const LONGEST_NAME = 100;

const decoder = new TextDecoder();
/** One character a byte. */
const bytewise = new TextDecoder('latin1');

/** How a span begins among other text, where the first bytes are no JSON to look for keys in. */
const SPAN = new RegExp(
  [
    String.raw`"SpanContext":\s*\{\s*"TraceID"`,
    String.raw`"trace_id":\s*"0x[0-9a-f]{32}"`,
    // Log records have no trace state.
    String.raw`"context":\s*\{\s*"trace_id":\s*"[0-9a-f]{32}",\s*"span_id":\s*"[0-9a-f]{16}",\s*"trace_state"`,
    String.raw`\btraceId: (['"])[0-9a-f]{32}\1`,
  ].join('|'),
);

/** The first bytes hold a span as an SDK's console exporter prints it. */
export function looksLikeConsole(head: Head): boolean {
  return (
    head.hasAnyKey('SpanContext.TraceID', 'spanContext.traceId', '_spanContext.traceId') ||
    head.hasKeys('context.trace_id', 'context.span_id') ||
    head.hasKeys('traceId', 'id', 'timestamp', 'duration', 'status.code') ||
    SPAN.test(head.text)
  );
}

/**
 * What SDKs print to a console: objects in a row, in JSON or in the notation of Node's console, among lines of other
 * text, which are passed over.
 *
 *     Server listening on :8080            other text
 *     {                                    ┐
 *       traceId: '14044f1e…',              │ an object, looked over for its end and then read as a whole
 *     }                                    ┘
 *     Span {                               one behind its class, as console.log writes a span itself
 *     {"level":"info","msg":"done"}        an object that is no span: other text
 */
export class ConsoleDecoder implements SkippingDecoder {
  isDone = false;

  readonly #report: SourceReport;
  readonly #cursor = new JsonCursor();
  readonly #scanner = new ObjectScanner();
  readonly #objects: ConsoleObjects;
  readonly #maxBytes: number;
  #state: 'between' | 'object' | 'large object' | 'text' = 'between';
  /** Bytes of the object at the cursor that were looked over. */
  #seen = 0;
  /** Where the object or the text begins. */
  #at: Position = { byte: 0 };
  /** Nothing comes behind the buffer's end. */
  #isEnding = false;
  /** Bytes that are looked over a second time: no more than were looked over once. */
  #again = 0;

  /** Decoders of several logs in one source have the same `objects`. */
  constructor(report: SourceReport, objects: ConsoleObjects = new ConsoleObjects(report)) {
    this.#report = report;
    this.#objects = objects;
    this.#maxBytes = Math.min(OBJECT_BYTES, report.limits.unitBytes);
  }

  get format(): string {
    return this.#objects.format;
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone; at += SLICE) {
      this.#cursor.append(chunk.subarray(at, at + SLICE));
      while (!this.#report.sink.isFull && this.#step());
    }
    const { offset, pos } = this.#cursor;
    if (!this.#report.isRecognised && offset + pos > this.#report.limits.sniffBytes) this.isDone = true;
  }

  skip({ bytes, lines }: Passed): void {
    this.#cursor.offset += bytes;
    this.#cursor.line += lines;
  }

  endMessage(): void {
    const cursor = this.#cursor;
    this.#isEnding = true;
    while (!this.#report.sink.isFull && this.#step());
    while (this.#state === 'object' && !this.#report.sink.isFull) {
      this.#leaveOut(this.#nextObject(cursor.end));
      while (!this.#report.sink.isFull && this.#step());
    }
    this.#isEnding = false;
    this.#state = 'between';
    cursor.pos = cursor.end;
  }

  finish(): void {
    this.endMessage();
    this.isDone = true;
    this.#objects.finish();
  }

  /** False where the buffer has nothing more. */
  #step(): boolean {
    switch (this.#state) {
      case 'between':
        return this.#between();
      case 'text':
        return this.#toLineEnd();
      default:
        return this.#object();
    }
  }

  #between(): boolean {
    const cursor = this.#cursor;
    while (cursor.pos < cursor.end && BETWEEN.has(cursor.bytes[cursor.pos])) this.#moveTo(cursor.pos + 1);
    if (cursor.pos === cursor.end) return false;
    this.#at = cursor.position();
    const name = this.#nameLength();
    if (name === null) return false;
    if (cursor.bytes[cursor.pos + name] === OPEN_BRACE) {
      cursor.pos += name;
      this.#state = 'object';
      this.#seen = 0;
      this.#scanner.start();
    } else {
      this.#state = 'text';
      this.#objects.passOver(this.#at);
    }
    return true;
  }

  /** The length of the name before an object; 0 where none is, and null where more must be there to tell. */
  #nameLength(): number | null {
    const { bytes, pos, end } = this.#cursor;
    if (bytes[pos] === OPEN_BRACE) return 0;
    const seen = bytes.subarray(pos, Math.min(end, pos + LONGEST_NAME));
    const newline = seen.indexOf(NEWLINE);
    if (newline < 0) return seen.length < LONGEST_NAME && !this.#isEnding ? null : 0;
    const [, name = ''] = NAMED_OBJECT.exec(bytewise.decode(seen.subarray(0, newline))) ?? [];
    return name.length;
  }

  #toLineEnd(): boolean {
    const cursor = this.#cursor;
    const found = cursor.bytes.subarray(cursor.pos, cursor.end).indexOf(NEWLINE);
    cursor.pos = found < 0 ? cursor.end : cursor.pos + found;
    if (found < 0) return false;
    this.#state = 'between';
    return true;
  }

  #object(): boolean {
    const cursor = this.#cursor;
    const found = this.#scanner.run(cursor.bytes, cursor.pos + this.#seen, cursor.end);
    const isLarge = this.#state === 'large object';
    if (found === NEEDS_MORE) {
      this.#seen = cursor.end - cursor.pos;
      if (!isLarge && this.#seen > this.#maxBytes) {
        const message = `Spans of more than ${this.#maxBytes} bytes were left out.`;
        this.#report.issue('too-large', 'error', message, this.#at);
        this.#state = 'large object';
      }
      if (this.#state === 'large object') {
        this.#moveTo(cursor.end);
        this.#seen = 0;
      }
      return false;
    }
    if (found === CUT && !isLarge) this.#leaveOut(this.#nextObject(this.#scanner.cutAt));
    else {
      if (!isLarge) this.#read(found);
      this.#moveTo(found === CUT ? this.#scanner.cutAt : found);
      this.#state = 'between';
    }
    return true;
  }

  /** Where reading goes on behind an object that was found to be cut off at `noticed`: it may have taken others with it. */
  #nextObject(noticed: number): number {
    const { offset, pos } = this.#cursor;
    const { firstObjectLine } = this.#scanner;
    const next = pos + firstObjectLine;
    if (firstObjectLine < 0 || this.#again + noticed - next > offset + noticed) return noticed;
    this.#again += noticed - next;
    return next;
  }

  /** The object at the cursor ends at `end`, but not as one does. */
  #leaveOut(end: number): void {
    this.#objects.leaveOut(this.#textTo(end), this.#at);
    this.#moveTo(end);
    this.#state = 'between';
  }

  /** Reads the object between the cursor and `end`. */
  #read(end: number): void {
    const { depth } = this.#report.limits;
    if (this.#scanner.deepest <= depth) return this.#objects.read(this.#textTo(end), this.#at);
    this.#report.issue('too-deep', 'error', `Spans nested deeper than ${depth} levels were left out.`, this.#at);
  }

  #textTo(end: number): string {
    return decoder.decode(this.#cursor.bytes.subarray(this.#cursor.pos, end));
  }

  #moveTo(end: number): void {
    const cursor = this.#cursor;
    for (let p = cursor.pos; p < end; p++) if (cursor.bytes[p] === NEWLINE) cursor.line++;
    cursor.pos = end;
  }
}
