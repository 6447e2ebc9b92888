import { grown } from '../base/growable.ts';
import { sortRows } from '../base/sortRows.ts';

/**
 * The length of the union of intervals, for many sets at once.
 *
 *     set 0   0 ├────────┤ 10        set 1   3 ├──┤ 5
 *             5 ├────────────┤ 15    →  set 0: 15, set 1: 2
 *
 * Intervals are dealt to their sets by counting, then each set is sorted by start and swept.
 */
export class IntervalUnion {
  #count = 0;
  #set = new Uint32Array(64);
  #lo = new Float64Array(64);
  #hi = new Float64Array(64);
  #first = new Uint32Array(64);
  #dealt = new Uint32Array(64);
  #lengths = new Float64Array(64);
  readonly #byStart = (a: number, b: number): number => this.#lo[a] - this.#lo[b] || a - b;

  clear(): void {
    this.#count = 0;
  }

  add(set: number, lo: number, hi: number): void {
    if (this.#count === this.#set.length) {
      this.#set = grown(this.#set, this.#count + 1);
      this.#lo = grown(this.#lo, this.#count + 1);
      this.#hi = grown(this.#hi, this.#count + 1);
      this.#dealt = grown(this.#dealt, this.#count + 1);
    }
    this.#set[this.#count] = set;
    this.#lo[this.#count] = lo;
    this.#hi[this.#count++] = hi;
  }

  /** The lengths of sets 0 … `sets` − 1; until the next ones are asked for. */
  lengths(sets: number): Float64Array {
    this.#lengths = grown(this.#lengths, sets);
    const lo = this.#lo;
    const hi = this.#hi;
    this.#deal(sets);
    for (let set = 0; set < sets; set++) {
      const from = this.#first[set];
      const to = this.#first[set + 1];
      if (to - from > 1) sortRows(this.#dealt, from, to, this.#byStart);
      let length = 0;
      let reached = Number.NEGATIVE_INFINITY;
      for (let i = from; i < to; i++) {
        const member = this.#dealt[i];
        if (hi[member] <= reached) continue;
        length += hi[member] - Math.max(lo[member], reached);
        reached = hi[member];
      }
      this.#lengths[set] = length;
    }
    return this.#lengths.subarray(0, sets);
  }

  /** A counting sort of the intervals by their set; `first[set]` is where the set begins. */
  #deal(sets: number): void {
    this.#first = grown(this.#first, sets + 2);
    const first = this.#first;
    first.fill(0, 0, sets + 2);
    for (let i = 0; i < this.#count; i++) first[this.#set[i] + 2]++;
    for (let set = 0; set < sets; set++) first[set + 2] += first[set + 1];
    for (let i = 0; i < this.#count; i++) this.#dealt[first[this.#set[i] + 1]++] = i;
  }
}
