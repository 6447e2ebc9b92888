import { EntryMark } from './entryMark.ts';
import type { RankWeights } from './estimator.ts';
import type { Sample } from './sample.ts';
import { share, type RankTimes } from './share.ts';
import type { TraceEntries } from './traceEntries.ts';

/** What adds up over a path's traces, by column; a column is an account that any of them touches. */
export interface AccountSums {
  /** In ascending order. */
  readonly account: Uint32Array;
  /** EntryMark bits over all traces. */
  readonly marks: Uint8Array;
  /** Traces that reach the hop or cross the line; of an asynchronous one, those that touch it. Unweighted. */
  readonly traceCount: Uint32Array;
  /** Σ of the weights of the traces that reach it (an asynchronous one: that touch it), and the means by it. */
  readonly weight: Float64Array;
  readonly visits: Float64Array;
  readonly firstStart: Float64Array;
  /** Own times of the traces that reach it. */
  readonly own: readonly Sample[];
}

/**
 * A request path's numbers as columns, sorted once, so that another percentile is a few sums.
 *
 *     rank       0     1     2        traces in ascending order of their total, then of trace id
 *     total     40    47   180
 *     catalog   10    12    30
 *     postgres  15     –    94        rank 1 does not reach it
 */
export class PathColumns implements AccountSums {
  /** By rank: the trace. */
  readonly traces: Uint32Array;
  /** By rank: the root's duration, with the weights. */
  readonly totals: Sample;
  readonly account: Uint32Array;
  readonly marks: Uint8Array;
  readonly traceCount: Uint32Array;
  readonly weight: Float64Array;
  readonly visits: Float64Array;
  readonly firstStart: Float64Array;
  readonly own: readonly Sample[];

  readonly #entries: TraceEntries;
  /** By account; of use only while one path's shares are added up. */
  readonly #columnOf: Int32Array;
  #byRank: readonly RankTimes[] | null = null;

  constructor(traces: Uint32Array, totals: Sample, sums: AccountSums, entries: TraceEntries, columnOf: Int32Array) {
    this.traces = traces;
    this.totals = totals;
    this.account = sums.account;
    this.marks = sums.marks;
    this.traceCount = sums.traceCount;
    this.weight = sums.weight;
    this.visits = sums.visits;
    this.firstStart = sums.firstStart;
    this.own = sums.own;
    this.#entries = entries;
    this.#columnOf = columnOf;
  }

  get count(): number {
    return this.account.length;
  }

  /** Whether any trace reaches it: not an unmeasured line, not an asynchronous hop. */
  isReached(column: number): boolean {
    return (this.marks[column] & EntryMark.reached) !== 0;
  }

  /** Own times of the traces that reach it; null where none does. */
  ownTimes(column: number): Sample | null {
    return this.isReached(column) ? this.own[column] : null;
  }

  /** Path time of each column under some weights of the ranks, ns. */
  shares(weights: RankWeights): Float64Array {
    const { first, account, path } = this.#entries;
    const shares = new Float64Array(this.count);
    if (this.#byRank !== null) {
      for (let column = 0; column < this.count; column++) shares[column] = share(this.#byRank[column], weights);
      return shares;
    }
    const columnOf = this.#columnOf;
    this.account.forEach((each, column) => (columnOf[each] = column));
    for (let i = 0; i < weights.weights.length; i++) {
      const trace = this.traces[weights.first + i];
      const weight = weights.weights[i];
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        shares[columnOf[account[entry]]] += weight * path[entry];
      }
    }
    return shares;
  }

  /** By column the path times in the order of the ranks: worth its making where shares are asked for again and again. */
  byRank(): readonly RankTimes[] {
    return (this.#byRank ??= this.#timesByRank());
  }

  #timesByRank(): RankTimes[] {
    const { first, account, path } = this.#entries;
    const columnOf = this.#columnOf;
    this.account.forEach((each, column) => (columnOf[each] = column));
    const next = new Uint32Array(this.count + 1);
    for (const trace of this.traces) {
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) next[columnOf[account[entry]] + 1]++;
    }
    for (let column = 0; column < this.count; column++) next[column + 1] += next[column];
    const start = next.slice();
    const ranks = new Uint32Array(next[this.count]);
    const times = new Float64Array(next[this.count]);
    for (let rank = 0; rank < this.traces.length; rank++) {
      const trace = this.traces[rank];
      for (let entry = first[trace]; entry < first[trace + 1]; entry++) {
        const place = next[columnOf[account[entry]]]++;
        ranks[place] = rank;
        times[place] = path[entry];
      }
    }
    return Array.from(this.account, (_, column) => {
      const [from, to] = [start[column], start[column + 1]];
      const path = times.subarray(from, to);
      return { ranks: path.length === this.traces.length ? null : ranks.subarray(from, to), path };
    });
  }
}
