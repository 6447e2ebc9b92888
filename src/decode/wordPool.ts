import { grown } from '../base/growable.ts';

const encoder = new TextEncoder();

/**
 * Byte strings that are expected at some place, kept as little-endian words so that comparing costs one read for four
 * bytes. An entry is its length, then its words, the last one filled up with zeros.
 *
 *     "kind":   →   7 · "kin · d":0
 */
export class WordPool {
  #words = new Int32Array(64);
  #count = 0;

  add(bytes: Uint8Array, start: number, end: number): number {
    const entry = this.#count;
    const length = end - start;
    this.#words = grown(this.#words, entry + 1 + ((length + 3) >> 2));
    this.#words[this.#count++] = length;
    for (let p = start; p < end; p += 4) {
      let word = 0;
      for (let i = 0; i < 4 && p + i < end; i++) word |= bytes[p + i] << (i * 8);
      this.#words[this.#count++] = word;
    }
    return entry;
  }

  addText(text: string): number {
    const bytes = encoder.encode(text);
    return this.add(bytes, 0, bytes.length);
  }

  /** The entry's length where it stands at `view[pos, end)`, else 0. Up to three bytes behind `end` are read. */
  match(entry: number, view: DataView, pos: number, end: number): number {
    const words = this.#words;
    const length = words[entry];
    if (pos + length > end) return 0;
    let at = entry + 1;
    let p = pos;
    for (const whole = pos + (length & ~3); p < whole; p += 4) if (view.getInt32(p, true) !== words[at++]) return 0;
    const rest = length & 3;
    return rest === 0 || (view.getInt32(p, true) ^ words[at]) << (32 - rest * 8) === 0 ? length : 0;
  }
}
