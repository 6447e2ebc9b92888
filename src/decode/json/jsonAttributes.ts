import { ValueType } from '../../store/attributes.ts';
import type { AttributeWriter } from '../../store/attributeWriter.ts';
import { addAttribute } from '../addAttribute.ts';
import { AttributeGuesses } from '../attributeGuesses.ts';
import type { SourceReport } from '../sourceReport.ts';
import { JsonAnyValue } from './anyValue.ts';
import { CLOSE_BRACE, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './jsonCursor.ts';
import type { JsonTokens } from './jsonTokens.ts';
import { KeySet } from './keySet.ts';

const Field = { key: 1, value: 2 } as const;

const ODD = 'Attributes that are not written as OTLP writes them were left out.';

/** Lists of attributes: `[{"key": "http.method", "value": {"stringValue": "GET"}}, …]`. */
export class JsonAttributes {
  readonly #tokens: JsonTokens;
  readonly #writer: AttributeWriter;
  readonly #report: SourceReport;
  readonly #value: JsonAnyValue;
  readonly #guesses = new AttributeGuesses();
  readonly #keys = new KeySet<number>({ key: Field.key, value: Field.value });

  constructor(tokens: JsonTokens, report: SourceReport) {
    this.#tokens = tokens;
    this.#report = report;
    this.#writer = report.sink.attributes;
    this.#value = new JsonAnyValue(tokens, report.sink.strings, report.limits.depth);
  }

  /** Writes the list at the cursor; what is no list gives an empty one. `name` (a string id) is of what has the list. */
  read(name: number): void {
    const { cursor } = this.#tokens;
    this.#writer.begin();
    if (cursor.next() !== OPEN_BRACKET) return this.#passOver();
    if (!cursor.openArray()) return;
    let index = 0;
    do {
      if (!this.#readGuessed(this.#guesses.shapeAt(name, index))) this.#readAny();
      this.#guesses.wentTo(this.#writer.shape, name, index++);
    } while (cursor.hasMoreElements());
  }

  /** Reads the attribute that leads to this shape; false, and nothing moved, where another stands here. */
  #readGuessed(shape: number): boolean {
    const { cursor } = this.#tokens;
    const { pos, line } = cursor;
    const length = shape === 0 ? 0 : this.#guesses.matchLead(shape, cursor.view, pos, cursor.end);
    if (length === 0) return false;
    cursor.pos += length;
    cursor.line += this.#guesses.lines(shape);
    if (this.#readValue(shape)) return true;
    cursor.pos = pos;
    cursor.line = line;
    return false;
  }

  #readValue(shape: number): boolean {
    const { cursor } = this.#tokens;
    const key = this.#guesses.key(shape);
    switch (this.#guesses.type(shape)) {
      case ValueType.string: {
        if (cursor.bytes[cursor.pos] !== QUOTE) return false;
        const text = this.#tokens.likelyStringId(this.#guesses.text(shape));
        if (!this.#closes()) return false;
        // One that has escapes in it is written in other bytes than it has.
        if (!cursor.hasEscapes) this.#guesses.setText(shape, text);
        this.#writer.addString(key, text);
        return true;
      }
      case ValueType.integer: {
        const number = this.#tokens.fewDigits();
        if (number < 0 || !this.#closes()) return false;
        this.#writer.addInteger(key, number);
        return true;
      }
      case ValueType.boolean: {
        const isTrue = this.#tokens.word('true');
        if ((!isTrue && !this.#tokens.word('false')) || !this.#closes()) return false;
        this.#writer.addBoolean(key, isTrue);
        return true;
      }
      default:
        return false;
    }
  }

  /** Moves over the two braces that end an attribute. False where something else follows. */
  #closes(): boolean {
    const { cursor } = this.#tokens;
    if (cursor.next() !== CLOSE_BRACE) return false;
    cursor.pos++;
    if (cursor.next() !== CLOSE_BRACE) return false;
    cursor.pos++;
    return true;
  }

  #readAny(): void {
    const { cursor } = this.#tokens;
    const start = cursor.pos;
    const before = this.#writer.shape;
    if (cursor.next() !== OPEN_BRACE) return this.#passOver();
    if (!cursor.openObject()) return;
    const value = this.#value;
    let key = 0;
    let members = 0;
    let leadEnd = -1;
    value.type = null;
    value.isTooDeep = value.isOdd = false;
    do {
      const field = this.#keys.read(cursor);
      if (field === Field.key) key = this.#tokens.stringIdOrEmpty();
      else if (field === Field.value) {
        value.read();
        leadEnd = members === 1 ? value.valueStart : -1;
      } else this.#tokens.skip();
      members++;
    } while (cursor.hasMoreMembers());
    this.#add(key);
    const { shape } = this.#writer;
    const isWhole = members === 2 && leadEnd > 0 && shape !== before;
    if (isWhole && value.type !== null) this.#guesses.learn(shape, key, value.type, cursor.bytes, start, leadEnd);
  }

  #add(key: number): void {
    const { type, value, isTooDeep, isOdd } = this.#value;
    if (isOdd && type === null) this.#report.issueInUnit('odd-attribute', ODD, this.#tokens.cursor.position());
    if (!isTooDeep) return addAttribute(this.#writer, key, type, value);
    const message = `Attribute values nested deeper than ${this.#report.limits.depth} levels were left out.`;
    this.#report.issueInUnit('too-deep', message, this.#tokens.cursor.position());
  }

  /** What should be a list of attributes, or one of them: `null` says nothing, anything else is lost. */
  #passOver(): void {
    const at = this.#tokens.cursor.position();
    if (!this.#tokens.isNull()) this.#report.issueInUnit('odd-attribute', ODD, at);
    this.#tokens.skip();
  }
}
