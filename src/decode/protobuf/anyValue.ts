import type { StringTable } from '../../base/strings.ts';
import { ValueType } from '../../store/attributes.ts';
import { arrayText, bytesText, doubleText, mapText, stringText } from '../anyValueText.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';

export const STRING = tagOf(1, WireType.bytes);
const BOOLEAN = tagOf(2, WireType.varint);
const INTEGER = tagOf(3, WireType.varint);
const DOUBLE = tagOf(4, WireType.fixed64);
const ARRAY = tagOf(5, WireType.bytes);
const MAP = tagOf(6, WireType.bytes);
const BYTES = tagOf(7, WireType.bytes);
const LIST_VALUES = tagOf(1, WireType.bytes);
const ENTRY_KEY = tagOf(1, WireType.bytes);
const ENTRY_VALUE = tagOf(2, WireType.bytes);

const decoder = new TextDecoder();

/** OTLP's AnyValue (common.proto), in the same terms as JsonAnyValue: `type` null where there is nothing in it. */
export class ProtobufAnyValue {
  type: ValueType | null = null;
  value = 0;
  isTooDeep = false;

  readonly #cursor: ProtobufCursor;
  readonly #strings: StringTable;
  readonly #maxDepth: number;

  constructor(cursor: ProtobufCursor, strings: StringTable, maxDepth: number) {
    this.#cursor = cursor;
    this.#strings = strings;
    this.#maxDepth = maxDepth;
  }

  /** Before the first `read` of a value. */
  begin(): void {
    this.type = null;
    this.isTooDeep = false;
  }

  /** Reads the value from the cursor to `end`. A field that comes twice goes on with what it was, as all messages do. */
  read(end: number): void {
    const cursor = this.#cursor;
    while (cursor.pos < end) this.#readMember(cursor.varint(), end);
    cursor.expectEnd(end);
  }

  #readMember(tag: number, end: number): void {
    const cursor = this.#cursor;
    switch (tag) {
      case STRING: {
        const textEnd = cursor.lengthWithin(end);
        this.#set(ValueType.string, this.#strings.internBytes(cursor.bytes, cursor.pos, textEnd));
        cursor.pos = textEnd;
        break;
      }
      case BOOLEAN:
        cursor.varint64();
        this.#set(ValueType.boolean, cursor.low === 0 && cursor.high === 0 ? 0 : 1);
        break;
      case INTEGER:
        cursor.varint64();
        this.#setInteger();
        break;
      case DOUBLE:
        this.#set(ValueType.double, cursor.double());
        break;
      case ARRAY:
      case MAP:
      case BYTES:
        this.#set(ValueType.json, this.#strings.intern(this.#compoundText(tag, end, 1)));
        break;
      default:
        cursor.skip(tag, end);
    }
  }

  #setInteger(): void {
    const { high, low } = this.#cursor;
    const number = (high | 0) * 4294967296 + low;
    if (Number.isSafeInteger(number)) this.#set(ValueType.integer, number);
    else this.#set(ValueType.json, this.#strings.intern(((BigInt(high | 0) << 32n) | BigInt(low)).toString()));
  }

  #set(type: ValueType, value: number): void {
    this.type = type;
    this.value = value;
  }

  /** A value inside an array or a map, as text. `depth` counts the arrays and maps around it, `before` is what it was. */
  #nestedText(end: number, depth: number, before = 'null'): string {
    const cursor = this.#cursor;
    let text = before;
    if (depth > this.#maxDepth) this.isTooDeep = true;
    if (this.isTooDeep) {
      cursor.pos = end;
      return text;
    }
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === ARRAY || tag === MAP || tag === BYTES) text = this.#compoundText(tag, end, depth + 1);
      else {
        this.type = null;
        this.#readMember(tag, end);
        text = this.#scalarText() ?? text;
      }
    }
    cursor.expectEnd(end);
    return text;
  }

  #scalarText(): string | null {
    switch (this.type) {
      case null:
        return null;
      case ValueType.string:
        return stringText(this.#strings.text(this.value));
      case ValueType.boolean:
        return this.value === 1 ? 'true' : 'false';
      case ValueType.json:
        return this.#strings.text(this.value);
      case ValueType.integer:
        return String(this.value);
      default:
        return doubleText(this.value);
    }
  }

  #compoundText(tag: number, limit: number, depth: number): string {
    const cursor = this.#cursor;
    const end = cursor.lengthWithin(limit);
    if (tag === BYTES) {
      const text = bytesText(cursor.bytes.subarray(cursor.pos, end));
      cursor.pos = end;
      return text;
    }
    const values: string[] = [];
    const entries: [string, string][] = [];
    while (cursor.pos < end) {
      const field = cursor.varint();
      if (field !== LIST_VALUES) cursor.skip(field, end);
      else if (tag === ARRAY) values.push(this.#nestedText(cursor.lengthWithin(end), depth));
      else entries.push(this.#entry(cursor.lengthWithin(end), depth));
    }
    cursor.expectEnd(end);
    return tag === ARRAY ? arrayText(values) : mapText(entries);
  }

  #entry(end: number, depth: number): [string, string] {
    const cursor = this.#cursor;
    let key = '';
    let value = 'null';
    while (cursor.pos < end) {
      const field = cursor.varint();
      if (field === ENTRY_KEY) {
        const keyEnd = cursor.lengthWithin(end);
        key = decoder.decode(cursor.bytes.subarray(cursor.pos, keyEnd));
        cursor.pos = keyEnd;
      } else if (field === ENTRY_VALUE) value = this.#nestedText(cursor.lengthWithin(end), depth, value);
      else cursor.skip(field, end);
    }
    cursor.expectEnd(end);
    return [key, value];
  }
}
