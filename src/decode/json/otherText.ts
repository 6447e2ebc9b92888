import { RAN_OUT } from '../ranOut.ts';
import type { SourceReport } from '../sourceReport.ts';
import { CLOSE_BRACKET, NEWLINE, OPEN_BRACE, OPEN_BRACKET, type JsonCursor } from './jsonCursor.ts';

/** So many bytes of a line say what it is. */
const LOOK = 1 << 12;
/** A line of these is what is left of a document: how JSON may go on but no text begins, or a key of OTLP alone. */
const OF_A_DOCUMENT = /^["\]},:]|"\w*(?:UnixNano|unix_nano|Value|_value|[sS]pans)"\s*:/;
/** No text has these, but for white space and the colours of a terminal. */
const NO_TEXT = /(?![\s\u001b])\p{Cc}/u;

const decoder = new TextDecoder();
/** One character a byte. */
const bytewise = new TextDecoder('latin1');

/** How a document begins that may stand behind text; the second is how Java's logging exporter writes a resource. */
export const LOGGED_DOCUMENTS = ['{"resourceSpans"', '{"resource":{"attributes"'];

/**
 * What stands between documents, is no JSON and was never meant to be: what else a program printed, and what its logger
 * puts before a document. It is counted and passed over.
 *
 *     2024-01-01T00:00:00.000Z  info  service.go:145  Starting otelcol...
 *     12:00:00.000 [main] INFO OtlpJsonLoggingSpanExporter - {"resource":{"attributes":[ …
 */
export class OtherText {
  /** A line was begun and its end is not found. */
  isActive = false;
  readonly #cursor: JsonCursor;
  readonly #report: SourceReport;

  constructor(cursor: JsonCursor, report: SourceReport) {
    this.#cursor = cursor;
    this.#report = report;
  }

  /**
   * The cursor stands between two documents, on a byte that is no white space. False where a document begins, or what
   * is left of one. Throws RAN_OUT where more must be there to tell, unless nothing is coming.
   */
  start(isEnding: boolean): boolean {
    if (this.#isDocument(isEnding)) return false;
    const line = this.#line(isEnding);
    const document = documentIn(line);
    this.isActive = document === null && isText(line);
    if (this.isActive) this.#tell('other-text', 'Lines of other text were passed over.');
    if (document === null || !isText(line.subarray(0, document))) return this.isActive;
    this.#tell('text-before', 'Text that stands before a document on its line was passed over.');
    this.#cursor.pos += document;
    return true;
  }

  /** Moves the cursor to the next line; false where the buffer ends before it. */
  run(): boolean {
    const cursor = this.#cursor;
    const newline = cursor.bytes.subarray(cursor.pos, cursor.end).indexOf(NEWLINE);
    this.isActive = newline < 0;
    cursor.pos = newline < 0 ? cursor.end : cursor.pos + newline + 1;
    if (newline >= 0) cursor.line++;
    return newline >= 0;
  }

  /** In a list stand requests, or lists of them; `[INFO] started` is text. */
  #isDocument(isEnding: boolean): boolean {
    const { bytes, pos, end } = this.#cursor;
    if (bytes[pos] !== OPEN_BRACKET) return bytes[pos] === OPEN_BRACE;
    let p = pos + 1;
    while (p < end && bytes[p] <= 0x20) p++;
    if (p === end && !isEnding) throw RAN_OUT;
    return p === end || [OPEN_BRACE, OPEN_BRACKET, CLOSE_BRACKET].includes(bytes[p]);
  }

  /** As much of the line at the cursor as says what it is. */
  #line(isEnding: boolean): Uint8Array {
    const { bytes, pos, end } = this.#cursor;
    const seen = bytes.subarray(pos, Math.min(end, pos + LOOK));
    const newline = seen.indexOf(NEWLINE);
    if (newline < 0 && seen.length < LOOK && !isEnding) throw RAN_OUT;
    return newline < 0 ? seen : seen.subarray(0, newline);
  }

  #tell(code: string, message: string): void {
    this.#report.issue(code, 'info', message, this.#cursor.position());
  }
}

/** Where in the line a document begins; null where none does. */
function documentIn(line: Uint8Array): number | null {
  const text = bytewise.decode(line);
  const starts = LOGGED_DOCUMENTS.map((each) => text.indexOf(each)).filter((start) => start >= 0);
  return starts.length === 0 ? null : Math.min(...starts);
}

function isText(line: Uint8Array): boolean {
  const text = decoder.decode(line);
  return !OF_A_DOCUMENT.test(text) && !NO_TEXT.test(text);
}
