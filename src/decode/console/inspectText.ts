import type { JsonObject, JsonValue } from '../items/jsonValue.ts';

/** What the text is not. */
class NotInspected extends Error {
  override readonly name = 'NotInspected';
}

/** Node prints no more than a few levels; this only keeps the stack safe. */
const MOST_DEPTH = 200;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', f: '\f', r: '\r', v: '\v', '0': '\0' };
const NUMBER = /^-?(\d+(\.\d+)?(e[+-]?\d+)?|Infinity)$|^NaN$/;
/** Keywords that may stand first in a list, where a name in brackets would stand. */
const LITERAL = /^(true|false|null|undefined|NaN|Infinity)\b/;
/** A name in brackets, in which there may be a tag. */
const NAME = /\[(?:[^[\]]|\[[^[\]]*\])*\]/y;
const WORD = /[^,{}[\]\n]+/y;
const KEY = /\[[^\]\n]*\]|[\p{ID_Start}$_\d][\p{ID_Continue}$]*/uy;
const AFTER_KEY = /\s*(:|=>)/y;
const LEFT_OUT = /\.\.\. \d+ more [a-z]+|<\d+ empty items?>/y;
const REST_OF_STRING = /\.\.\. \d+ more characters?/y;
const PLUS = /\s*\+\s*(?=['"`])/y;
/** Up to a backslash or a quote of any kind. */
const PLAIN = /[^\\'"`]+/y;

/**
 * The value of an object as Node's util.inspect writes it (Node.js, lib/internal/util/inspect.js):
 *
 *     { name: 'GET', 'http.status': 200, time: [ 1, 2 ], map: Map(1) { 'a' => 1n },
 *       left: [Object], state: undefined, list: [ 1, ... 3 more items ] }
 *
 * Classes and references before an object say nothing. What was not printed (`[Object]`, `... 3 more items`) and what
 * has no JSON (`undefined`, `[Function: f]`) is null, or missing. Null where the text is something else.
 */
export function inspectedValue(text: string): JsonValue | null {
  try {
    const reader = new InspectReader(text);
    return reader.whole();
  } catch (problem) {
    if (problem instanceof NotInspected) return null;
    throw problem;
  }
}

class InspectReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): JsonValue {
    const value = this.#value(0);
    if (this.#next() !== '') throw new NotInspected();
    return value;
  }

  #value(depth: number): JsonValue {
    if (depth > MOST_DEPTH) throw new NotInspected();
    const first = this.#next();
    if (first === "'" || first === '"' || first === '`') return this.#strings();
    if (first === '{') return this.#object(depth);
    if (first === '[' && !this.#isName()) return this.#list(depth);
    const word = first === '[' ? '' : this.#word();
    let after = this.#next();
    // Behind a class may stand a tag: `Buffer(2) [Uint8Array] [ 104, 105 ]`.
    while (after === '[' && this.#isName()) {
      if (this.#skip(NAME) === null) throw new NotInspected();
      after = this.#next();
    }
    if (after === '{') return this.#object(depth);
    if (after === '[') return this.#list(depth);
    return literal(word);
  }

  /** `[Object]`, `[Circular *1]`, `[Object: null prototype]`: no space behind the bracket. Lists have one, if they are not empty. */
  #isName(): boolean {
    const rest = this.#text.slice(this.#at + 1, this.#at + 11);
    return /^[A-Za-z]/.test(rest) && !LITERAL.test(rest);
  }

  /** A number, a keyword, a date, a class's name or a reference (`<ref *1>`). */
  #word(): string {
    const word = this.#skip(WORD);
    if (word === null) throw new NotInspected();
    return word.trim();
  }

  #object(depth: number): JsonObject {
    const entries: [string, JsonValue][] = [];
    this.#members('}', () => {
      const key = this.#key();
      entries.push([key, this.#value(depth + 1)]);
    });
    // An entry named __proto__ is one like any other.
    return Object.fromEntries(entries);
  }

  #list(depth: number): readonly JsonValue[] {
    const values: JsonValue[] = [];
    this.#members(']', () => values.push(this.#value(depth + 1)));
    return values;
  }

  /** Reads from one bracket to the other; what was left out there is passed over. */
  #members(close: string, read: () => void): void {
    this.#at++;
    while (this.#next() !== close) {
      if (this.#skip(LEFT_OUT) === null) read();
      if (this.#next() === ',') this.#at++;
      else if (this.#next() !== close) throw new NotInspected();
    }
    this.#at++;
  }

  #key(): string {
    const first = this.#next();
    const isQuoted = first === "'" || first === '"' || first === '`';
    const key = isQuoted ? this.#string() : this.#skip(KEY);
    if (key === null || this.#skip(AFTER_KEY) === null) throw new NotInspected();
    return key === "['__proto__']" ? '__proto__' : key;
  }

  /** One string, or several joined by `+` as older versions write long ones. */
  #strings(): string {
    let text = this.#string();
    while (this.#skip(PLUS) !== null) text += this.#string();
    return this.#skip(REST_OF_STRING) === null ? text : `${text}…`;
  }

  #string(): string {
    const quote = this.#text[this.#at++];
    let text = '';
    for (;;) {
      text += this.#skip(PLAIN) ?? '';
      const c = this.#text[this.#at];
      if (c === undefined) throw new NotInspected();
      if (c !== quote) text += c === '\\' ? this.#escape() : c;
      this.#at++;
      if (c === quote) return text;
    }
  }

  /** Behind a backslash; leaves the place on the escape's last character. */
  #escape(): string {
    const letter = this.#text[++this.#at] ?? '';
    const hex = letter === 'x' ? /^[0-9A-Fa-f]{2}/ : letter === 'u' ? /^[0-9A-Fa-f]{4}/ : null;
    if (hex === null) return ESCAPES[letter] ?? letter;
    const [digits] = hex.exec(this.#text.slice(this.#at + 1, this.#at + 5)) ?? [];
    if (digits === undefined) throw new NotInspected();
    this.#at += digits.length;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  /** Skips white space; the character behind it, empty at the end. */
  #next(): string {
    let c = this.#text[this.#at] ?? '';
    while (c === ' ' || c === '\n' || c === '\r' || c === '\t') c = this.#text[++this.#at] ?? '';
    return c;
  }

  /** What the pattern matches here, passed over; null where it does not. */
  #skip(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [match] = pattern.exec(this.#text) ?? [];
    if (match === undefined) return null;
    this.#at += match.length;
    return match;
  }
}

function literal(word: string): JsonValue {
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^-?\d+n$/.test(word)) return BigInt(word.slice(0, -1));
  if (NUMBER.test(word)) return numberOf(word);
  // A date is written without quotes.
  return /^\d{4}-\d\d-\d\dT/.test(word) ? word : null;
}

/** A whole number whose digits no double has is one of 64 bits, as Python writes it. */
function numberOf(word: string): number | bigint {
  const number = Number(word);
  return /^-?\d{16,}$/.test(word) && String(number) !== word ? BigInt(word) : number;
}
