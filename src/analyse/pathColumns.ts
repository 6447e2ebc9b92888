import { ascendingOrder } from '../base/ascendingOrder.ts';
import { picked, sampleOf, sortedSample, type Sample } from './sample.ts';
import { EntryMark } from './entryMark.ts';
import type { TraceEntries } from './traceEntries.ts';
import type { TraceFacts } from './traceFacts.ts';

/**
 * A request path's numbers as columns, sorted once, so that another percentile is a few sums.
 *
 *     rank       0     1     2        traces in ascending order of their total, then of trace id
 *     total     40    47   180
 *     catalog   10    12    30        dense here; a hop that rank 1 does not reach has no element for it
 *     postgres  15     –    94
 */
export interface PathColumns {
  /** By rank: the trace. */
  readonly traces: Uint32Array;
  /** By rank: the root's duration, with the weights. */
  readonly totals: Sample;
  /** By account that any of its traces touches, in ascending order of account. */
  readonly columns: readonly AccountColumn[];
}

export interface AccountColumn {
  readonly account: number;
  /** The ranks that touch the account, ascending, and what each spent on it: path time, ns. */
  readonly ranks: Uint32Array;
  readonly path: Float64Array;
  /** Own times of the traces that reach it; null where none does (an unmeasured line, an asynchronous hop). */
  readonly own: Sample | null;
  /** Traces that reach the hop or cross the line; of an asynchronous one, those that touch it. Unweighted. */
  readonly traceCount: number;
  /** Σ of the weights of the traces that reach it (an asynchronous one: that touch it), and the means by it. */
  readonly weight: number;
  readonly visits: number;
  readonly firstStart: number;
  /** EntryMark bits over all of them. */
  readonly marks: number;
}

/** Builds the columns of one path after the other; the buffers by account are shared. */
export class PathColumnsBuilder {
  readonly #entries: TraceEntries;
  readonly #facts: TraceFacts;
  /** By account: how many entries the path at hand has for it, then where the next one goes; 0 between two paths. */
  readonly #next: Uint32Array;

  constructor(entries: TraceEntries, facts: TraceFacts, accountCount: number) {
    this.#entries = entries;
    this.#facts = facts;
    this.#next = new Uint32Array(accountCount);
  }

  build(traces: Uint32Array): PathColumns {
    const unsorted = new Float64Array(traces.length);
    for (let i = 0; i < traces.length; i++) unsorted[i] = this.#facts.total[traces[i]];
    const order = ascendingOrder(unsorted);
    const byRank = new Uint32Array(traces.length);
    const weights = new Float64Array(traces.length);
    for (let rank = 0; rank < traces.length; rank++) {
      byRank[rank] = traces[order[rank]];
      weights[rank] = this.#facts.weight[byRank[rank]];
    }
    return {
      traces: byRank,
      totals: sortedSample(picked(unsorted, order), weights),
      columns: this.#columns(traces, byRank),
    };
  }

  /** All columns side by side in a few arrays, so that a thousand paths do not mean a hundred thousand arrays. */
  #columns(traces: Uint32Array, byRank: Uint32Array): AccountColumn[] {
    const { first, account, path } = this.#entries;
    const touched: number[] = [];
    for (const trace of traces) {
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        if (this.#next[account[entry]]++ === 0) touched.push(account[entry]);
      }
    }
    touched.sort((a, b) => a - b);
    const start = new Uint32Array(touched.length + 1);
    touched.forEach((each, i) => (start[i + 1] = start[i] + this.#next[each]));
    const size = start[touched.length];

    // In the order of traces, which is that of the entries: what is added up, and own times.
    const entries = new Uint32Array(size);
    const weights = new Float64Array(size);
    touched.forEach((each, i) => (this.#next[each] = start[i]));
    for (const trace of traces) {
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        const place = this.#next[account[entry]]++;
        entries[place] = entry;
        weights[place] = this.#facts.weight[trace];
      }
    }
    // In the order of ranks: path times.
    const ranks = new Uint32Array(size);
    const times = new Float64Array(size);
    touched.forEach((each, i) => (this.#next[each] = start[i]));
    for (let rank = 0; rank < byRank.length; rank++) {
      const trace = byRank[rank];
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        const place = this.#next[account[entry]]++;
        ranks[place] = rank;
        times[place] = path[entry];
      }
    }
    return touched.map((each, i) => {
      this.#next[each] = 0;
      const [from, to] = [start[i], start[i + 1]];
      return {
        account: each,
        ranks: ranks.subarray(from, to),
        path: times.subarray(from, to),
        ...this.#totals(entries.subarray(from, to), weights.subarray(from, to)),
      };
    });
  }

  #totals(entries: Uint32Array, weights: Float64Array): Omit<AccountColumn, 'account' | 'ranks' | 'path'> {
    const { marks, visits, firstStart, own } = this.#entries;
    let union = 0;
    let reached = 0;
    for (const entry of entries) {
      union |= marks[entry];
      reached += marks[entry] & EntryMark.reached;
    }
    const ownTimes = new Float64Array(reached);
    const ownWeights = new Float64Array(reached);
    let ownCount = 0;
    let traceCount = 0;
    let weight = 0;
    let visitSum = 0;
    let startSum = 0;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i];
      if (marks[entry] !== 0 || union === 0) traceCount++;
      const isReached = (marks[entry] & EntryMark.reached) !== 0;
      if (isReached) {
        ownTimes[ownCount] = own[entry];
        ownWeights[ownCount++] = weights[i];
      }
      if (!isReached && reached > 0) continue;
      weight += weights[i];
      visitSum += weights[i] * visits[entry];
      startSum += weights[i] * firstStart[entry];
    }
    return {
      own: reached === 0 ? null : sampleOf(ownTimes, ownWeights),
      traceCount,
      weight,
      visits: visitSum / weight,
      firstStart: startSum / weight,
      marks: union,
    };
  }
}
