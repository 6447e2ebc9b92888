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
    const {
      first,
      account: accounts,
      marks: marksOf,
      own: ownOf,
      visits: visitsOf,
      firstStart: startOf,
    } = this.#entries;
    const { weight: weightOf } = this.#facts;
    const sums = this.#room(this.#countEntries(traces), isEqual);
    const { marks, weight, visits, firstStart, own, ownFirst } = sums;
    const ownWeights = new Float64Array(isEqual ? 0 : own.length);
    const next = ownFirst.slice();
    const columnOf = this.#columnOf;
    for (let i = 0; i < traces.length; i++) {
      const trace = traces[i];
      const each = weightOf[trace];
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        const column = columnOf[accounts[entry]];
        if ((marksOf[entry] & EntryMark.reached) !== 0) {
          if (!isEqual) ownWeights[next[column]] = each;
          own[next[column]++] = ownOf[entry];
        } else if ((marks[column] & EntryMark.reached) !== 0) continue;
        weight[column] += each;
        visits[column] += each * visitsOf[entry];
        firstStart[column] += each * startOf[entry];
      }
    }
    const weighted: Sample[] = [];
    for (let column = 0; column < sums.account.length; column++) {
      visits[column] /= weight[column];
      firstStart[column] /= weight[column];
      const [from, to] = [ownFirst[column], ownFirst[column + 1]];
      if (isEqual) sortTimes(own.subarray(from, to));
      else weighted.push(sampleOf(own.subarray(from, to), ownWeights.subarray(from, to)));
    }
    return { ...sums, weighted: isEqual ? null : weighted };
  }

  /** The accounts that the traces touch, in ascending order. */
  #countEntries(traces: Uint32Array): number[] {
    const { first, account: accounts, marks } = this.#entries;
    const list: number[] = [];
    for (let i = 0; i < traces.length; i++) {
      const last = first[traces[i] + 1];
      for (let entry = first[traces[i]]; entry < last; entry++) {
        const account = accounts[entry];
        const mark = marks[entry];
        if (this.#touched[account]++ === 0) list.push(account);
        if (mark !== 0) this.#marked[account]++;
        this.#reached[account] += mark & EntryMark.reached;
        this.#marks[account] |= mark;
      }
    }
    return list.sort((a, b) => a - b);
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
