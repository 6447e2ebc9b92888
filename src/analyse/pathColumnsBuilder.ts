import { ascendingOrder } from '../base/ascendingOrder.ts';
import { sortTimes } from '../base/sortTimes.ts';
import { EntryMark } from './entryMark.ts';
import { PathColumns, type AccountSums } from './pathColumns.ts';
import { equalSample, picked, sampleOf, sortedSample, type Sample } from './sample.ts';
import type { TraceEntries } from './traceEntries.ts';
import type { TraceFacts } from './traceFacts.ts';

/** Builds the columns of one path after the other; the buffers by account are shared. */
export class PathColumnsBuilder {
  readonly #entries: TraceEntries;
  readonly #facts: TraceFacts;
  readonly #columnOf: Int32Array;
  /** By account, over the entries of the path at hand, and 0 between two paths: all, those with a mark, those reached. */
  readonly #touched: Uint32Array;
  readonly #marked: Uint32Array;
  readonly #reached: Uint32Array;
  readonly #marks: Uint8Array;

  constructor(entries: TraceEntries, facts: TraceFacts, accountCount: number) {
    this.#entries = entries;
    this.#facts = facts;
    this.#columnOf = new Int32Array(accountCount);
    this.#touched = new Uint32Array(accountCount);
    this.#marked = new Uint32Array(accountCount);
    this.#reached = new Uint32Array(accountCount);
    this.#marks = new Uint8Array(accountCount);
  }

  build(traces: Uint32Array): PathColumns {
    const { total, weight } = this.#facts;
    const unsorted = new Float64Array(traces.length);
    let isEqual = true;
    for (let i = 0; i < traces.length; i++) {
      unsorted[i] = total[traces[i]];
      if (weight[traces[i]] !== weight[traces[0]]) isEqual = false;
    }
    const order = ascendingOrder(unsorted);
    const byRank = new Uint32Array(traces.length);
    for (let rank = 0; rank < traces.length; rank++) byRank[rank] = traces[order[rank]];
    const values = picked(unsorted, order);
    const totals = isEqual ? equalSample(values) : sortedSample(values, picked(weight, byRank));
    return new PathColumns(byRank, totals, this.#sums(traces, isEqual), this.#entries, this.#columnOf);
  }

  #sums(traces: Uint32Array, isEqual: boolean): AccountSums {
    const sums = this.#room(this.#countEntries(traces), isEqual);
    const { weight, visits, firstStart, own, ownFirst } = sums;
    const ownWeights = isEqual ? null : new Float64Array(own.length);
    const next = ownFirst.slice();
    for (let i = 0; i < traces.length; i++) this.#addTrace(traces[i], sums, next, ownWeights);
    const weighted: Sample[] = [];
    for (let column = 0; column < sums.account.length; column++) {
      visits[column] /= weight[column];
      firstStart[column] /= weight[column];
      const [from, to] = [ownFirst[column], ownFirst[column + 1]];
      if (ownWeights === null) sortTimes(own.subarray(from, to));
      else weighted.push(sampleOf(own.subarray(from, to), ownWeights.subarray(from, to)));
    }
    return { ...sums, weighted: isEqual ? null : weighted };
  }

  /** `next` is by column the place of its next own time. */
  #addTrace(trace: number, sums: AccountSums, next: Uint32Array, ownWeights: Float64Array | null): void {
    const { first, account, marks, own, visits, firstStart } = this.#entries;
    const columnOf = this.#columnOf;
    const weight = this.#facts.weight[trace];
    const last = first[trace + 1];
    for (let entry = first[trace]; entry < last; entry++) {
      const column = columnOf[account[entry]];
      if ((marks[entry] & EntryMark.reached) !== 0) {
        if (ownWeights !== null) ownWeights[next[column]] = weight;
        sums.own[next[column]++] = own[entry];
      } else if ((sums.marks[column] & EntryMark.reached) !== 0) continue;
      sums.weight[column] += weight;
      sums.visits[column] += weight * visits[entry];
      sums.firstStart[column] += weight * firstStart[entry];
    }
  }

  /** The accounts that the traces touch, in ascending order. */
  #countEntries(traces: Uint32Array): number[] {
    const list: number[] = [];
    for (let i = 0; i < traces.length; i++) this.#countTrace(traces[i], list);
    return list.sort((a, b) => a - b);
  }

  #countTrace(trace: number, list: number[]): void {
    const { first, account, marks } = this.#entries;
    const last = first[trace + 1];
    for (let entry = first[trace]; entry < last; entry++) {
      const each = account[entry];
      const mark = marks[entry];
      if (this.#touched[each]++ === 0) list.push(each);
      if (mark !== 0) this.#marked[each]++;
      this.#reached[each] += mark & EntryMark.reached;
      this.#marks[each] |= mark;
    }
  }

  /** Empty columns for the accounts counted, and the counts set back. */
  #room(accounts: readonly number[], isEqual: boolean): AccountSums {
    const count = accounts.length;
    const account = Uint32Array.from(accounts);
    const marks = new Uint8Array(count);
    const traceCount = new Uint32Array(count);
    const ownFirst = new Uint32Array(count + 1);
    accounts.forEach((each, column) => {
      this.#columnOf[each] = column;
      marks[column] = this.#marks[each];
      traceCount[column] = this.#marks[each] === 0 ? this.#touched[each] : this.#marked[each];
      ownFirst[column + 1] = ownFirst[column] + this.#reached[each];
      this.#touched[each] = this.#marked[each] = this.#reached[each] = this.#marks[each] = 0;
    });
    const column = (): Float64Array => new Float64Array(count);
    return {
      account,
      marks,
      traceCount,
      weight: column(),
      visits: column(),
      firstStart: column(),
      own: new Float64Array(ownFirst[count]),
      ownFirst,
      weighted: isEqual ? null : [],
    };
  }
}
