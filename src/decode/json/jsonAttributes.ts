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

/** Lists whose last way is remembered, by the name of the span; and how many attributes of each. */
const WAYS = 512;
const WAY_LENGTH = 64;

/**
 * Lists of attributes, `[{"key": "http.method", "value": {"stringValue": "GET"}}, …]`.
 *
 * Spans of one name have the same keys in the same order, so the way that the last such list took through the shapes
 * is remembered, and so are the bytes that lead to each shape. Where they stand again, only the value is read:
 *
 *     way of "GET /cart"     shape 1                                    shape 2
 *     lead                   {"key":"http.method","value":{"stringValue":  {"key":"http.status_code","value":{"intValue":
 *     value                  "GET", then }}                             "200", then }}
 *
 * A way is only a guess: a list that takes another, or shares its slot with one, is read the slow way and is the next guess.
 */
export class JsonAttributes {
  readonly #tokens: JsonTokens;
  readonly #writer: AttributeWriter;
  readonly #report: SourceReport;
  readonly #value: JsonAnyValue;
  readonly #keys = new KeySet<number>({ key: Field.key, value: Field.value });

  readonly #ways = new Uint32Array(WAYS * WAY_LENGTH);
  readonly #leads = new WordPool();
  /** Shape → 1 + its lead, the key and type of its last attribute; 0 where no lead was learnt. */
  #lead = new Uint32Array(1024);
  #key = new Uint32Array(1024);
  #type = new Uint8Array(1024);
  /** Shape → the text that its last attribute had last time: often it has it again. Never one that had escapes in it. */
  #text = new Uint32Array(1024);

  constructor(tokens: JsonTokens, report: SourceReport) {
    this.#tokens = tokens;
    this.#report = report;
    this.#writer = report.sink.attributes;
    this.#value = new JsonAnyValue(tokens, report.sink.strings, report.limits.depth);
  }

  /** Writes the list at the cursor; what is no list gives an empty one. `name` (a string id) is of what has the list. */
  read(name: number): void {
    const { cursor } = this.#tokens;
    const writer = this.#writer;
    writer.begin();
    if (cursor.next() !== OPEN_BRACKET) return this.#tokens.skip();
    if (!cursor.openArray()) return;
    const way = (name % WAYS) * WAY_LENGTH;
    let index = 0;
    do {
      const step = way + (index++ % WAY_LENGTH);
      if (!this.#readExpected(this.#ways[step])) this.#readAny();
      this.#ways[step] = writer.shape;
    } while (cursor.hasMoreElements());
  }

  /** Reads the attribute that leads to this shape; false, and nothing moved, where another stands here. */
  #readExpected(shape: number): boolean {
    const { cursor } = this.#tokens;
    if (shape === 0 || shape >= this.#lead.length || this.#lead[shape] === 0) return false;
    const length = this.#leads.match(this.#lead[shape] - 1, cursor.view, cursor.pos, cursor.end);
    if (length === 0) return false;
    const start = cursor.pos;
    cursor.pos += length;
    if (this.#readValue(shape)) return true;
    cursor.pos = start;
    return false;
  }

  #readValue(shape: number): boolean {
    const { cursor } = this.#tokens;
    if (this.#type[shape] === ValueType.string) {
      if (cursor.bytes[cursor.pos] !== QUOTE) return false;
      const text = this.#tokens.likelyStringId(this.#text[shape]);
      if (!this.#closes()) return false;
      if (!cursor.hasEscapes) this.#text[shape] = text;
      this.#writer.addString(this.#key[shape], text);
      return true;
    }
    const number = this.#tokens.fewDigits();
    if (number < 0 || !this.#closes()) return false;
    this.#writer.addInteger(this.#key[shape], number);
    return true;
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
    const { shape } = this.#writer;
    const { type } = this.#value;
    if (shape === before || (type !== ValueType.string && type !== ValueType.integer)) return;
    if (shape >= this.#lead.length) {
      this.#lead = grown(this.#lead, shape + 1);
      this.#key = grown(this.#key, shape + 1);
      this.#type = grown(this.#type, shape + 1);
      this.#text = grown(this.#text, shape + 1);
    }
    if (this.#lead[shape] !== 0) return;
    this.#lead[shape] = 1 + this.#leads.add(this.#tokens.cursor.bytes, start, end);
    this.#key[shape] = key;
    this.#type[shape] = type;
  }
}
