import { grown } from '../base/growable.ts';

/** Trace ids, numbered in the order in which they were seen first: open addressing on their 128 bits. */
export class TraceIndex {
  count = 0;
  /** Four words a trace, most significant first. */
  ids = new Uint32Array(256);
  /** Entry = trace + 1. */
  #table = new Uint32Array(4096);

  indexOf(a: number, b: number, c: number, d: number): number {
    const { ids } = this;
    const mask = this.#table.length - 1;
    let slot = traceHash(a, b, c, d) & mask;
    for (let entry = this.#table[slot]; entry !== 0; entry = this.#table[slot]) {
      const at = (entry - 1) * 4;
      if (ids[at + 3] === d && ids[at + 2] === c && ids[at + 1] === b && ids[at] === a) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const trace = this.count;
    this.ids = grown(ids, trace * 4 + 4);
    this.ids[trace * 4] = a;
    this.ids[trace * 4 + 1] = b;
    this.ids[trace * 4 + 2] = c;
    this.ids[trace * 4 + 3] = d;
    this.#table[slot] = trace + 1;
    this.count++;
    if (this.count * 2 > this.#table.length) this.#rehash();
    return trace;
  }

  /** The numbers here of these traces, four words each. */
  append(ids: Uint32Array, count: number): Uint32Array {
    const numbers = new Uint32Array(count);
    for (let trace = 0, at = 0; trace < count; trace++, at += 4) {
      numbers[trace] = this.indexOf(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
    }
    return numbers;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let trace = 0; trace < this.count; trace++) {
      const at = trace * 4;
      let slot = traceHash(this.ids[at], this.ids[at + 1], this.ids[at + 2], this.ids[at + 3]) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = trace + 1;
    }
  }
}

/** Words in their order, because halves of an id may be equal in all of a file: one id of 64 bits, twice. */
function traceHash(a: number, b: number, c: number, d: number): number {
  const first = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
  const hash = Math.imul(Math.imul(first ^ c, 0x9e3779b1) ^ d, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
