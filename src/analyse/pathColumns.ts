import { ascendingOrder } from '../base/ascendingOrder.ts';
import { picked, sampleOf, sortedSample, type Sample } from './sample.ts';
import { EntryMark, type TraceEntries } from './traceEntries.ts';
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
  /** By account: how many entries the path at hand has for it; then where the next one goes. */
  readonly #count: Uint32Array;

  constructor(entries: TraceEntries, facts: TraceFacts, accountCount: number) {
    this.#entries = entries;
    this.#facts = facts;
    this.#count = new Uint32Array(accountCount);
  }

  build(traces: Uint32Array): PathColumns {
    const { first, account } = this.#entries;
    const unsorted = new Float64Array(traces.length);
    for (let i = 0; i < traces.length; i++) unsorted[i] = this.#facts.total[traces[i]];
    const order = ascendingOrder(unsorted);
    const byRank = new Uint32Array(traces.length);
    const weights = new Float64Array(traces.length);
    for (let rank = 0; rank < traces.length; rank++) {
      byRank[rank] = traces[order[rank]];
      weights[rank] = this.#facts.weight[byRank[rank]];
    }

    const touched: number[] = [];
    for (const trace of traces) {
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        if (this.#count[account[entry]]++ === 0) touched.push(account[entry]);
      }
    }
    touched.sort((a, b) => a - b);
    // Entry numbers of all columns, one after the other; by rank inside each.
    const start: number[] = [];
    let size = 0;
    for (const each of touched) {
      start.push(size);
      size += this.#count[each];
      this.#count[each] = size - this.#count[each];
    }
    const entryAt = new Uint32Array(size);
    const ranks = new Uint32Array(size);
    for (let rank = 0; rank < byRank.length; rank++) {
      const trace = byRank[rank];
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        const place = this.#count[account[entry]]++;
        entryAt[place] = entry;
        ranks[place] = rank;
      }
    }
    const columns = touched.map((each, i) => {
      const end = this.#count[each];
      this.#count[each] = 0;
      return this.#column(each, entryAt.subarray(start[i], end), ranks.subarray(start[i], end), weights);
    });
    return { traces: byRank, totals: sortedSample(picked(unsorted, order), weights), columns };
  }

  #column(account: number, entries: Uint32Array, ranks: Uint32Array, weights: Float64Array): AccountColumn {
    const { marks, visits, firstStart, path, own } = this.#entries;
    let union = 0;
    let reached = 0;
    for (const entry of entries) {
      union |= marks[entry];
      reached += marks[entry] & EntryMark.reached;
    }
    const ownTimes = new Float64Array(reached);
    const ownWeights = new Float64Array(reached);
    const pathTimes = new Float64Array(entries.length);
    let traceCount = 0;
    let i = 0;
    let weightSum = 0;
    let visitSum = 0;
    let startSum = 0;
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at];
      const weight = weights[ranks[at]];
      pathTimes[at] = path[entry];
      if (marks[entry] !== 0 || union === 0) traceCount++;
      const isReached = (marks[entry] & EntryMark.reached) !== 0;
      if (isReached) {
        ownTimes[i] = own[entry];
        ownWeights[i++] = weight;
      }
      if (!isReached && reached > 0) continue;
      weightSum += weight;
      visitSum += weight * visits[entry];
      startSum += weight * firstStart[entry];
    }
    return {
      account,
      ranks,
      path: pathTimes,
      own: reached === 0 ? null : sampleOf(ownTimes, ownWeights),
      traceCount,
      weight: weightSum,
      visits: visitSum / weightSum,
      firstStart: startSum / weightSum,
      marks: union,
    };
  }
}
