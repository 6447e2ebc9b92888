/**
 * Pairs of non-negative integers, numbered in the order in which they were first seen.
 *
 *     id(3, 0) → 0     id(3, 7) → 1     id(3, 0) → 0
 *
 * Open addressing: a look-up costs a few nanoseconds, where a Map with a composed key costs fifty.
 */
export class PairIds {
  count = 0;
  #first = new Uint32Array(64);
  #second = new Uint32Array(64);
  /** Id + 1; 0 is free. At most half full. */
  #table = new Uint32Array(256);

  id(first: number, second: number): number {
    const mask = this.#table.length - 1;
    let slot = pairHash(first, second) & mask;
    for (let entry = this.#table[slot]; entry !== 0; entry = this.#table[slot]) {
      if (this.#first[entry - 1] === first && this.#second[entry - 1] === second) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const id = this.count++;
    if (id === this.#first.length) this.#grow();
    this.#first[id] = first;
    this.#second[id] = second;
    this.#table[slot] = id + 1;
    if (this.count * 2 > this.#table.length) this.#rehash();
    return id;
  }

  first(id: number): number {
    return this.#first[id];
  }

  second(id: number): number {
    return this.#second[id];
  }

  #grow(): void {
    const first = new Uint32Array(this.#first.length * 2);
    const second = new Uint32Array(this.#second.length * 2);
    first.set(this.#first);
    second.set(this.#second);
    this.#first = first;
    this.#second = second;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = pairHash(this.#first[id], this.#second[id]) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = id + 1;
    }
  }
}

function pairHash(first: number, second: number): number {
  const hash = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
