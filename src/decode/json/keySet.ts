import { COLON, QUOTE, type JsonCursor } from './jsonCursor.ts';
import { unescapedText } from './jsonText.ts';
import { WordPool } from '../wordPool.ts';

/**
 * The keys that one kind of object may have, recognised by their bytes. Objects of one exporter write their keys in
 * one order, so the key that followed last time is compared first, four bytes at a time; any other order takes the
 * slow way and is learnt.
 *
 *     "traceId":"5b8e…","spanId":"eee1…","name":…
 *      └ 1 ─ expects ─▶ 2 ─────── expects ─▶ 5
 */
export class KeySet<Meaning> {
  readonly #meanings: readonly (Meaning | null)[];
  readonly #entryOf: ReadonlyMap<string, number>;
  /** `"traceId":` with quotes and colon, as words. */
  readonly #templates = new WordPool();
  readonly #templateOf: readonly number[];
  /** Entry → the entry that followed it last time. Entry 0 is every key that is not in the set. */
  readonly #next: Uint16Array;
  #last = 0;

  /** Several keys may have one meaning: `traceId` and `trace_id`. */
  constructor(meanings: Readonly<Record<string, Meaning>>) {
    const names = Object.keys(meanings);
    this.#meanings = [null, ...Object.values(meanings)];
    this.#entryOf = new Map(names.map((name, index) => [name, index + 1]));
    this.#templateOf = [-1, ...names.map((name) => this.#templates.addText(`"${name}":`))];
    this.#next = new Uint16Array(names.length + 1).fill(1);
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
    const length = this.#templates.match(this.#templateOf[entry], cursor.view, cursor.pos, cursor.end);
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
    return this.#entryOf.get(key) ?? 0;
  }
}
