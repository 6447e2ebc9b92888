import { grown } from '../base/growable.ts';
import type { ValueType } from '../store/attributes.ts';
import { WordPool } from './wordPool.ts';

/** Ways that are remembered, by the name of what has the list; and how many attributes of each. */
const WAYS = 512;
const WAY_LENGTH = 64;
const NEWLINE = 0x0a;
/** A longer lead is mostly white space, and not worth it. */
const LONGEST_LEAD = 1000;

/**
 * What stands in a list of attributes is guessed by what stood there last time. Spans of one name have the same keys
 * in the same order, and many of the same values:
 *
 *     way of "GET /cart"   shape 1                                          shape 2
 *     lead                 {"key":"http.method","value":{"stringValue":     {"key":"http.status_code","value":{"intValue":
 *     text                 GET
 *
 * A *way* is the run of shapes (store/attributes.ts) that the last list of that name went through, a *lead* the bytes
 * before the value of a shape's last attribute, a *text* its last value. All are only guesses: where other bytes
 * stand, or two names share a slot, the attribute is read the slow way and is the next guess.
 */
export class AttributeGuesses {
  readonly #ways = new Uint32Array(WAYS * WAY_LENGTH);
  readonly #leads = new WordPool();
  /** By shape. 1 + its lead; 0 where none was learnt. */
  #lead = new Uint32Array(1024);
  #key = new Uint32Array(1024);
  #type = new Uint8Array(1024);
  #text = new Uint32Array(1024);
  /** Line feeds in the lead: JSON may be indented. */
  #lines = new Uint16Array(1024);

  /** The shape behind the attribute at `index` in a list of something with this name; one that was learnt, or 0. */
  shapeAt(name: number, index: number): number {
    const shape = this.#ways[(name % WAYS) * WAY_LENGTH + (index % WAY_LENGTH)];
    return shape < this.#lead.length && this.#lead[shape] !== 0 ? shape : 0;
  }

  wentTo(shape: number, name: number, index: number): void {
    this.#ways[(name % WAYS) * WAY_LENGTH + (index % WAY_LENGTH)] = shape;
  }

  /** How many bytes the lead has, where it stands at `view[pos, end)`; else 0. */
  matchLead(shape: number, view: DataView, pos: number, end: number): number {
    return this.#leads.match(this.#lead[shape] - 1, view, pos, end);
  }

  key(shape: number): number {
    return this.#key[shape];
  }

  type(shape: number): number {
    return this.#type[shape];
  }

  text(shape: number): number {
    return this.#text[shape];
  }

  lines(shape: number): number {
    return this.#lines[shape];
  }

  setText(shape: number, text: number): void {
    this.#text[shape] = text;
  }

  /** `bytes[start, end)` leads to the value of this key. The first lead of a shape stays. */
  learn(shape: number, key: number, type: ValueType, bytes: Uint8Array, start: number, end: number): void {
    if (shape >= this.#lead.length) {
      this.#lead = grown(this.#lead, shape + 1);
      this.#key = grown(this.#key, shape + 1);
      this.#type = grown(this.#type, shape + 1);
      this.#text = grown(this.#text, shape + 1);
      this.#lines = grown(this.#lines, shape + 1);
    }
    if (this.#lead[shape] !== 0 || end - start > LONGEST_LEAD) return;
    this.#lead[shape] = 1 + this.#leads.add(bytes, start, end);
    this.#key[shape] = key;
    this.#type[shape] = type;
    this.#lines[shape] = bytes.subarray(start, end).filter((byte) => byte === NEWLINE).length;
  }
}
