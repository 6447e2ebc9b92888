import { isObject, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import type { PlainAttribute } from '../items/plainSpan.ts';

/** The object; an empty one where it is none. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Attributes that are written as an object's members. */
export function memberAttributes(value: JsonValue | undefined): PlainAttribute[] {
  return Object.entries(objectOf(value)).map(([key, member]) => ({ key, value: member }));
}
