import { ascendingOrder } from '../base/ascendingOrder.ts';
import { sortTimes } from '../base/sortTimes.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { Classified } from './classified.ts';
import { EntryMark } from './entryMark.ts';
import { PathColumns, type AccountSums } from './pathColumns.ts';
import { equalSample, picked, sampleOf, sortedSample } from './sample.ts';
import type { SpanTimes } from './skew.ts';
import { ownTime, type TraceEntries } from './traceEntries.ts';
import type { TraceFacts } from './traceFacts.ts';

/** While they are added up: own times as they come, how many there are so far, and their weights where these differ. */
interface Columns extends Omit<AccountSums, 'own'> {
  readonly own: readonly Float64Array[];
  readonly ownCount: Uint32Array;
  readonly ownWeights: readonly Float64Array[] | null;
}

/** Builds the columns of one path after the other; the buffers by account are shared. */
export class PathColumnsBuilder {
  readonly #table: SpanTable;
  readonly #times: SpanTimes;
  readonly #entries: TraceEntries;
  readonly #facts: TraceFacts;
  readonly #columnOf: Int32Array;
  /** By account, over the entries of the path at hand, and 0 between two paths: all, those with a mark, those reached. */
  readonly #touched: Uint32Array;
  readonly #marked: Uint32Array;
  readonly #reached: Uint32Array;
  readonly #marks: Uint8Array;

  constructor({ table, times, accounts, walked, traces }: Classified) {
    const accountCount = accounts.pairs.count;
    this.#table = table;
    this.#times = times;
    this.#entries = walked.entries;
    this.#facts = traces;
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
    const columns = this.#room(this.#countEntries(traces), isEqual);
    for (let i = 0; i < traces.length; i++) this.#addTrace(traces[i], columns);
    const { weight, visits, firstStart, own, ownWeights } = columns;
    for (let column = 0; column < own.length; column++) {
      visits[column] /= weight[column];
      firstStart[column] /= weight[column];
      if (ownWeights === null) sortTimes(own[column]);
    }
    const samples = own.map((times, column) =>
      ownWeights === null ? equalSample(times) : sampleOf(times, ownWeights[column]),
    );
    return { ...columns, own: samples };
  }

  #addTrace(trace: number, { marks, weight, visits, firstStart, own, ownCount, ownWeights }: Columns): void {
    const entries = this.#entries;
    const { start } = this.#times;
    const root = this.#table.traceRows[trace];
    const each = this.#facts.weight[trace];
    const last = entries.first[trace + 1];
    for (let entry = entries.first[trace]; entry < last; entry++) {
      const column = this.#columnOf[entries.account[entry]];
      if ((entries.marks[entry] & EntryMark.reached) !== 0) {
        const place = ownCount[column]++;
        own[column][place] = ownTime(entries, trace, entry);
        if (ownWeights !== null) ownWeights[column][place] = each;
      } else if ((marks[column] & EntryMark.reached) !== 0) continue;
      weight[column] += each;
      visits[column] += each * entries.visits[entry];
      const row = entries.firstRow[entry];
      firstStart[column] += each * (row === 0 ? Number.POSITIVE_INFINITY : start[root + row - 1] - start[root]);
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
  #room(accounts: readonly number[], isEqual: boolean): Columns {
    const count = accounts.length;
    const marks = new Uint8Array(count);
    const traceCount = new Uint32Array(count);
    const own = accounts.map((each) => new Float64Array(this.#reached[each]));
    accounts.forEach((each, column) => {
      this.#columnOf[each] = column;
      marks[column] = this.#marks[each];
      traceCount[column] = this.#marks[each] === 0 ? this.#touched[each] : this.#marked[each];
      this.#touched[each] = this.#marked[each] = this.#reached[each] = this.#marks[each] = 0;
    });
    return {
      account: Uint32Array.from(accounts),
      marks,
      traceCount,
      weight: new Float64Array(count),
      visits: new Float64Array(count),
      firstStart: new Float64Array(count),
      own,
      ownCount: new Uint32Array(count),
      ownWeights: isEqual ? null : own.map(({ length }) => new Float64Array(length)),
    };
  }
}
