import { grown, hasMemoryFor } from '../base/growable.ts';
import { PagedWords } from '../base/pagedWords.ts';
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
  /** There is no memory for another attribute: no more are taken. */
  isFull = false;

  readonly #shapes = new AttributeShapes();
  readonly #values = new PagedWords();
  #valueCount = 0;
  /** Per value its type, where they are to be taken as a batch. */
  #types: Uint8Array | null;
  #numbers = new Float64Array(256);
  #numberCount = 0;

  constructor(strings: StringTable, keepsTypes = false) {
    this.strings = strings;
    this.#types = keepsTypes ? new Uint8Array(this.#values.capacity) : null;
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
   * Throws a RangeError where there is no memory: `rollBack` takes back what was written.
   */
  append(batch: BatchAttributes, stringIds: Uint32Array): Uint32Array {
    const shapes = new Uint32Array(batch.shapeCount);
    for (let shape = 1; shape < batch.shapeCount; shape++) {
      const key = stringIds[batch.shapeKey[shape]];
      shapes[shape] = this.#shapes.child(shapes[batch.shapeUp[shape]], key, batch.shapeType[shape]);
    }
    const first = this.#valueCount;
    const firstNumber = this.#numberCount;
    this.#reserve(first + batch.valueCount, firstNumber + batch.numberCount);
    this.#types?.set(batch.valueTypes.subarray(0, batch.valueCount), first);
    this.#numbers.set(batch.numbers.subarray(0, batch.numberCount), firstNumber);
    this.#values.eachStretch(first, first + batch.valueCount, (page, at, index, length) => {
      renumberValues(batch, index - first, page.subarray(at, at + length), stringIds, firstNumber);
    });
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
      values: this.#values.flat(this.#valueCount),
      valueTypes: this.#types,
      numberCount: this.#numberCount,
      numbers: this.#numbers,
    };
  }

  finish(): Attributes {
    const shapes = this.#shapes;
    this.#values.trim(this.#valueCount);
    return {
      strings: this.strings,
      shapeCount: shapes.count,
      shapeKey: shapes.key,
      shapeType: shapes.type,
      shapeUp: shapes.up,
      shapeLength: shapes.length,
      values: this.#values,
      numbers: this.#numbers.slice(0, this.#numberCount),
    };
  }

  #add(key: number, type: ValueType, value: number): void {
    const position = this.#valueCount;
    if (this.isFull || (position === this.#values.capacity && !this.#hasRoom(position + 1, 0))) return;
    this.shape = this.#shapes.child(this.shape, key, type);
    this.#values.put(position, value);
    if (this.#types !== null) this.#types[position] = type;
    this.#valueCount = position + 1;
  }

  #number(value: number): number {
    const number = this.#numberCount;
    if (this.isFull || (number === this.#numbers.length && !this.#hasRoom(0, number + 1))) return 0;
    this.#numbers[number] = value;
    this.#numberCount = number + 1;
    return number;
  }

  #hasRoom(values: number, numbers: number): boolean {
    this.isFull = !hasMemoryFor(() => this.#reserve(values, numbers));
    return !this.isFull;
  }

  /** Throws a RangeError where there is no memory. */
  #reserve(values: number, numbers: number): void {
    this.#values.reserve(values);
    this.#numbers = grown(this.#numbers, numbers);
    if (this.#types !== null) this.#types = grown(this.#types, this.#values.capacity);
  }
}

/**
 * A batch's values, from the one at `first` on, as they are here: strings by their ids here, numbers after those that
 * are here.
 */
function renumberValues(
  { values, valueTypes }: BatchAttributes,
  first: number,
  to: Uint32Array,
  stringIds: Uint32Array,
  firstNumber: number,
): void {
  for (let i = 0; i < to.length; i++) {
    const value = values[first + i];
    const type = valueTypes[first + i];
    if (type === ValueType.string || type === ValueType.json) to[i] = stringIds[value];
    else if (type === ValueType.double || (type === ValueType.integer && value >= INDIRECT))
      to[i] = value + firstNumber;
    else to[i] = value;
  }
}
