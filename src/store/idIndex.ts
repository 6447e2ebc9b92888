const FEWEST_BITS = 7;
/** Entries are 32-bit integers. */
const LAST_ENTRY = 0x7fffffff;

/**
 * Finds the members of a trace by their ids: open addressing, at most half full.
 *
 *     a trace of 3 members, from 1 on     table  0 2 0 0 1 0 3 0     entry 1 is member 0
 *     the next, of 2, from 4 on           table  0 2 4 0 1 0 5 0     1, 2 and 3 are below 4, hence free: nothing is cleared
 *
 * A short trace after a long one uses but the beginning of the table.
 */
export class IdIndex {
  #table = new Int32Array(1 << FEWEST_BITS);
  #bits = FEWEST_BITS;
  /** The entry of member 0. */
  #from = 1;
  /** The entry of the next trace's member 0. */
  #next = 1;
  #high: Uint32Array = new Uint32Array(0);
  #low: Uint32Array = new Uint32Array(0);

  /** Forgets the last trace and takes the ids of `count` members, of one id the first. True where some share one. */
  fill(high: Uint32Array, low: Uint32Array, count: number): boolean {
    this.#reserve(count);
    this.#high = high;
    this.#low = low;
    const table = this.#table;
    const from = this.#from;
    const shift = 32 - this.#bits;
    const mask = (1 << this.#bits) - 1;
    let isTied = false;
    for (let member = 0; member < count; member++) {
      let slot = idHash(high[member], low[member]) >>> shift;
      let entry = table[slot];
      while (entry >= from && (low[entry - from] !== low[member] || high[entry - from] !== high[member])) {
        slot = (slot + 1) & mask;
        entry = table[slot];
      }
      if (entry >= from) isTied = true;
      else table[slot] = from + member;
    }
    return isTied;
  }

  /** Writes for each of `count` ids the member that has it, or `none`. */
  find(idHigh: Uint32Array, idLow: Uint32Array, count: number, members: Int32Array, none: number): void {
    const table = this.#table;
    const from = this.#from;
    const shift = 32 - this.#bits;
    const mask = (1 << this.#bits) - 1;
    const high = this.#high;
    const low = this.#low;
    for (let i = 0; i < count; i++) {
      let slot = idHash(idHigh[i], idLow[i]) >>> shift;
      let entry = table[slot];
      while (entry >= from && (low[entry - from] !== idLow[i] || high[entry - from] !== idHigh[i])) {
        slot = (slot + 1) & mask;
        entry = table[slot];
      }
      members[i] = entry >= from ? entry - from : none;
    }
  }

  #reserve(count: number): void {
    this.#bits = Math.max(FEWEST_BITS, 33 - Math.clz32(count));
    this.#from = this.#next;
    if (this.#table.length < 1 << this.#bits || this.#from > LAST_ENTRY - count) {
      this.#table = new Int32Array(Math.max(this.#table.length, 1 << this.#bits));
      this.#from = 1;
    }
    this.#next = this.#from + count;
  }
}

/** The halves one after the other, because they may be equal in all of a file. */
function idHash(high: number, low: number): number {
  return Math.imul(Math.imul(high, 0x85ebca6b) ^ low, 0x9e3779b1);
}
