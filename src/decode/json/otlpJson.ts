import type { CuttableDecoder, Passed } from '../decoder.ts';
import { firstLineEnd, lastLineEnd } from '../pool/lastCut.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { RAN_OUT } from '../ranOut.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import { documentInLine, DocumentFinder } from './documentFinder.ts';
import { JsonCursor, JsonSyntaxError, OPEN_BRACE, OPEN_BRACKET } from './jsonCursor.ts';
import { JsonEnvelope } from './jsonEnvelope.ts';
import { JsonKernel } from './jsonKernel.ts';
import { OtherText } from './otherText.ts';
import { ValueSkipper } from './valueSkipper.ts';

/** Bytes that are copied into the buffer at a time. */
const SLICE = 1 << 18;
/** Bytes that are there before the kernel reads: an element that is cut off is read again from its beginning. */
const KERNEL_STRETCH = 1 << 20;
/** A unit that was cut off is tried again when there is twice as much of it: one of n bytes costs O(n) in all. */
const GROWTH = 2;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * OTLP/JSON (opentelemetry-proto, docs/specification.md), as one document, JSON Lines, documents in a row or lists of
 * requests.
 *
 *     {"resourceSpans":[ {"resource": {…},  "scopeSpans":[ {"scope": {…},  "spans":[ {…}, {…}, …
 *      envelope        └ list └ object  unit            └ list └ object unit       └ list └ units
 *
 * The open levels are a stack that lasts from chunk to chunk. A unit (span, resource, scope) must be whole in the
 * buffer: it is read as if it were, and where the buffer ends first, everything since its beginning is taken back and
 * read again when there are more bytes. Where the bytes are no JSON, reading goes on at the next line that can start a
 * document.
 */
export class OtlpJsonDecoder implements CuttableDecoder {
  readonly lastCut = lastLineEnd;
  readonly firstCut = firstLineEnd;
  isDone = false;

  readonly #report: SourceReport;
  readonly #cursor: JsonCursor;
  readonly #kernel: JsonKernel | null;
  readonly #skipper = new ValueSkipper();
  readonly #envelope: JsonEnvelope;
  readonly #finder = new DocumentFinder();
  readonly #otherText: OtherText;
  #documents = 0;
  /** Where the document being read begins. */
  #documentStart = 0;
  /** What is wrong with the unit that is being passed over, and where; null where it is something else. */
  #damage: { readonly problem: string; readonly at: Position } | null = null;
  /** Bytes that must be there before the unit at the cursor is tried again. */
  #needed = 0;
  /** Bytes that are waited for at any time. */
  readonly #patience: number;

  constructor(report: SourceReport, kernel: Kernel | null) {
    this.#report = report;
    this.#cursor = new JsonCursor(kernel?.input);
    this.#kernel = JsonKernel.of(this.#cursor, report, kernel);
    this.#patience = this.#kernel === null ? 0 : KERNEL_STRETCH;
    this.#envelope = new JsonEnvelope(this.#cursor, this.#skipper, report, this.#kernel);
    this.#otherText = new OtherText(this.#cursor, report);
  }

  get format(): string {
    return this.#documents > 1 ? 'OTLP JSON Lines' : 'OTLP JSON';
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone; at += SLICE) {
      this.#cursor.append(chunk.subarray(at, at + SLICE));
      if (this.#cursor.end - this.#cursor.pos >= Math.max(this.#needed, this.#patience)) this.#run();
    }
  }

  endMessage(): void {
    if (!this.#end() && !this.isDone && !this.#finder.isActive && !this.#report.sink.isFull) {
      const message = 'The input ends in the middle of a document; what came before was read.';
      this.#report.issue('truncated', 'error', message, this.#cursor.position());
    }
    this.#cursor.pos = this.#cursor.end;
    this.#startDocument();
  }

  finish(): void {
    this.endMessage();
    this.#kernel?.flush();
    this.isDone = true;
  }

  get passed(): Passed {
    const { offset, pos, line } = this.#cursor;
    return { bytes: offset + pos, lines: line - 1, messages: this.#documents };
  }

  settle(): boolean {
    const isWhole = this.#end();
    if (isWhole) this.#envelope.close();
    this.#kernel?.flush();
    return isWhole;
  }

  /** True where what is here ends where a document does. */
  #end(): boolean {
    this.#envelope.isEnding = true;
    this.#run();
    this.#envelope.isEnding = false;
    return !this.#envelope.isOpen && !this.#finder.isActive && this.#cursor.pos >= this.#cursor.end;
  }

  skip({ bytes, lines, messages }: Passed): void {
    this.#cursor.offset += bytes;
    this.#cursor.line += lines;
    this.#documents += messages;
  }

  /** Takes steps until the bytes run out. */
  #run(): void {
    const cursor = this.#cursor;
    this.#needed = 0;
    let start = cursor.pos;
    let line = cursor.line;
    for (;;) {
      try {
        do {
          start = cursor.pos;
          line = cursor.line;
        } while (this.#step());
        break;
      } catch (thrown) {
        const isUnit = this.#envelope.takeBack();
        const problem = this.#cutOff(thrown);
        if (problem === null) continue;
        if (problem instanceof JsonSyntaxError) this.#leaveOut(problem.message, isUnit);
        else if (problem !== RAN_OUT) throw problem;
        else if (cursor.end - start > this.#report.limits.unitBytes) this.#passOver(isUnit);
        else {
          cursor.pos = start;
          cursor.line = line;
          this.#needed = (cursor.end - start) * GROWTH;
          break;
        }
      }
    }
    if (!this.#report.isRecognised && cursor.offset + cursor.pos > this.#report.limits.sniffBytes) this.isDone = true;
  }

  /** One token or unit; false where nothing more can be done with these bytes. Throws RAN_OUT where one is cut off. */
  #step(): boolean {
    const cursor = this.#cursor;
    if (this.isDone || this.#report.sink.isFull) return false;
    if (this.#finder.isActive) return this.#finder.run(cursor);
    if (this.#otherText.isActive) return this.#otherText.run();
    if (this.#skipper.isActive) {
      this.#skipper.run(cursor);
      if (!this.#skipper.isActive) this.#reportDamage();
      return !this.#skipper.isActive;
    }
    if (!this.#envelope.isOpen) return this.#openDocument();
    this.#envelope.step();
    return true;
  }

  #openDocument(): boolean {
    const cursor = this.#cursor;
    const byte = cursor.next();
    if (cursor.pos >= cursor.end) return false;
    this.#documentStart = cursor.offset + cursor.pos;
    if (byte === 0) return this.#passOverZeros();
    if (byte === BYTE_ORDER_MARK[0]) {
      for (const mark of BYTE_ORDER_MARK) cursor.expect(mark);
      return true;
    }
    if (byte !== OPEN_BRACE && this.#otherText.start(this.#envelope.isEnding)) return true;
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) cursor.fail('"{" or "["');
    this.#documents++;
    this.#envelope.open('envelope', byte === OPEN_BRACKET);
    return true;
  }

  /** A loss of power leaves them in a file that was being written, and so does one that is emptied under its writer. */
  #passOverZeros(): true {
    const cursor = this.#cursor;
    if (cursor.bytes[cursor.pos - 1] !== 0)
      this.#report.issue('zeros', 'warning', 'Zeros between documents were passed over.', cursor.position());
    while (cursor.bytes[cursor.pos] === 0 && cursor.pos < cursor.end) cursor.pos++;
    return true;
  }

  #startDocument(): void {
    this.#envelope.close();
    this.#skipper.isActive = false;
    this.#damage = null;
    this.#finder.isActive = false;
    this.#otherText.isActive = false;
    this.#needed = 0;
  }

  /** What is being read is larger than anything may be in memory. */
  #passOver(isUnit: boolean): void {
    this.#envelope.goBack();
    const at = this.#cursor.position();
    if (!isUnit) return this.#getLost('something is longer than anything that is read whole', at);
    const message = `A span or resource of more than ${this.#report.limits.unitBytes} bytes was left out.`;
    this.#report.issue('too-large', 'error', message, at);
    this.#envelope.passOver(false);
  }

  /** What is no JSON inside a span loses that span alone, where its end can be told. */
  #leaveOut(problem: string, isUnit: boolean): void {
    const damage = this.#damage ?? { problem, at: this.#cursor.position() };
    if (!isUnit) return this.#getLost(damage.problem, damage.at);
    this.#damage = damage;
    this.#envelope.passOver(true);
  }

  /**
   * What is no JSON may be the beginning of another document, which cut off this one: it is read from there, and null is
   * returned. Else the problem; RAN_OUT where more bytes have to come to tell.
   */
  #cutOff(problem: unknown): unknown {
    if (!(problem instanceof JsonSyntaxError)) return problem;
    const cursor = this.#cursor;
    const next = documentInLine(cursor);
    if (typeof next !== 'number') return next;
    if (next < 0 || cursor.offset + next <= this.#documentStart) return problem;
    cursor.pos = next;
    const message = 'A document is cut off where another one begins on its line; what came before was read.';
    this.#report.issue('cut-off', 'error', message, cursor.position());
    this.#startDocument();
    return null;
  }

  /** The end of a damaged unit was found. */
  #reportDamage(): void {
    if (this.#damage === null) return;
    const { problem, at } = this.#damage;
    const message = `This is no JSON: ${problem}. The span or resource around it was left out.`;
    this.#report.issue('damaged-span', 'error', message, at);
    this.#damage = null;
  }

  #getLost(problem: string, at: Position): void {
    const message = `This is no JSON: ${problem}. Reading went on at the next line that starts a document.`;
    this.#report.issue('bad-json', 'error', message, at);
    const isAtLineStart = this.#skipper.isActive && this.#skipper.isAtLineStart;
    this.#startDocument();
    this.#finder.start(this.#cursor, this.#documentStart, isAtLineStart);
  }
}
