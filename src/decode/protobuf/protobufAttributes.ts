import { ValueType } from '../../store/attributes.ts';
import type { AttributeWriter } from '../../store/attributeWriter.ts';
import { addAttribute } from '../addAttribute.ts';
import { AttributeGuesses } from '../attributeGuesses.ts';
import type { SourceReport } from '../sourceReport.ts';
import { ProtobufAnyValue, STRING } from './anyValue.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';

const KEY = tagOf(1, WireType.bytes);
const VALUE = tagOf(2, WireType.bytes);

/** OTLP's KeyValue (common.proto). A lead is the key and the tag of the value: `0a 0b "http.method" 12`. */
export class ProtobufAttributes {
  readonly #cursor: ProtobufCursor;
  readonly #writer: AttributeWriter;
  readonly #report: SourceReport;
  readonly #value: ProtobufAnyValue;
  readonly #guesses = new AttributeGuesses();
  /** How many attributes the list has so far. */
  #index = 0;

  constructor(cursor: ProtobufCursor, report: SourceReport) {
    this.#cursor = cursor;
    this.#report = report;
    this.#writer = report.sink.attributes;
    this.#value = new ProtobufAnyValue(cursor, report.sink.strings, report.limits.depth);
  }

  /** Begins a list. */
  begin(): void {
    this.#writer.begin();
    this.#index = 0;
  }

  /** Adds the attribute between the cursor and `end` to the list. `name` (a string id) is of what has the list. */
  read(end: number, name: number): void {
    const index = this.#index++;
    if (!this.#readGuessed(this.#guesses.shapeAt(name, index), end)) this.#readAny(end);
    this.#guesses.wentTo(this.#writer.shape, name, index);
  }

  /** Reads the attribute that leads to this shape; false, and nothing moved, where another stands here. */
  #readGuessed(shape: number, end: number): boolean {
    const cursor = this.#cursor;
    const start = cursor.pos;
    const length = shape === 0 ? 0 : this.#guesses.matchLead(shape, cursor.view, start, end);
    if (length === 0) return false;
    cursor.pos += length;
    const valueEnd = cursor.lengthWithin(end);
    const isLast = valueEnd === end && cursor.pos < end;
    if (isLast && this.#guesses.type(shape) === ValueType.string && cursor.bytes[cursor.pos] === STRING) {
      cursor.pos++;
      const text = cursor.likelyText(end, this.#report.sink.strings, this.#guesses.text(shape));
      if (cursor.pos === end) {
        this.#guesses.setText(shape, text);
        this.#writer.addString(this.#guesses.key(shape), text);
        return true;
      }
    } else if (isLast) {
      this.#value.begin();
      this.#value.read(end);
      this.#add(this.#guesses.key(shape));
      return true;
    }
    cursor.pos = start;
    return false;
  }

  #readAny(end: number): void {
    const cursor = this.#cursor;
    const start = cursor.pos;
    const before = this.#writer.shape;
    const value = this.#value;
    let key = 0;
    let keyEnd = -1;
    value.begin();
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === KEY) {
        key = cursor.text(end, this.#report.sink.strings);
        keyEnd = cursor.pos;
      } else if (tag === VALUE) value.read(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    this.#add(key);
    const { shape } = this.#writer;
    const isWhole = cursor.bytes[start] === KEY && cursor.bytes[keyEnd] === VALUE && shape !== before;
    if (isWhole && value.type !== null) this.#guesses.learn(shape, key, value.type, cursor.bytes, start, keyEnd + 1);
  }

  #add(key: number): void {
    const { type, value, isTooDeep } = this.#value;
    if (!isTooDeep) return addAttribute(this.#writer, key, type, value);
    const message = `Attribute values nested deeper than ${this.#report.limits.depth} levels were left out.`;
    this.#report.issueInUnit('too-deep', message, { byte: this.#cursor.offset + this.#cursor.pos });
  }
}
