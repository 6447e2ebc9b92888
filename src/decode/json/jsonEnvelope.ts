import type { SourceReport } from '../sourceReport.ts';
import { RAN_OUT } from '../ranOut.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE, type JsonCursor } from './jsonCursor.ts';
import type { JsonKernel } from './jsonKernel.ts';
import { JsonTokens } from './jsonTokens.ts';
import { JsonUnits, type Unit } from './jsonUnits.ts';
import type { KeySet } from './keySet.ts';
import { levelKeys, type Member, type Part } from './otlpLevels.ts';
import type { ValueSkipper } from './valueSkipper.ts';

/** Wrappers and lists around a request. */
const ENVELOPE_DEPTH = 6;

/** An object or a list that is open. */
interface Level {
  /** What each element of the list is; null for an object. */
  readonly element: Member | null;
  /** The object's keys. */
  readonly keys: KeySet<Member> | undefined;
  hasMembers: boolean;
}

/**
 * What is open of a document, and what is done with each member in it: a unit (span, resource, scope) is read whole, an
 * object or a list of OTLP's envelope is entered, anything else is passed over. The kernel is offered everything first.
 *
 *     {"resourceSpans":[ {"resource": {…},  "scopeSpans":[ {"scope": {…},  "spans":[ {…}, {…}, …
 *      envelope        └ list └ object  unit            └ list └ object unit       └ list └ units
 */
export class JsonEnvelope {
  /** No more bytes are coming to what is here. */
  isEnding = false;

  readonly #cursor: JsonCursor;
  readonly #skipper: ValueSkipper;
  readonly #report: SourceReport;
  readonly #kernel: JsonKernel | null;
  readonly #tokens: JsonTokens;
  readonly #units: JsonUnits;
  readonly #keys = levelKeys();
  readonly #levels: Level[] = [];
  /** Where the value being read begins in the buffer, and its line. */
  #valueStart = 0;
  #valueLine = 0;

  constructor(cursor: JsonCursor, skipper: ValueSkipper, report: SourceReport, kernel: JsonKernel | null) {
    this.#cursor = cursor;
    this.#skipper = skipper;
    this.#report = report;
    this.#kernel = kernel;
    this.#tokens = new JsonTokens(cursor, report.sink.strings);
    this.#units = new JsonUnits(this.#tokens, report);
  }

  get isOpen(): boolean {
    return this.#levels.length > 0;
  }

  /** Leaves the document where it is. */
  close(): void {
    this.#levels.length = 0;
  }

  /** One bracket, one member that opens a level or is to be passed over, or one unit. Throws RAN_OUT where it is cut off. */
  step(): void {
    const cursor = this.#cursor;
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    if (cursor.next() === (level.element ? CLOSE_BRACKET : CLOSE_BRACE)) {
      cursor.pos++;
      this.#levels.pop();
      return;
    }
    if (level.hasMembers) cursor.expect(COMMA);
    const member = level.element ?? level.keys?.read(cursor) ?? null;
    cursor.next();
    if (cursor.pos >= cursor.end) throw RAN_OUT;
    this.#valueStart = cursor.pos;
    this.#valueLine = cursor.line;
    this.#readValue(member);
    level.hasMembers = true;
  }

  /** Takes back what was read of a unit that did not come to its end; false where there is none. */
  takeBack(): boolean {
    return this.#units.takeBack();
  }

  /** Moves the cursor to where the value begins that was being read. */
  goBack(): void {
    this.#cursor.pos = this.#valueStart;
    this.#cursor.line = this.#valueLine;
  }

  /** The unit at the cursor is larger than anything may be in memory. */
  passOver(): void {
    const message = `A span or resource of more than ${this.#report.limits.unitBytes} bytes was left out.`;
    this.#report.issue('too-large', 'error', message, this.#cursor.position());
    const level = this.#levels.at(-1);
    if (level) level.hasMembers = true;
    this.#skipper.start();
  }

  /** Reads a unit, opens a level, or starts to pass over what is neither or has the wrong form. */
  #readValue(member: Member | null): void {
    const byte = this.#cursor.bytes[this.#cursor.pos];
    const isObject = byte === OPEN_BRACE;
    const isList = byte === OPEN_BRACKET;
    if (!isObject && !isList && byte !== QUOTE) return this.#tokens.scalar();
    if (member === null || byte === QUOTE) return this.#skipper.start();
    const { part } = member;
    // An envelope may stand in a list or not, wherever it is.
    if (part === 'envelope' ? this.#levels.length > ENVELOPE_DEPTH : isList !== member.isList)
      return this.#skipper.start();
    if (part !== 'envelope') this.#report.isRecognised = true;
    if (isList) return this.open(part, true);
    switch (part) {
      case 'span':
      case 'resource':
      case 'scope':
      case 'metricResource':
        return this.#readUnit(part);
      case 'logRecord':
        this.#report.logRecords++;
        return this.#skipper.start();
      case 'metric':
        if (this.#units.isMemory()) return this.#readUnit(part);
        this.#report.metrics++;
        return this.#skipper.start();
      case 'resourceSpans':
        return this.#readResourceSpans();
      default:
        return this.open(part, false);
    }
  }

  #readUnit(unit: Unit): void {
    if (unit === 'span' && this.#kernel?.takeSpans() === true) return;
    this.#kernel?.flush();
    this.#units.read(unit);
  }

  #readResourceSpans(): void {
    const outcome = this.#kernel?.takeResourceSpans() ?? 'left';
    if (outcome === 'ranOut' && !this.isEnding) throw RAN_OUT;
    if (outcome !== 'taken') this.open('resourceSpans', false);
  }

  /** At the opening bracket of an object of this part, or of a list of them. */
  open(part: Part, isList: boolean): void {
    this.#cursor.pos++;
    const keys = this.#keys.get(part);
    this.#levels.push({ element: isList ? { part, isList: false } : null, keys, hasMembers: false });
    if (!isList) this.#units.open(part);
  }
}
