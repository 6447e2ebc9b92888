import { objectsOf, textOf, type JsonObject, type JsonValue } from '../items/jsonValue.ts';
import { wholeNumber } from '../items/microTimes.ts';
import type { PlainAttribute } from '../items/plainSpan.ts';

/** Jaeger's tags (jaeger, internal/uimodel/model.go): `[{"key": "http.status_code", "type": "int64", "value": 200}, …]`. */
export function jaegerTags(tags: JsonValue | undefined): PlainAttribute[] {
  return objectsOf(tags).map(jaegerTag);
}

/** The value's type is said beside it; where it contradicts the value, the value counts as it is written. */
function jaegerTag({ key, type, value }: JsonObject): PlainAttribute {
  const name = textOf(key);
  switch (type) {
    case 'bool':
      return { key: name, value: value === 'true' ? true : value === 'false' ? false : value };
    case 'int64':
      return { key: name, value: integer(value) };
    case 'float64':
      return { key: name, value, as: 'double' };
    case 'binary':
      return { key: name, value, as: 'bytes' };
    default:
      return { key: name, value };
  }
}

/** Jaeger writes numbers beyond 2⁵³ as text. */
function integer(value: JsonValue | undefined): JsonValue | undefined {
  const whole = wholeNumber(value);
  if (whole === null) return value;
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
}
