import type { JsonCursor } from '../json/jsonCursor.ts';
import { ValueSkipper } from '../json/valueSkipper.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import type { ItemReceiver } from './itemLayout.ts';
import { isObject, parseJson, type JsonValue } from './jsonValue.ts';

/** A parsed item takes many times its bytes, so that none may be as large as `limits.unitBytes`. */
const ITEM_BYTES = 16 << 20;

const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Looks over an item for its end, in as many chunks as it comes in, then parses it and hands it on. Until then the
 * cursor stays at its first byte, so that its bytes are kept.
 *
 *     {"traceID":"1f","logs":[{"fi  elds":[]}]}
 *     cursor                      seen so far
 */
export class ItemScanner<Item extends string> {
  /** An item was begun and its end is not found. */
  isActive = false;
  /** Where the item begins. */
  at: Position = { byte: 0 };
  readonly maxBytes: number;

  readonly #report: SourceReport;
  readonly #cursor: JsonCursor;
  readonly #receiver: ItemReceiver<Item>;
  readonly #skipper = new ValueSkipper();
  /** Null where the rest of it is only passed over. */
  #name: Item | null = null;
  #seen = 0;
  /** Bytes that are looked over a second time: no more than were looked over once. */
  #again = 0;

  constructor(report: SourceReport, cursor: JsonCursor, receiver: ItemReceiver<Item>) {
    this.#report = report;
    this.#cursor = cursor;
    this.#receiver = receiver;
    this.maxBytes = Math.min(report.limits.unitBytes, ITEM_BYTES);
  }

  /** The cursor stands on the item's first byte. */
  start(name: Item): void {
    this.isActive = true;
    this.at = this.#cursor.position();
    this.#name = name;
    this.#seen = 0;
    this.#skipper.start();
  }

  /**
   * Moves the cursor behind the item; `isActive` tells whether more bytes are needed for that. Throws JsonSyntaxError where
   * it is cut off; the next one begins at the cursor or behind it.
   */
  run(): void {
    const cursor = this.#cursor;
    const start = cursor.pos;
    cursor.pos = start + this.#seen;
    try {
      this.#skipper.run(cursor);
    } catch (problem) {
      this.#goToNext();
      throw problem;
    }
    this.isActive = this.#skipper.isActive;
    const name = this.#name;
    if (name === null) return;
    this.#seen = cursor.pos - start;
    const { depth } = this.#report.limits;
    if (this.#seen > this.maxBytes)
      this.#leaveOut('too-large', `Spans of more than ${this.maxBytes} bytes were left out.`);
    else if (this.isActive) cursor.pos = start;
    else if (this.#skipper.deepest > depth)
      this.#leaveOut('too-deep', `Spans nested deeper than ${depth} levels were left out.`);
    else this.#handOn(name, cursor.bytes.subarray(start, cursor.pos));
  }

  /** No more bytes are coming. Moves the cursor to where the next item may begin; false where there is none to be seen. */
  end(): boolean {
    const cursor = this.#cursor;
    const start = cursor.pos;
    cursor.pos = cursor.end;
    if (this.#goToNext()) return true;
    cursor.pos = start;
    return false;
  }

  /** The cursor stands where the item was found to be cut off: it may have taken others with it. */
  #goToNext(): boolean {
    const cursor = this.#cursor;
    const next = this.#skipper.firstObjectLine;
    const noticed = cursor.offset + cursor.pos;
    // What is passed over is not kept.
    if (next === null || this.#name === null || this.#again + noticed - next.byte > noticed) return false;
    this.#again += noticed - next.byte;
    cursor.pos = next.byte - cursor.offset;
    cursor.line = next.line;
    return true;
  }

  #handOn(name: Item, bytes: Uint8Array): void {
    const text = decoder.decode(bytes);
    if (text.includes('\ufffd') && !isUtf8(bytes)) {
      const message = 'Texts that are not UTF-8 are shown with � where they are not.';
      this.#report.issue('bad-utf8', 'warning', message, this.at);
    }
    let value: JsonValue;
    try {
      value = parseJson(text);
    } catch {
      const message =
        'What stands between the brackets of a span is no JSON: it was left out, and what follows was read.';
      return this.#leaveOut('bad-json', message);
    }
    if (isObject(value)) this.#receiver.item(name, value, this.at);
  }

  /** What is left of the item is passed over, and not kept. */
  #leaveOut(code: string, message: string): void {
    this.#name = null;
    this.#seen = 0;
    this.#report.issue(code, 'error', message, this.at);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictDecoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
