/** What JSON text stands for. Whole numbers beyond 2⁵³ are bigints: a double would change their last digits. */
export type JsonValue = string | number | bigint | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A whole number that may be beyond 2⁵³ (9,007,199,254,740,991) may stand here; or a text looks like one. */
const MAY_BE_LONG = /[[:,\s]-?(9\d{15}|\d{17,})\s*[,\]}]/;
const QUOTE_OR_LONG = /"|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;
/** Digits that were put in quotes: a zero character stands before them. */
const MARKED = /^\0-?\d+$/;

/**
 * The value of a JSON text; throws what `JSON.parse` throws. Numbers too long for a double are put in quotes before,
 * and taken out of them again:
 *
 *     {"n":9007199254740993}   →   {"n":"\u00009007199254740993"}   →   {n: 9007199254740993n}
 */
export function parseJson(text: string): JsonValue {
  if (!MAY_BE_LONG.test(text)) return JSON.parse(text);
  return JSON.parse(withLongInQuotes(text), (_key, value: JsonValue) =>
    typeof value === 'string' && MARKED.test(value) ? BigInt(value.slice(1)) : value,
  );
}

function withLongInQuotes(text: string): string {
  let quoted = '';
  let done = 0;
  QUOTE_OR_LONG.lastIndex = 0;
  for (let match = QUOTE_OR_LONG.exec(text); match !== null; match = QUOTE_OR_LONG.exec(text)) {
    const [token] = match;
    if (token === '"') QUOTE_OR_LONG.lastIndex = stringEnd(text, match.index);
    else if (!Number.isSafeInteger(Number(token))) {
      quoted += `${text.slice(done, match.index)}"\\u0000${token}"`;
      done = QUOTE_OR_LONG.lastIndex;
    }
  }
  return quoted + text.slice(done);
}

/** Behind the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let p = start + 1;
  while (p < text.length && text[p] !== '"') p += text[p] === '\\' ? 2 : 1;
  return p + 1;
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
