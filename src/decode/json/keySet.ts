import { COLON, QUOTE, type JsonCursor } from './jsonCursor.ts';
import { unescapedText } from './jsonText.ts';
import { WordPool } from '../wordPool.ts';

const NOT_MADE = -1;

/**
 * The keys that one kind of object may have, recognised by their bytes. Objects of one exporter write their keys in
 * one order, so the key that followed last time is compared first, four bytes at a time; any other order takes the
 * slow way and is learnt.
 *
 *     "traceId":"5b8e…","spanId":"eee1…","name":…
 *      └ 1 ─ expects ─▶ 2 ─────── expects ─▶ 5
 */
export class KeySet<Meaning> {
  readonly #names: readonly string[];
  readonly #meanings: readonly (Meaning | null)[];
  /** `"traceId":` with quotes and colon, as words. */
  readonly #templates = new WordPool();
  /** Each is made when it is looked for: every chunk of a file has a decoder of its own, which needs but a few. */
  readonly #templateOf: Int32Array;
  /** Entry → the entry that followed it last time. Entry 0 is every key that is not in the set. */
  readonly #next: Uint16Array;
  #last = 0;

  /** Several keys may have one meaning: `traceId` and `trace_id`. */
  constructor(meanings: Readonly<Record<string, Meaning>>) {
    this.#names = Object.keys(meanings);
    this.#meanings = [null, ...Object.values(meanings)];
    this.#templateOf = new Int32Array(this.#meanings.length).fill(NOT_MADE);
    this.#next = new Uint16Array(this.#meanings.length).fill(1);
  }

  /** Reads a key and its colon; the cursor then stands on the value. Null for a key that is not in the set. */
  read(cursor: JsonCursor): Meaning | null {
    const expected = this.#next[this.#last];
    const entry = this.#isAt(expected, cursor) ? expected : this.#find(cursor);
    if (entry !== 0) this.#next[this.#last] = entry;
    this.#last = entry;
    if (cursor.bytes[cursor.pos] <= 0x20) cursor.space();
    return this.#meanings[entry];
  }

  /** Moves over the key and its colon where they are this entry's. */
  #isAt(entry: number, cursor: JsonCursor): boolean {
    let template = this.#templateOf[entry];
    if (template === NOT_MADE)
      this.#templateOf[entry] = template = this.#templates.addText(`"${this.#names[entry - 1]}":`);
    const length = this.#templates.match(template, cursor.view, cursor.pos, cursor.end);
    cursor.pos += length;
    return length > 0;
  }

  /** Moves over any key and its colon. */
  #find(cursor: JsonCursor): number {
    if (cursor.next() !== QUOTE) cursor.fail('a key');
    for (let entry = 1; entry < this.#meanings.length; entry++) if (this.#isAt(entry, cursor)) return entry;
    cursor.string();
    const key = unescapedText(cursor);
    cursor.expect(COLON);
    return this.#names.indexOf(key) + 1;
  }
}
