import type { StringTable } from '../../base/strings.ts';
import { ValueType } from '../../store/attributes.ts';
import { arrayText, base64Text, doubleText, mapText, stringText } from '../anyValueText.ts';
import { OPEN_BRACE, OPEN_BRACKET, QUOTE, type JsonCursor } from './jsonCursor.ts';
import { KeySet } from './keySet.ts';
import type { JsonTokens } from './jsonTokens.ts';

const Value = { string: 1, boolean: 2, integer: 3, double: 4, array: 5, map: 6, bytes: 7 } as const;
const Field = { key: 1, value: 2 } as const;

/**
 * OTLP's AnyValue: `{"stringValue": "GET"}`, `{"intValue": "200"}`, `{"arrayValue": {"values": […]}}` …
 * The value read last is in `type` and `value`, as AttributeWriter takes it; a value without anything in it is `null`.
 */
export class JsonAnyValue {
  type: ValueType | null = null;
  /** By `type`: a string id, 0 or 1, a number. */
  value = 0;
  /** Where the value read last begins, for those who learn what stands before it; −1 where several members came. */
  valueStart = -1;
  isTooDeep = false;
  /** There is something that OTLP does not have there. */
  isOdd = false;

  readonly #cursor: JsonCursor;
  readonly #tokens: JsonTokens;
  readonly #strings: StringTable;
  readonly #maxDepth: number;
  readonly #valueKeys = new KeySet<number>({
    stringValue: Value.string,
    intValue: Value.integer,
    boolValue: Value.boolean,
    doubleValue: Value.double,
    arrayValue: Value.array,
    kvlistValue: Value.map,
    bytesValue: Value.bytes,
    string_value: Value.string,
    int_value: Value.integer,
    bool_value: Value.boolean,
    double_value: Value.double,
    array_value: Value.array,
    kvlist_value: Value.map,
    bytes_value: Value.bytes,
  });
  readonly #listKeys = new KeySet<true>({ values: true });
  readonly #entryKeys = new KeySet<number>({ key: Field.key, value: Field.value });

  constructor(tokens: JsonTokens, strings: StringTable, maxDepth: number) {
    this.#cursor = tokens.cursor;
    this.#tokens = tokens;
    this.#strings = strings;
    this.#maxDepth = maxDepth;
  }

  /** Reads the value at the cursor. */
  read(): void {
    const cursor = this.#cursor;
    this.type = null;
    this.valueStart = -1;
    this.isTooDeep = this.isOdd = false;
    if (cursor.next() !== OPEN_BRACE) return this.#passOver();
    if (!cursor.openObject()) return;
    let members = 0;
    do {
      const kind = this.#valueKeys.read(cursor);
      this.valueStart = members++ === 0 ? cursor.pos : -1;
      this.#readMember(kind);
    } while (cursor.hasMoreMembers());
  }

  #readMember(kind: number | null): void {
    const isText = this.#cursor.bytes[this.#cursor.pos] === QUOTE;
    switch (kind) {
      case Value.string:
        if (isText) return this.#set(ValueType.string, this.#tokens.stringId());
        break;
      case Value.boolean: {
        const word = this.#tokens.scalarText();
        if (word === 'true' || word === 'false') this.#set(ValueType.boolean, word === 'true' ? 1 : 0);
        else this.isOdd ||= word !== null;
        return;
      }
      case Value.integer:
        return this.#readInteger();
      case Value.double: {
        const text = this.#tokens.scalarText();
        if (text !== null) this.#setNumber(ValueType.double, Number(text), text);
        return;
      }
      case Value.array:
      case Value.map:
      case Value.bytes: {
        const text = this.#compoundText(kind, 1);
        if (text !== null) this.#set(ValueType.json, this.#strings.intern(text));
        return;
      }
      default:
        return this.#tokens.skip();
    }
    this.#passOver();
  }

  #passOver(): void {
    this.isOdd ||= !this.#tokens.isNull();
    this.#tokens.skip();
  }

  #readInteger(): void {
    const text = this.#tokens.scalarText();
    if (text === null) return;
    const number = Number(text);
    if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number)) {
      this.#set(ValueType.json, this.#strings.intern(BigInt(text).toString()));
    } else this.#setNumber(Number.isSafeInteger(number) ? ValueType.integer : ValueType.double, number, text);
  }

  /** A number that is none ("twelve") stays what it is: a text. */
  #setNumber(type: ValueType, number: number, text: string): void {
    if (text === 'NaN' || (text.trim() !== '' && !Number.isNaN(number))) this.#set(type, number);
    else {
      this.#set(ValueType.string, this.#strings.intern(text));
      // The same lead may stand before a number next time.
      this.valueStart = -1;
    }
  }

  #set(type: ValueType, value: number): void {
    this.type = type;
    this.value = value;
  }

  /** A value inside an array or a map, as text. `depth` counts the arrays and maps around it. */
  #nestedText(depth: number): string {
    const cursor = this.#cursor;
    if (depth > this.#maxDepth) this.isTooDeep = true;
    if (this.isTooDeep || cursor.next() !== OPEN_BRACE) {
      this.#tokens.skip();
      return 'null';
    }
    let text = 'null';
    if (!cursor.openObject()) return text;
    do {
      const kind = this.#valueKeys.read(cursor);
      if (kind === Value.array || kind === Value.map || kind === Value.bytes) {
        text = this.#compoundText(kind, depth + 1) ?? text;
      } else {
        this.type = null;
        this.#readMember(kind);
        text = this.#scalarText() ?? text;
      }
    } while (cursor.hasMoreMembers());
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

  /** Null where it is no array, map or bytes after all. */
  #compoundText(kind: number, depth: number): string | null {
    const cursor = this.#cursor;
    if (kind === Value.bytes) {
      const text = this.#tokens.scalarText();
      return text === null ? null : base64Text(text);
    }
    if (cursor.next() !== OPEN_BRACE) {
      this.#passOver();
      return null;
    }
    let text = kind === Value.array ? '[]' : '{}';
    if (!cursor.openObject()) return text;
    do {
      const isValues = this.#listKeys.read(cursor) === true && cursor.next() === OPEN_BRACKET;
      if (!isValues) this.#tokens.skip();
      else text = kind === Value.array ? this.#arrayText(depth) : this.#mapText(depth);
    } while (cursor.hasMoreMembers());
    return text;
  }

  #arrayText(depth: number): string {
    const values: string[] = [];
    if (this.#cursor.openArray())
      do values.push(this.#nestedText(depth));
      while (this.#cursor.hasMoreElements());
    return arrayText(values);
  }

  #mapText(depth: number): string {
    const entries: [string, string][] = [];
    if (this.#cursor.openArray())
      do entries.push(this.#entry(depth));
      while (this.#cursor.hasMoreElements());
    return mapText(entries);
  }

  #entry(depth: number): [string, string] {
    const cursor = this.#cursor;
    let key = '';
    let value = 'null';
    if (cursor.next() !== OPEN_BRACE) this.#tokens.skip();
    else if (cursor.openObject()) {
      do {
        const field = this.#entryKeys.read(cursor);
        if (field === Field.key) key = this.#tokens.scalarText() ?? '';
        else if (field === Field.value) value = this.#nestedText(depth);
        else this.#tokens.skip();
      } while (cursor.hasMoreMembers());
    }
    return [key, value];
  }
}
