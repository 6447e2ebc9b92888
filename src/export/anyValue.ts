/** OTLP's AnyValue (opentelemetry-proto, common.proto) of a value that the store keeps as JSON text. */
export type AnyValue =
  | { readonly type: 'none' }
  | { readonly type: 'string'; readonly text: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'double'; readonly value: number }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'array'; readonly values: readonly AnyValue[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [key: string, value: AnyValue])[] };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const MARK = /[[\]{},:]/y;
const WORD = /true|false|null|NaN|-?Infinity/y;
/** A sign and 19 digits. */
const INTEGER_LENGTH = 20;
const BLANK = /[ \t\r\n]*/y;

/**
 * The way back from the one text of decode/anyValueText.ts. Not JSON.parse: a map may have a key twice, or numbers for
 * keys, and an integer more digits than a number holds.
 *
 *     [1,"a"]                      →   array of integer 1, string a
 *     9007199254740993             →   integer 9007199254740993
 *     {"k":0.5}                    →   map of k to double 0.5
 *     18446744073709551616         →   string: an integer that no reader would take
 *     "aGk="                       →   bytes 68 69: a string has a type of its own in the store
 *
 * Inside arrays and maps a string in quotes is taken for a string: there the text does not say more. A text that is no
 * JSON comes back as a string.
 */
export function parseAnyValue(text: string): AnyValue {
  const reader = new TextReader(text);
  const value = reader.value();
  if (value === null || !reader.isAtEnd) return { type: 'string', text };
  // Digits that no integer holds are a string, too, and no base64: they have no quotes.
  if (value.type !== 'string' || !/^\s*"/.test(text)) return value;
  const bytes = base64Bytes(value.text);
  return bytes === null ? value : { type: 'bytes', bytes };
}

class TextReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    this.#take(BLANK);
    return this.#at === this.#text.length;
  }

  /** Null where no value stands here. The decoders bound how deep a value may be (config/limits.ts). */
  value(): AnyValue | null {
    this.#take(BLANK);
    const string = this.#string();
    if (string !== null) return { type: 'string', text: string };
    const number = this.#take(NUMBER);
    if (number !== null) return numberValue(number);
    const word = this.#take(WORD);
    if (word !== null) return wordValue(word);
    const mark = this.#take(MARK);
    if (mark === '[') return this.#array();
    return mark === '{' ? this.#map() : null;
  }

  #array(): AnyValue | null {
    const values: AnyValue[] = [];
    if (this.#mark(']')) return { type: 'array', values };
    for (;;) {
      const value = this.value();
      if (value === null) return null;
      values.push(value);
      if (this.#mark(']')) return { type: 'array', values };
      if (!this.#mark(',')) return null;
    }
  }

  #map(): AnyValue | null {
    const entries: [string, AnyValue][] = [];
    if (this.#mark('}')) return { type: 'map', entries };
    for (;;) {
      this.#take(BLANK);
      const key = this.#string();
      if (key === null || !this.#mark(':')) return null;
      const value = this.value();
      if (value === null) return null;
      entries.push([key, value]);
      if (this.#mark('}')) return { type: 'map', entries };
      if (!this.#mark(',')) return null;
    }
  }

  #mark(wanted: string): boolean {
    this.#take(BLANK);
    if (this.#text[this.#at] !== wanted) return false;
    this.#at++;
    return true;
  }

  /** By hand: a pattern for strings of any length would need a stack of any depth. */
  #string(): string | null {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== QUOTE) return null;
    let end = start + 1;
    for (; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (code === QUOTE) break;
      if (code === BACKSLASH) end++;
    }
    this.#at = end + 1;
    try {
      const text: string = JSON.parse(this.#text.slice(start, end + 1));
      return text;
    } catch {
      return null;
    }
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [token] = pattern.exec(this.#text) ?? [];
    if (token === undefined) return null;
    this.#at += token.length;
    return token;
  }
}

function wordValue(word: string): AnyValue {
  if (word === 'null') return { type: 'none' };
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true' };
  return { type: 'double', value: Number(word) };
}

/** Digits beyond 64 bits are text: no reader of OTLP takes them for an integer. */
function numberValue(token: string): AnyValue {
  if (!/^-?\d+$/.test(token)) return { type: 'double', value: Number(token) };
  const integer = token.length <= INTEGER_LENGTH ? BigInt(token) : null;
  if (integer !== null && integer === BigInt.asIntN(64, integer)) return { type: 'integer', value: integer };
  return { type: 'string', text: token };
}

/** Null where it is no base64, standard and padded. */
function base64Bytes(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Standard base64, padded: what OTLP/JSON writes for bytes. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
