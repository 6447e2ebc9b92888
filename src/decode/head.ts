import { jsonKeys, type JsonKeys } from './jsonKeys.ts';

const BLANKS = [0x20, 0x0a, 0x0d, 0x09];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const NO_KEYS: JsonKeys = { all: new Set(), opened: new Set() };
const decoder = new TextDecoder();

/** The first bytes of a source, out of its containers, in the ways in which formats are told by them. */
export class Head {
  readonly bytes: Uint8Array;
  #text: string | null = null;
  #keys: JsonKeys | null = null;

  constructor(bytes: Uint8Array = new Uint8Array()) {
    this.bytes = bytes;
  }

  get text(): string {
    return (this.#text ??= decoder.decode(this.bytes));
  }

  /** Where the first byte stands that is no blank and no byte order mark. */
  get start(): number {
    let p = BYTE_ORDER_MARK.every((mark, i) => this.bytes[i] === mark) ? BYTE_ORDER_MARK.length : 0;
    while (BLANKS.includes(this.bytes[p])) p++;
    return p;
  }

  /** Begins as JSON does, or is blank so far. `[INFO] started` and `[+] Running` do not, nor does `[true]`. */
  get isJson(): boolean {
    const { bytes, start } = this;
    if (start === bytes.length) return start > 0;
    return this.startsWith('{', start) || (this.startsWith('[', start) && !isOfText(bytes[start + 1]));
  }

  /** True where the JSON has all of these keys; each is a path such as `data.traceID`, with lists left out. */
  hasKeys(...keys: readonly string[]): boolean {
    const { all } = this.#known;
    return keys.every((key) => all.has(key));
  }

  hasAnyKey(...keys: readonly string[]): boolean {
    return keys.some((key) => this.hasKeys(key));
  }

  /** True where behind one of these keys a list or an object stands. */
  opensAny(...keys: readonly string[]): boolean {
    const { opened } = this.#known;
    return keys.some((key) => opened.has(key));
  }

  /** The keys at the top, for a message. */
  get topKeys(): readonly string[] {
    return [...this.#known.all].filter((key) => !key.includes('.'));
  }

  get #known(): JsonKeys {
    return (this.#keys ??= this.isJson ? jsonKeys(this.bytes) : NO_KEYS);
  }

  startsWith(text: string, at = 0): boolean {
    for (let i = 0; i < text.length; i++) if (this.bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }
}

/** Behind a bracket stands no JSON in which there are traces. */
function isOfText(byte: number | undefined): boolean {
  return byte !== undefined && /[a-z+]/i.test(String.fromCharCode(byte));
}
