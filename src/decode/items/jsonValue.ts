/** What JSON text stands for. Whole numbers beyond 2⁵³ are bigints: a double would change their last digits. */
export type JsonValue = string | number | bigint | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A character that starts the text of a number that was put in quotes. */
const MARK = '\u0000';
/** Digits that may be beyond 2⁵³ (9,007,199,254,740,991), where a number may stand; a text may look like one. */
const MAY_BE_LONG = /[[:,\s]-?(9\d{15}|\d{17,})\s*[,\]}]/;
const STRING_OR_LONG = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/gs;
const MARKED = new RegExp(`^${MARK}-?\\d+$`);

/**
 * The value of a JSON text; throws what `JSON.parse` throws. Numbers too long for a double are put in quotes before,
 * and taken out of them again:
 *
 *     {"n":9007199254740993}   →   {"n":"\u00009007199254740993"}   →   {n: 9007199254740993n}
 */
export function parseJson(text: string): JsonValue {
  if (!MAY_BE_LONG.test(text)) return JSON.parse(text);
  const marked = text.replace(STRING_OR_LONG, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"\\u0000${token}"`,
  );
  return JSON.parse(marked, (_key, value: JsonValue) =>
    typeof value === 'string' && MARKED.test(value) ? BigInt(value.slice(1)) : value,
  );
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The list's objects; none where it is no list. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isList(value) ? value.filter(isObject) : [];
}

/** The text; empty where it is none. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
