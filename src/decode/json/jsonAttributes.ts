import { grown } from '../../base/growable.ts';
import { ValueType, type AttributeWriter } from '../../store/attributes.ts';
import { addAttribute } from '../addAttribute.ts';
import type { SourceReport } from '../sourceReport.ts';
import { WordPool } from '../wordPool.ts';
import { JsonAnyValue } from './anyValue.ts';
import { CLOSE_BRACE, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './jsonCursor.ts';
import type { JsonTokens } from './jsonTokens.ts';
import { KeySet } from './keySet.ts';

const Field = { key: 1, value: 2 } as const;
/** A number of more digits may be beyond 2⁵³. */
const EXACT_DIGITS = 15;

/**
 * Lists of attributes, `[{"key": "http.method", "value": {"stringValue": "GET"}}, …]`.
 *
 * Spans of one operation have the same keys in the same order, and the writer keeps that order as a path of shapes. So
 * the bytes that lead from one shape to the next are remembered, and where they stand again only the value is read:
 *
 *     shape 0   {"key":"http.method","value":{"stringValue":   ─▶ shape 1     then "GET", then }}
 *     shape 1   {"key":"http.status_code","value":{"intValue": ─▶ shape 2     then "200", then }}
 */
export class JsonAttributes {
  readonly #tokens: JsonTokens;
  readonly #writer: AttributeWriter;
  readonly #report: SourceReport;
  readonly #value: JsonAnyValue;
  readonly #keys = new KeySet<number>({ key: Field.key, value: Field.value });

  readonly #leads = new WordPool();
  /** Shape → the shape that followed it last time, 0 for none. */
  #expected = new Uint32Array(1024);
  /** Shape → 1 + its lead, the key and type that it adds; 0 where no lead was learnt. */
  #lead = new Uint32Array(1024);
  #key = new Uint32Array(1024);
  #type = new Uint8Array(1024);

  constructor(tokens: JsonTokens, report: SourceReport) {
    this.#tokens = tokens;
    this.#report = report;
    this.#writer = report.sink.attributes;
    this.#value = new JsonAnyValue(tokens, report.sink.strings, report.limits.depth);
  }

  /** Writes the list at the cursor; what is no list gives an empty one. */
  read(): void {
    const { cursor } = this.#tokens;
    this.#writer.begin();
    if (cursor.next() !== OPEN_BRACKET) return this.#tokens.skip();
    if (!cursor.openArray()) return;
    do {
      if (!this.#readExpected()) this.#readAny();
    } while (cursor.hasMoreElements());
  }

  /** Reads the attribute that followed this shape last time; false, and nothing moved, where another stands here. */
  #readExpected(): boolean {
    const { cursor } = this.#tokens;
    const writer = this.#writer;
    const shape = this.#expected[writer.shape];
    if (shape === 0) return false;
    const length = this.#leads.match(this.#lead[shape] - 1, cursor.view, cursor.pos, cursor.end);
    if (length === 0) return false;
    const start = cursor.pos;
    cursor.pos += length;
    if (this.#type[shape] === ValueType.string) {
      if (cursor.bytes[cursor.pos] === QUOTE) {
        const id = this.#tokens.stringId();
        if (this.#closes()) {
          writer.addString(this.#key[shape], id);
          return true;
        }
      }
    } else {
      const value = this.#digits();
      if (value >= 0 && this.#closes()) {
        writer.addInteger(this.#key[shape], value);
        return true;
      }
    }
    cursor.pos = start;
    return false;
  }

  /** A whole number of few digits, with or without quotes; −1 for any other. */
  #digits(): number {
    const { cursor } = this.#tokens;
    const { bytes } = cursor;
    const isQuoted = bytes[cursor.pos] === QUOTE;
    let p = isQuoted ? cursor.pos + 1 : cursor.pos;
    const first = p;
    let value = 0;
    for (let digit = bytes[p] - 0x30; digit >= 0 && digit <= 9; digit = bytes[++p] - 0x30) value = value * 10 + digit;
    if (p === first || p - first > EXACT_DIGITS) return -1;
    if (isQuoted && bytes[p++] !== QUOTE) return -1;
    cursor.pos = p;
    return value;
  }

  /** Moves over the two braces that end an attribute. False where something else follows; white space is for `#readAny`. */
  #closes(): boolean {
    const { cursor } = this.#tokens;
    if (cursor.bytes[cursor.pos] !== CLOSE_BRACE || cursor.bytes[cursor.pos + 1] !== CLOSE_BRACE) return false;
    cursor.pos += 2;
    return true;
  }

  #readAny(): void {
    const { cursor } = this.#tokens;
    const start = cursor.pos;
    const before = this.#writer.shape;
    if (cursor.next() !== OPEN_BRACE) return this.#tokens.skip();
    if (!cursor.openObject()) return;
    let key = 0;
    let members = 0;
    let leadEnd = -1;
    this.#value.type = null;
    this.#value.isTooDeep = false;
    do {
      const field = this.#keys.read(cursor);
      if (field === Field.key) key = this.#tokens.stringIdOrEmpty();
      else if (field === Field.value) {
        this.#value.read();
        leadEnd = members === 1 ? this.#value.valueStart : -1;
      } else this.#tokens.skip();
      members++;
    } while (cursor.hasMoreMembers());
    this.#add(key);
    if (members === 2 && leadEnd > 0) this.#learn(before, key, start, leadEnd);
  }

  /** Adds the value read last; one without anything in it says nothing and is left out. */
  #add(key: number): void {
    const { type, value } = this.#value;
    const { cursor } = this.#tokens;
    if (this.#value.isTooDeep) {
      const message = `Attribute values nested deeper than ${this.#report.limits.depth} levels were left out.`;
      this.#report.issueInUnit('too-deep', message, cursor.position());
      return;
    }
    addAttribute(this.#writer, key, type, value);
  }

  #learn(before: number, key: number, start: number, end: number): void {
    const shape = this.#writer.shape;
    const { type } = this.#value;
    if (shape === before || (type !== ValueType.string && type !== ValueType.integer)) return;
    if (shape >= this.#lead.length || before >= this.#lead.length) this.#grow(Math.max(shape, before) + 1);
    if (this.#lead[shape] === 0) {
      this.#lead[shape] = 1 + this.#leads.add(this.#tokens.cursor.bytes, start, end);
      this.#key[shape] = key;
      this.#type[shape] = type;
    }
    this.#expected[before] = shape;
  }

  #grow(length: number): void {
    this.#expected = grown(this.#expected, length);
    this.#lead = grown(this.#lead, length);
    this.#key = grown(this.#key, length);
    this.#type = grown(this.#type, length);
  }
}
