import { assertNever } from '../base/assert.ts';
import { ValueType } from '../store/attributes.ts';
import type { AttributeWriter } from '../store/attributeWriter.ts';

/** Adds a value as the AnyValue readers give it. A value without anything in it says nothing and is left out. */
export function addAttribute(writer: AttributeWriter, key: number, type: ValueType | null, value: number): void {
  switch (type) {
    case null:
      return;
    case ValueType.string:
      return writer.addString(key, value);
    case ValueType.boolean:
      return writer.addBoolean(key, value === 1);
    case ValueType.integer:
      return writer.addInteger(key, value);
    case ValueType.double:
      return writer.addDouble(key, value);
    case ValueType.json:
      return writer.addJson(key, value);
    default:
      assertNever(type);
  }
}
