import { IdWords, type IdForm } from '../idWords.ts';
import type { SourceReport } from '../sourceReport.ts';
import { Words64 } from '../words64.ts';
import { enumNumber } from './enumNames.ts';
import { QUOTE, type JsonCursor } from './jsonCursor.ts';
import type { JsonTokens } from './jsonTokens.ts';

/** Ids, times, enums and numbers in all the ways in which they are written. */
export class JsonScalars {
  /** The id and the time read last. */
  readonly id = new IdWords();
  readonly time = new Words64();

  readonly #tokens: JsonTokens;
  readonly #cursor: JsonCursor;
  readonly #report: SourceReport;

  constructor(tokens: JsonTokens, report: SourceReport) {
    this.#tokens = tokens;
    this.#cursor = tokens.cursor;
    this.#report = report;
  }

  /** An id that is no string counts as absent where it is null, and as invalid otherwise. */
  readId(byteCount: number): IdForm {
    const { id } = this;
    const cursor = this.#cursor;
    const { bytes, pos } = cursor;
    if (bytes[pos] !== QUOTE) {
      const isAbsent = this.#tokens.scalarText() === null;
      id.words.fill(0);
      return isAbsent ? 'absent' : 'invalid';
    }
    // Nearly always the closing quote is where hex ends, and need not be looked for.
    const end = pos + 1 + byteCount * 2;
    if (end < cursor.end && bytes[end] === QUOTE && id.readHex(bytes, pos + 1, byteCount)) {
      cursor.pos = end + 1;
      return 'valid';
    }
    this.#tokens.string();
    return id.read(this.#tokens.text, this.#tokens.textStart, this.#tokens.textEnd, byteCount);
  }

  /** Nanoseconds as a decimal string or number. */
  readTime(): void {
    const cursor = this.#cursor;
    const { bytes, pos } = cursor;
    const { time } = this;
    // From 2001 to 2286 they have 19 digits.
    const end = pos + 20;
    if (bytes[pos] === QUOTE && bytes[end] === QUOTE && end < cursor.end && time.readDigits(bytes, pos + 1, end)) {
      cursor.pos = end + 1;
      return;
    }
    if (time.readText(this.#tokens.scalarText() ?? '')) return;
    const message = 'Times that are no nanoseconds since 1970 were read as 0.';
    this.#report.issueInUnit('invalid-time', message, cursor.position());
  }

  number(): number {
    const few = this.#tokens.fewDigits();
    return few >= 0 ? few : Number(this.#tokens.scalarText() ?? 0);
  }

  enumNumber(names: readonly string[]): number {
    const cursor = this.#cursor;
    const few = this.#tokens.fewDigits();
    const number = few >= 0 ? few : enumNumber(names, this.#tokens.scalarText());
    if (number >= 0 && number < names.length) return number;
    this.#report.unknownEnum(cursor.position());
    return 0;
  }
}
