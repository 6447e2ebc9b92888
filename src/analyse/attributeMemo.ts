import { grown } from '../base/growable.ts';
import type { Attributes } from '../store/attributes.ts';

/**
 * Runs a rule once for each distinct combination of the attributes that it reads, not once a span.
 *
 *     span   kind    shape                      the rule's keys among its values    answer
 *     7      CLIENT  http.method, peer.service  GET, cart                           0   computed
 *     8      CLIENT  http.method, peer.service  POST, cart                          1   computed
 *     9      CLIENT  http.method, peer.service  GET, cart                           0   found by hash
 *
 * A shape without any of the keys has one answer for each kind. Which other keys a shape has may be asked too, since
 * it is the same for all spans of the shape.
 */
export class AttributeMemo {
  /** Number of distinct combinations so far. */
  count = 0;

  readonly #attributes: Attributes;
  readonly #keys: ReadonlySet<number>;
  /** Per shape: where its list of slots starts in `slots`, plus 1; 0 where it was not made yet. */
  readonly #slotsOfShape: Uint32Array;
  /** Lists of slots: the length, then the positions inside the shape's list of values. */
  #slots = new Uint32Array(1024);
  #slotCount = 0;
  /** Of each combination, the span that it was first seen on. */
  #kind = new Uint8Array(64);
  #shape = new Uint32Array(64);
  #offset = new Uint32Array(64);
  #table = new Uint32Array(256);
  #hashes = new Int32Array(64);

  constructor(attributes: Attributes, keys: readonly string[]) {
    this.#attributes = attributes;
    this.#keys = new Set(keys.map((key) => attributes.strings.find(key)).filter((id) => id >= 0));
    this.#slotsOfShape = new Uint32Array(attributes.shapeCount);
  }

  /** The number of the combination; it equals `count` before the call where the combination is new. */
  id(kind: number, shape: number, offset: number): number {
    const list = this.#slotsOf(shape);
    const length = this.#slots[list];
    const { values } = this.#attributes;
    let hash = Math.imul(shape, 0x9e3779b1) ^ kind;
    for (let i = 1; i <= length; i++) {
      hash = Math.imul(hash ^ values[offset + this.#slots[list + i]], 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    const mask = this.#table.length - 1;
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (let entry = this.#table[slot]; entry !== 0; entry = this.#table[slot]) {
      const id = entry - 1;
      if (this.#hashes[id] === hash && this.#isSame(id, kind, shape, offset, list, length)) return id;
      slot = (slot + 1) & mask;
    }
    return this.#append(slot, hash, kind, shape, offset);
  }

  #isSame(id: number, kind: number, shape: number, offset: number, list: number, length: number): boolean {
    if (this.#shape[id] !== shape || this.#kind[id] !== kind) return false;
    const { values } = this.#attributes;
    for (let i = 1; i <= length; i++) {
      const at = this.#slots[list + i];
      if (values[offset + at] !== values[this.#offset[id] + at]) return false;
    }
    return true;
  }

  #append(slot: number, hash: number, kind: number, shape: number, offset: number): number {
    const id = this.count++;
    this.#kind = grown(this.#kind, this.count);
    this.#shape = grown(this.#shape, this.count);
    this.#offset = grown(this.#offset, this.count);
    this.#hashes = grown(this.#hashes, this.count);
    this.#kind[id] = kind;
    this.#shape[id] = shape;
    this.#offset[id] = offset;
    this.#hashes[id] = hash;
    this.#table[slot] = this.count;
    if (this.count * 2 > this.#table.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = (this.#hashes[id] ^ (this.#hashes[id] >>> 13)) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = id + 1;
    }
  }

  #slotsOf(shape: number): number {
    const known = this.#slotsOfShape[shape];
    if (known !== 0) return known - 1;
    const { shapeKey, shapeUp, shapeLength } = this.#attributes;
    const list = this.#slotCount;
    this.#slots = grown(this.#slots, list + 1 + shapeLength[shape]);
    let length = 0;
    for (let node = shape; node !== 0; node = shapeUp[node]) {
      if (this.#keys.has(shapeKey[node])) this.#slots[list + ++length] = shapeLength[node] - 1;
    }
    this.#slots[list] = length;
    this.#slotCount = list + 1 + length;
    this.#slotsOfShape[shape] = list + 1;
    return list;
  }
}
