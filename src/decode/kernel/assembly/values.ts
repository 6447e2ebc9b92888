import { stopFull } from './failure.ts';
import { NUMBER, NUMBERS, VALUE, VALUE_TYPE, VALUES } from './layout.ts';

/** The value column of store/attributes.ts, with the type of each value beside it: these are `ValueType`. */
export const STRING: u32 = 1;
export const BOOLEAN: u32 = 2;
export const INTEGER: u32 = 3;
export const DOUBLE: u32 = 4;
export const JSON: u32 = 5;

/** The top bit of an integer's value: the rest is an index into the numbers. */
const INDIRECT: u32 = 0x80000000;
/** Whole numbers that a double holds exactly; those beyond are JSON, by their digits. */
export const LARGEST_INTEGER: i64 = 9007199254740991;

export let valueCount: u32 = 0;
export let numberCount: u32 = 0;

export function rollBackValues(values: u32, numbers: u32): void {
  valueCount = values;
  numberCount = numbers;
}

/** `value` by its type: a string's number, 0 or 1, or what `integerValue` and `doubleValue` give. */
/* @inline */ export function addValue(type: u32, value: u32): void {
  if (valueCount === VALUES) stopFull();
  store<u32>(VALUE + (valueCount << 2), value);
  store<u8>(VALUE_TYPE + valueCount, type);
  valueCount++;
}

/** Of a whole number of at most ±LARGEST_INTEGER. */
/* @inline */ export function integerValue(value: i64): u32 {
  return <u64>value < <u64>INDIRECT ? <u32>value : doubleValue(<f64>value) | INDIRECT;
}

export function doubleValue(value: f64): u32 {
  if (numberCount === NUMBERS) stopFull();
  store<f64>(NUMBER + (numberCount << 3), value);
  return numberCount++;
}
