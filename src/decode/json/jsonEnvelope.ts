import type { Position, SourceReport } from '../sourceReport.ts';
import { RAN_OUT } from '../ranOut.ts';
import { JsonAnswer } from './jsonAnswer.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE, type JsonCursor } from './jsonCursor.ts';
import type { JsonKernel } from './jsonKernel.ts';
import { JsonTokens } from './jsonTokens.ts';
import { JsonUnits, type Unit } from './jsonUnits.ts';
import type { KeySet } from './keySet.ts';
import { COMMON_PARTS, levelKeys, type Member, type Part } from './otlpLevels.ts';
import { OtherDocuments } from './otherDocuments.ts';
import type { ValueSkipper } from './valueSkipper.ts';

/** Wrappers and lists around a request. */
const ENVELOPE_DEPTH = 6;

/** An object or a list that is open. */
interface Level {
  /** Of the object, or of the list's elements. */
  readonly part: Part;
  /** What each element of the list is; null for an object. */
  readonly element: Member | null;
  /** The object's keys. */
  readonly keys: KeySet<Member> | undefined;
  hasMembers: boolean;
  /** Of an envelope where it begins, as long as none of its keys is OTLP's. */
  otherSince: Position | null;
  /** An envelope that is left out: what stands in it is a resource's. */
  isResourceSpans: boolean;
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
  readonly #answer: JsonAnswer;
  readonly #others = new OtherDocuments('OTLP');
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
    this.#answer = new JsonAnswer(this.#tokens, report);
  }

  get isOpen(): boolean {
    return this.#levels.length > 0;
  }

  /** Leaves the document where it is. */
  close(): void {
    this.#levels.length = 0;
    this.#others.tell(this.#report);
  }

  /** One bracket, one member that opens a level or is to be passed over, or one unit. Throws RAN_OUT where it is cut off. */
  step(): void {
    const cursor = this.#cursor;
    const level = this.#levels.at(-1);
    if (level === undefined) return;
    if (cursor.next() === (level.element ? CLOSE_BRACKET : CLOSE_BRACE)) {
      cursor.pos++;
      this.#levels.pop();
      if (level.otherSince !== null && level.hasMembers) this.#others.add(level.otherSince);
      else if (this.#isAmongDocuments) this.#answer.close();
      return;
    }
    if (level.hasMembers) cursor.expect(COMMA);
    const member = level.element ?? level.keys?.read(cursor) ?? null;
    cursor.next();
    if (cursor.pos >= cursor.end) throw RAN_OUT;
    this.#valueStart = cursor.pos;
    this.#valueLine = cursor.line;
    this.#readValue(member, level);
    if (member !== null && !COMMON_PARTS.has(member.part)) level.otherSince = null;
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

  /** Starts to pass over the unit that was being read, from its beginning on. */
  passOver(isDamaged: boolean): void {
    this.goBack();
    const level = this.#levels.at(-1);
    if (level) level.hasMembers = true;
    this.#skipper.start({ isDamaged, isInDocument: true });
  }

  /** Reads a unit, opens a level, or starts to pass over what is neither or has the wrong form. */
  #readValue(member: Member | null, level: Level): void {
    const byte = this.#cursor.bytes[this.#cursor.pos];
    const isObject = byte === OPEN_BRACE;
    const isList = byte === OPEN_BRACKET;
    const isInDocument = level.part !== 'envelope' || (member !== null && member.part !== 'envelope');
    if (isObject && isInDocument) this.#expectNoDocument();
    const passOver = (): void => this.#skipper.start({ isInDocument });
    if (member === null) return isObject || isList || byte === QUOTE ? passOver() : this.#tokens.scalar();
    const { part } = member;
    if (part === 'status') return this.#answer.readStatus();
    if (part === 'message') return this.#answer.readMessage();
    if (!isObject && !isList && byte !== QUOTE) return this.#tokens.scalar();
    // An envelope may stand in a list or not, wherever it is.
    const isWrong = part === 'envelope' ? this.#levels.length > ENVELOPE_DEPTH : isList !== member.isList;
    if (isWrong || byte === QUOTE) {
      if (part !== 'envelope' && !COMMON_PARTS.has(part)) this.#reportForm();
      return passOver();
    }
    if (part !== 'envelope' && !COMMON_PARTS.has(part)) this.#report.isRecognised = true;
    if (isList) return this.#openList(part, level);
    switch (part) {
      case 'resource':
        return this.#readResource(level);
      case 'span':
      case 'scope':
      case 'metricResource':
        return this.#readUnit(part);
      case 'logRecord':
        this.#report.logRecords++;
        return passOver();
      case 'metric':
        if (this.#units.isMemory()) return this.#readUnit(part);
        this.#report.metrics++;
        return passOver();
      case 'resourceProfiles':
        this.#report.issue('profiles', 'info', 'Profiles were passed over.', this.#cursor.position());
        return passOver();
      case 'error':
        if (this.#answer.readError()) level.otherSince = null;
        return;
      case 'resourceSpans':
        return this.#readResourceSpans();
      default:
        return this.open(part, false);
    }
  }

  /** Between two documents, which may stand in a list. */
  get #isAmongDocuments(): boolean {
    const level = this.#levels.at(-1);
    return level === undefined || (level.element !== null && level.part === 'envelope');
  }

  /** A document where a value of this one may stand cut this one off. */
  #expectNoDocument(): void {
    const isDocument = this.#cursor.hasDocumentAt(this.#cursor.pos);
    if (isDocument === null) throw RAN_OUT;
    if (isDocument) this.#cursor.fail('a value of this document');
  }

  #reportForm(): void {
    const message =
      'What OTLP has as a list is no list, or the other way round, and was passed over: spans may be missing.';
    this.#report.issue('wrong-form', 'error', message, this.#cursor.position());
  }

  #openList(part: Part, level: Level): void {
    if (level.otherSince !== null && part === 'scopeSpans') this.#leaveOutEnvelope(level);
    this.open(part, true);
  }

  /** Other documents have a `resource` too; one that stands first may be OTLP's. */
  #readResource(level: Level): void {
    if (level.otherSince === null) return this.#readUnit('resource');
    if (level.hasMembers && !level.isResourceSpans) return this.#skipper.start({ isInDocument: true });
    this.#leaveOutEnvelope(level);
    this.#readUnit('resource');
  }

  #leaveOutEnvelope(level: Level): void {
    if (level.isResourceSpans) return;
    this.#kernel?.flush();
    this.#units.open('resourceSpans');
    level.isResourceSpans = true;
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
    const isEnvelope = part === 'envelope' && !isList;
    if (isEnvelope && this.#isAmongDocuments) this.#answer.open();
    const otherSince = isEnvelope ? this.#cursor.position() : null;
    this.#cursor.pos++;
    const keys = this.#keys.get(part);
    const element = isList ? { part, isList: false } : null;
    this.#levels.push({ part, element, keys, hasMembers: false, otherSince, isResourceSpans: false });
    if (!isList) this.#units.open(part);
  }
}
