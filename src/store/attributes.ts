import { grown } from '../base/growable.ts';
import type { StringTable } from '../base/strings.ts';
import { AttributeShapes } from './attributeShapes.ts';
import type { BatchAttributes } from './spanBatch.ts';

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

const INDIRECT = 0x80000000;
const EMPTY_SHAPE = 0;

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
  readonly values: Uint32Array;
  readonly numbers: Float64Array;
}

export type AttributeValue = string | number | boolean;

/** The only writer of attributes. One list at a time: `begin`, then `add…` for each, then read `shape` and `offset`. */
export class AttributeWriter {
  readonly strings: StringTable;
  /** The list that is being written. */
  shape = EMPTY_SHAPE;
  offset = 0;

  readonly #shapes = new AttributeShapes();
  #values = new Uint32Array(4096);
  #valueCount = 0;
  /** Per value its type, where they are to be taken as a batch. */
  #types: Uint8Array | null;
  #numbers = new Float64Array(256);
  #numberCount = 0;

  constructor(strings: StringTable, keepsTypes = false) {
    this.strings = strings;
    this.#types = keepsTypes ? new Uint8Array(4096) : null;
  }

  get valueCount(): number {
    return this.#valueCount;
  }

  get numberCount(): number {
    return this.#numberCount;
  }

  begin(): void {
    this.shape = EMPTY_SHAPE;
    this.offset = this.#valueCount;
  }

  addString(key: number, value: number): void {
    this.#add(key, ValueType.string, value);
  }

  addBoolean(key: number, value: boolean): void {
    this.#add(key, ValueType.boolean, value ? 1 : 0);
  }

  /** `value` is a whole number of at most 2⁵³; beyond that use `addJson` with its decimal digits. */
  addInteger(key: number, value: number): void {
    const inline = value >= 0 && value < INDIRECT;
    this.#add(key, ValueType.integer, inline ? value : (this.#number(value) | INDIRECT) >>> 0);
  }

  addDouble(key: number, value: number): void {
    this.#add(key, ValueType.double, this.#number(value));
  }

  /** `value` is the string id of a JSON text. */
  addJson(key: number, value: number): void {
    this.#add(key, ValueType.json, value);
  }

  /** Takes back everything but the first values and numbers: the span that the others belonged to is not loaded. */
  rollBack(valueCount: number, numberCount: number): void {
    this.#valueCount = valueCount;
    this.#numberCount = numberCount;
  }

  /**
   * Takes over a batch's attributes; `stringIds` are the ids here of its strings. Returns the shapes here of its
   * shapes. Its values come after those that are here, so an offset grows by the `valueCount` from before.
   */
  append(batch: BatchAttributes, stringIds: Uint32Array): Uint32Array {
    const shapes = new Uint32Array(batch.shapeCount);
    for (let shape = 1; shape < batch.shapeCount; shape++) {
      const key = stringIds[batch.shapeKey[shape]];
      shapes[shape] = this.#shapes.child(shapes[batch.shapeUp[shape]], key, batch.shapeType[shape]);
    }
    const first = this.#valueCount;
    const firstNumber = this.#numberCount;
    this.#values = grown(this.#values, first + batch.valueCount);
    this.#numbers = grown(this.#numbers, firstNumber + batch.numberCount);
    if (this.#types !== null) {
      this.#types = grown(this.#types, this.#values.length);
      this.#types.set(batch.valueTypes.subarray(0, batch.valueCount), first);
    }
    this.#numbers.set(batch.numbers.subarray(0, batch.numberCount), firstNumber);
    renumberValues(batch, stringIds, firstNumber, this.#values.subarray(first, first + batch.valueCount));
    this.#valueCount = first + batch.valueCount;
    this.#numberCount = firstNumber + batch.numberCount;
    return shapes;
  }

  /** What is here as a batch's attributes; the writer is used up by it. */
  takeBatch(): BatchAttributes {
    if (this.#types === null) throw new Error('a writer that keeps no types has no batch to give');
    const shapes = this.#shapes;
    return {
      shapeCount: shapes.count,
      shapeKey: shapes.key,
      shapeType: shapes.type,
      shapeUp: shapes.up,
      valueCount: this.#valueCount,
      values: this.#values,
      valueTypes: this.#types,
      numberCount: this.#numberCount,
      numbers: this.#numbers,
    };
  }

  finish(): Attributes {
    const shapes = this.#shapes;
    return {
      strings: this.strings,
      shapeCount: shapes.count,
      shapeKey: shapes.key,
      shapeType: shapes.type,
      shapeUp: shapes.up,
      shapeLength: shapes.length,
      values: this.#values,
      numbers: this.#numbers,
    };
  }

  #add(key: number, type: ValueType, value: number): void {
    this.shape = this.#shapes.child(this.shape, key, type);
    const position = this.#valueCount++;
    if (position === this.#values.length) {
      this.#values = grown(this.#values, position + 1);
      if (this.#types !== null) this.#types = grown(this.#types, this.#values.length);
    }
    this.#values[position] = value;
    if (this.#types !== null) this.#types[position] = type;
  }

  #number(value: number): number {
    this.#numbers = grown(this.#numbers, this.#numberCount + 1);
    this.#numbers[this.#numberCount] = value;
    return this.#numberCount++;
  }
}

/** A batch's values as they are here: strings by their ids here, numbers after those that are here. */
function renumberValues(batch: BatchAttributes, stringIds: Uint32Array, firstNumber: number, to: Uint32Array): void {
  const { values, valueTypes } = batch;
  for (let i = 0; i < to.length; i++) {
    const value = values[i];
    const type = valueTypes[i];
    if (type === ValueType.string || type === ValueType.json) to[i] = stringIds[value];
    else if (type === ValueType.double || (type === ValueType.integer && value >= INDIRECT)) to[i] = value + firstNumber;
    else to[i] = value;
  }
}

/** The value at `position` of the value column, read as `type`. JSON values come as their text. */
export function attributeValue(attributes: Attributes, type: number, position: number): AttributeValue {
  const value = attributes.values[position];
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
    const cell = this.#row(shape) * this.#keyCount + (this.#indexOf.get(key) ?? 0);
    const slot = this.#slots[cell];
    return slot < 0 ? undefined : attributeValue(this.#attributes, this.#types[cell], offset + slot);
  }

  /** The value as text; undefined where it is absent or says nothing (empty, zero, false). */
  text(shape: number, offset: number, key: Key): string | undefined {
    const value = this.value(shape, offset, key);
    return value === undefined || value === '' || value === 0 || value === false ? undefined : String(value);
  }

  has(shape: number, key: Key): boolean {
    // First the row: making one may replace the slots by a longer column.
    const cell = this.#row(shape) * this.#keyCount + (this.#indexOf.get(key) ?? 0);
    return this.#slots[cell] >= 0;
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
