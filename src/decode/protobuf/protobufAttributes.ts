import { grown } from '../../base/growable.ts';
import type { AttributeWriter } from '../../store/attributes.ts';
import { addAttribute } from '../addAttribute.ts';
import type { SourceReport } from '../sourceReport.ts';
import { WordPool } from '../wordPool.ts';
import { ProtobufAnyValue } from './anyValue.ts';
import { tagOf, WireType, type ProtobufCursor } from './protobufCursor.ts';

const KEY = tagOf(1, WireType.bytes);
const VALUE = tagOf(2, WireType.bytes);

/**
 * OTLP's KeyValue (common.proto). As in JSON, the bytes that led from one shape to the next are compared first:
 *
 *     shape 0   0a 0b "http.method" 12   ─▶ shape 1      then the value's length and the value
 */
export class ProtobufAttributes {
  readonly #cursor: ProtobufCursor;
  readonly #writer: AttributeWriter;
  readonly #report: SourceReport;
  readonly #value: ProtobufAnyValue;

  readonly #leads = new WordPool();
  /** Shape → the shape that followed it last time, 0 for none. */
  #expected = new Uint32Array(1024);
  /** Shape → 1 + its lead, and the key that it adds; 0 where no lead was learnt. */
  #lead = new Uint32Array(1024);
  #key = new Uint32Array(1024);

  constructor(cursor: ProtobufCursor, report: SourceReport) {
    this.#cursor = cursor;
    this.#report = report;
    this.#writer = report.sink.attributes;
    this.#value = new ProtobufAnyValue(cursor, report.sink.strings, report.limits.depth);
  }

  /** Adds the attribute between the cursor and `end` to the writer's list. */
  read(end: number): void {
    const cursor = this.#cursor;
    const before = this.#writer.shape;
    const start = cursor.pos;
    const expected = this.#expected[before];
    const lead = expected === 0 ? 0 : this.#leads.match(this.#lead[expected] - 1, cursor.view, start, end);
    if (lead > 0) {
      cursor.pos = start + lead;
      this.#value.read(cursor.lengthWithin(end));
      if (cursor.pos === end) return this.#add(this.#key[expected]);
      cursor.pos = start;
    }
    let key = 0;
    let keyEnd = -1;
    this.#value.type = null;
    this.#value.isTooDeep = false;
    while (cursor.pos < end) {
      const tag = cursor.varint();
      if (tag === KEY) {
        keyEnd = cursor.lengthWithin(end);
        key = this.#report.sink.strings.internBytes(cursor.bytes, cursor.pos, keyEnd);
        cursor.pos = keyEnd;
      } else if (tag === VALUE) this.#value.read(cursor.lengthWithin(end));
      else cursor.skip(tag, end);
    }
    cursor.expectEnd(end);
    this.#add(key);
    if (cursor.bytes[start] === KEY && cursor.bytes[keyEnd] === VALUE) this.#learn(before, key, start, keyEnd + 1);
  }

  #add(key: number): void {
    const { type, value, isTooDeep } = this.#value;
    if (!isTooDeep) return addAttribute(this.#writer, key, type, value);
    const message = `Attribute values nested deeper than ${this.#report.limits.depth} levels were left out.`;
    this.#report.issueInUnit('too-deep', message, { byte: this.#cursor.offset + this.#cursor.pos });
  }

  #learn(before: number, key: number, start: number, end: number): void {
    const shape = this.#writer.shape;
    if (shape === before) return;
    if (Math.max(shape, before) >= this.#lead.length) {
      this.#expected = grown(this.#expected, Math.max(shape, before) + 1);
      this.#lead = grown(this.#lead, this.#expected.length);
      this.#key = grown(this.#key, this.#expected.length);
    }
    if (this.#lead[shape] === 0) {
      this.#lead[shape] = 1 + this.#leads.add(this.#cursor.bytes, start, end);
      this.#key[shape] = key;
    }
    this.#expected[before] = shape;
  }
}
