import { grown } from '../base/growable.ts';
import type { PagedWords } from '../base/pagedWords.ts';
import type { StringTable } from '../base/strings.ts';

/** What an attribute's value is, and what its 32 bits in the value column mean. */
export const ValueType = {
  /** A string id. */
  string: 1,
  /** 0 or 1. */
  boolean: 2,
  /** 0 … 2³¹−1 inline; with the top bit set, an index into the numbers column. */
  integer: 3,
  /** An index into the numbers column. */
  double: 4,
  /** The string id of the value as JSON: arrays, maps, bytes as base64, integers beyond 2⁵³. */
  json: 5,
} as const;
export type ValueType = (typeof ValueType)[keyof typeof ValueType];

/** Set in an integer that is an index into the numbers column. */
export const INDIRECT = 0x80000000;
export const EMPTY_SHAPE = 0;

/**
 * A list of attributes is a *shape* and its values. Spans of one operation have the same keys in the same order, so
 * the sequence of (key, type) is a path in a trie and a span stores one number for it:
 *
 *     shape 0 ── http.method:string ─▶ 1 ── http.route:string ─▶ 2 ── http.status_code:integer ─▶ 3
 *     span      shape 3, offset 7      values[7…9] = "GET", "/cart", 200
 *
 * So every attribute of every span stays readable at four bytes each.
 */
export interface Attributes {
  readonly strings: StringTable;
  readonly shapeCount: number;
  /** Per shape: the key of its last attribute (a string id), its type, the shape before it, and the list's length. */
  readonly shapeKey: Uint32Array;
  readonly shapeType: Uint8Array;
  readonly shapeUp: Uint32Array;
  readonly shapeLength: Uint32Array;
  readonly values: PagedWords;
  readonly numbers: Float64Array;
}

export type AttributeValue = string | number | boolean;

/** The value at `position` of the value column, read as `type`. JSON values come as their text. */
export function attributeValue(attributes: Attributes, type: number, position: number): AttributeValue {
  const value = attributes.values.at(position);
  switch (type) {
    case ValueType.boolean:
      return value !== 0;
    case ValueType.integer:
      return value >= INDIRECT ? attributes.numbers[value - INDIRECT] : value;
    case ValueType.double:
      return attributes.numbers[value];
    default:
      return attributes.strings.text(value);
  }
}

/** All attributes of a list in their order, keys as text. For people and for export: one object per attribute. */
export function attributeList(
  attributes: Attributes,
  shape: number,
  offset: number,
): { key: string; type: ValueType; value: AttributeValue }[] {
  const list: { key: string; type: ValueType; value: AttributeValue }[] = [];
  for (let node = shape; node !== EMPTY_SHAPE; node = attributes.shapeUp[node]) {
    const type = attributes.shapeType[node] as ValueType;
    const position = offset + attributes.shapeLength[node] - 1;
    const key = attributes.strings.text(attributes.shapeKey[node]);
    list.push({ key, type, value: attributeValue(attributes, type, position) });
  }
  return list.reverse();
}

/**
 * Looks attributes up by key: once per shape a walk up the trie, then one table read per span.
 * Where a key stands twice in a list, the last one counts (as in a JSON object).
 */
export class AttributeLookup<Key extends string> {
  readonly #attributes: Attributes;
  readonly #keyCount: number;
  readonly #keyIndex: ReadonlyMap<number, number>;
  readonly #indexOf: ReadonlyMap<Key, number>;
  /** Per shape, 1 + its row in `slots`; 0 where the shape was not asked for yet. */
  readonly #rowOfShape: Uint32Array;
  #slots = new Int32Array(1024);
  #types = new Uint8Array(1024);
  #rows = 0;

  constructor(attributes: Attributes, keys: readonly Key[]) {
    this.#attributes = attributes;
    this.#keyCount = keys.length;
    this.#keyIndex = new Map(
      keys.map((key, index) => [attributes.strings.find(key), index] as const).filter(([id]) => id >= 0),
    );
    this.#indexOf = new Map(keys.map((key, index) => [key, index]));
    this.#rowOfShape = new Uint32Array(attributes.shapeCount);
  }

  /** The value of `key` in the list (shape, offset); undefined where it is not there. */
  value(shape: number, offset: number, key: Key): AttributeValue | undefined {
    const cell = this.#cell(shape, key);
    const slot = this.#slots[cell];
    return slot < 0 ? undefined : attributeValue(this.#attributes, this.#types[cell], offset + slot);
  }

  /** The value as text; undefined where it is absent or says nothing (empty, zero, false). */
  text(shape: number, offset: number, key: Key): string | undefined {
    const value = this.value(shape, offset, key);
    return value === undefined || value === '' || value === 0 || value === false ? undefined : String(value);
  }

  has(shape: number, key: Key): boolean {
    return this.slot(shape, key) >= 0;
  }

  /** Which of the list's values belongs to `key`; −1 where none does. */
  slot(shape: number, key: Key): number {
    // First the cell: making one may replace the slots by a longer column.
    const cell = this.#cell(shape, key);
    return this.#slots[cell];
  }

  #cell(shape: number, key: Key): number {
    return this.#row(shape) * this.#keyCount + (this.#indexOf.get(key) ?? 0);
  }

  #row(shape: number): number {
    const known = this.#rowOfShape[shape];
    if (known !== 0) return known - 1;
    const row = this.#rows++;
    const first = row * this.#keyCount;
    this.#slots = grown(this.#slots, first + this.#keyCount);
    this.#types = grown(this.#types, first + this.#keyCount);
    this.#slots.fill(-1, first, first + this.#keyCount);
    const { shapeKey, shapeType, shapeUp, shapeLength } = this.#attributes;
    for (let node = shape; node !== EMPTY_SHAPE; node = shapeUp[node]) {
      const index = this.#keyIndex.get(shapeKey[node]);
      if (index === undefined || this.#slots[first + index] >= 0) continue;
      this.#slots[first + index] = shapeLength[node] - 1;
      this.#types[first + index] = shapeType[node];
    }
    this.#rowOfShape[shape] = row + 1;
    return row;
  }
}
