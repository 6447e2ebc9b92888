import type { Decoder } from '../decoder.ts';
import { DocumentFinder } from '../json/documentFinder.ts';
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  JsonCursor,
  JsonSyntaxError,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../json/jsonCursor.ts';
import { unescapedText } from '../json/jsonText.ts';
import { JsonTokens } from '../json/jsonTokens.ts';
import { ValueSkipper } from '../json/valueSkipper.ts';
import { RAN_OUT } from '../ranOut.ts';
import { OtherDocuments } from '../json/otherDocuments.ts';
import type { Position, SourceReport } from '../sourceReport.ts';
import type { ItemReceiver, Place } from './itemLayout.ts';
import { ItemScanner } from './itemScanner.ts';

/** Bytes that are copied into the buffer at a time. */
const SLICE = 1 << 18;
/** A token that was cut off is tried again when there is twice as much of it. */
const GROWTH = 2;
/** Objects and lists around an item. */
const OUTER_DEPTH = 8;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** An object or a list that is open. */
interface Level<Item extends string> {
  readonly place: Place<Item>;
  readonly isList: boolean;
  hasMembers: boolean;
  /** Of a document where it begins, as long as none of its members is known. */
  otherSince: Position | null;
}

/**
 * JSON of any size as items (itemLayout.ts): what is around them is walked through token by token, an item is looked over
 * for its end, in as many chunks as it comes in, and then parsed as a whole. Only one item is in memory at a time.
 *
 *     … "spans":[{"traceID":"1f","logs":[{"fields":[]}]},{"traceID": …
 *                └── looked over: brackets and quotes ──┘ parseJson, then the next
 *
 * Documents may stand in a row, one to a line or not. An item that is no JSON inside is left out, and reading goes on
 * behind it; where the brackets around items are damaged, at the next line that can start a document.
 */
export class ItemReader<Item extends string> implements Decoder {
  isDone = false;
  readonly format: string;

  readonly #report: SourceReport;
  readonly #document: Place<Item>;
  readonly #receiver: ItemReceiver<Item>;
  readonly #cursor = new JsonCursor();
  readonly #tokens: JsonTokens;
  readonly #scanner: ItemScanner<Item>;
  readonly #skipper = new ValueSkipper();
  readonly #finder = new DocumentFinder();
  readonly #others: OtherDocuments;
  readonly #levels: Level<Item>[] = [];
  #documentStart = 0;
  /** Bytes that must be there before the token at the cursor is tried again. */
  #needed = 0;

  /** `format` is its name for people; `document` is what stands at the top. */
  constructor(report: SourceReport, format: string, document: Place<Item>, receiver: ItemReceiver<Item>) {
    this.#report = report;
    this.format = format;
    this.#document = document;
    this.#receiver = receiver;
    this.#others = new OtherDocuments(format);
    this.#scanner = new ItemScanner(report, this.#cursor, receiver);
    this.#tokens = new JsonTokens(this.#cursor, report.sink.strings);
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone; at += SLICE) {
      this.#cursor.append(chunk.subarray(at, at + SLICE));
      if (this.#cursor.end - this.#cursor.pos >= this.#needed) this.#run();
    }
  }

  endMessage(): void {
    const cursor = this.#cursor;
    this.#run();
    while (this.#scanner.isActive && !this.isDone && !this.#report.sink.isFull && this.#scanner.end()) {
      this.#getLost('the rest of a span is missing');
      this.#run();
    }
    const isCut = this.#levels.length > 0 || cursor.pos < cursor.end;
    if (isCut && !this.isDone && !this.#finder.isActive && !this.#report.sink.isFull) {
      const message = 'The input ends in the middle of a document; what came before was read.';
      this.#report.issue('truncated', 'error', message, this.#scanner.isActive ? this.#scanner.at : cursor.position());
    }
    cursor.pos = cursor.end;
    this.#endDocument();
  }

  finish(): void {
    this.endMessage();
    this.#others.tell(this.#report);
    this.#receiver.finish?.();
    this.isDone = true;
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
      } catch (problem) {
        if (problem instanceof JsonSyntaxError) this.#getLost(problem.message);
        else if (problem !== RAN_OUT) throw problem;
        else if (cursor.end - start > this.#scanner.maxBytes)
          this.#getLost('something is longer than anything that is read whole');
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

  /** One token, or one item; false where nothing more can be done with these bytes. Throws RAN_OUT where a token is cut off. */
  #step(): boolean {
    const cursor = this.#cursor;
    if (this.isDone || this.#report.sink.isFull) return false;
    if (this.#finder.isActive && !this.#finder.run(cursor)) return false;
    if (this.#scanner.isActive) {
      this.#scanner.run();
      return !this.#scanner.isActive;
    }
    if (this.#skipper.isActive) {
      this.#skipper.run(cursor);
      return !this.#skipper.isActive;
    }
    const level = this.#levels.at(-1);
    if (level === undefined) return this.#openDocument();
    if (cursor.next() === (level.isList ? CLOSE_BRACKET : CLOSE_BRACE)) {
      cursor.pos++;
      if (level.otherSince !== null && level.hasMembers) this.#others.add(level.otherSince);
      this.#closeLevel();
      return true;
    }
    if (level.hasMembers) cursor.expect(COMMA);
    const place = level.isList ? level.place : this.#member(level.place);
    cursor.next();
    if (cursor.pos >= cursor.end) throw RAN_OUT;
    this.#readValue(place);
    level.hasMembers = true;
    if (place !== null) level.otherSince = null;
    return true;
  }

  #openDocument(): boolean {
    const cursor = this.#cursor;
    const byte = cursor.next();
    if (cursor.pos >= cursor.end) return false;
    this.#documentStart = cursor.offset + cursor.pos;
    if (byte === BYTE_ORDER_MARK[0]) {
      for (const mark of BYTE_ORDER_MARK) cursor.expect(mark);
      return true;
    }
    if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) cursor.fail('"{" or "["');
    this.#readValue(this.#document);
    return true;
  }

  /** Moves over a key and its colon. Null where nothing is known about the member. */
  #member(place: Place<Item>): Place<Item> | null {
    const cursor = this.#cursor;
    if (cursor.next() !== QUOTE) cursor.fail('a key');
    cursor.string();
    const key = unescapedText(cursor);
    cursor.expect(COLON);
    if (typeof place === 'string' || !Object.hasOwn(place.members, key)) return null;
    this.#report.isRecognised = true;
    return place.members[key];
  }

  /** Enters what has items in it; starts to look over an item, or to pass over anything else. */
  #readValue(place: Place<Item> | null): void {
    const cursor = this.#cursor;
    const byte = cursor.bytes[cursor.pos];
    const isList = byte === OPEN_BRACKET;
    if (!isList && byte !== OPEN_BRACE && byte !== QUOTE) return this.#tokens.scalar();
    if (byte === QUOTE && typeof place === 'string' && this.#receiver.text !== undefined) {
      const at = cursor.position();
      cursor.string();
      return this.#receiver.text(place, unescapedText(cursor), at);
    }
    const isOuter = isList || typeof place === 'object';
    if (place === null || byte === QUOTE || (isOuter && this.#levels.length === OUTER_DEPTH)) {
      return this.#skipper.start();
    }
    if (isOuter) {
      const otherSince = !isList && place === this.#document ? cursor.position() : null;
      cursor.pos++;
      this.#levels.push({ place, isList, hasMembers: false, otherSince });
      if (!isList && typeof place === 'object') this.#receiver.open?.(place.group);
      return;
    }
    this.#report.isRecognised = true;
    this.#scanner.start(place);
  }

  #closeLevel(): void {
    const level = this.#levels.pop();
    if (level && !level.isList && typeof level.place !== 'string') this.#receiver.close?.(level.place.group);
  }

  #endDocument(): void {
    while (this.#levels.length > 0) this.#closeLevel();
    this.#scanner.isActive = false;
    this.#skipper.isActive = false;
    this.#finder.isActive = false;
    this.#needed = 0;
  }

  #getLost(problem: string): void {
    const cursor = this.#cursor;
    const message = `This is no JSON: ${problem}. Reading went on at the next line that starts a document.`;
    this.#report.issue('bad-json', 'error', message, this.#scanner.isActive ? this.#scanner.at : cursor.position());
    this.#endDocument();
    this.#finder.start(cursor, this.#documentStart);
  }
}
