import { grown } from '../base/growable.ts';
import type { StringTable } from '../base/strings.ts';
import { EMPTY_SHAPE, INDIRECT, ValueType, type Attributes } from './attributes.ts';
import { AttributeShapes } from './attributeShapes.ts';
import type { BatchAttributes } from './spanBatch.ts';

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

  /** The offset of the list just written; an empty list has nowhere to be, and is the same wherever it is written. */
  get listOffset(): number {
    return this.shape === EMPTY_SHAPE ? 0 : this.offset;
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
      values: this.#values.subarray(0, this.#valueCount),
      numbers: this.#numbers.subarray(0, this.#numberCount),
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
    else if (type === ValueType.double || (type === ValueType.integer && value >= INDIRECT))
      to[i] = value + firstNumber;
    else to[i] = value;
  }
}
