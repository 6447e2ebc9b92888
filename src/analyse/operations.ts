import { grown } from '../base/growable.ts';
import { PairIds } from '../base/pairIds.ts';
import { toMilliseconds } from '../base/units.ts';
import { OPERATIONS_SHOWN } from '../config/shown.ts';
import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import type { RankWeights } from './estimator.ts';
import { compareText } from './groupPaths.ts';
import type { Operation } from './model.ts';
import type { PathColumns } from './pathColumns.ts';
import type { SummarySpans } from './summarySpans.ts';
import type { Walked } from './traceEntries.ts';
import type { TraceFacts } from './traceFacts.ts';

/** What the spans of a hop tell about it inside one path. */
export interface HopWork {
  /** Most expensive first. */
  readonly operations: readonly Operation[];
  /** Share of its cache look-ups that hit, by weight; null where no span tells. */
  readonly hitRatio: number | null;
  /** Weighted mean of its spans that summary spans stand for. */
  readonly summarised: number;
}

/** Adds up, path after path, where the hops' time goes by span name. Buffers are shared by all paths. */
export class OperationCounter {
  readonly #table: SpanTable;
  readonly #accounts: Accounts;
  readonly #walked: Walked;
  readonly #facts: TraceFacts;
  readonly #summaries: SummarySpans | null;
  /** (account, span name) over the dataset; the columns below are by its number, and 0 between two paths. */
  readonly #operations = new PairIds();
  #count = new Float64Array(256);
  #share = new Float64Array(256);
  /** By account. */
  readonly #hits: Float64Array;
  readonly #lookups: Float64Array;
  readonly #summarised: Float64Array;

  constructor(table: SpanTable, accounts: Accounts, walked: Walked, facts: TraceFacts, summaries: SummarySpans | null) {
    this.#table = table;
    this.#accounts = accounts;
    this.#walked = walked;
    this.#facts = facts;
    this.#summaries = summaries;
    this.#hits = new Float64Array(accounts.pairs.count);
    this.#lookups = new Float64Array(accounts.pairs.count);
    this.#summarised = new Float64Array(accounts.pairs.count);
  }

  /** By column of `path`; `median` are the weights of its ranks at p50. */
  count(path: PathColumns, median: RankWeights): HopWork[] {
    const { pathTime } = this.#walked;
    const { traceRows, subtreeEnd } = this.#table;
    const touched: number[] = [];
    const columnOf = new Map(path.columns.map(({ account }, column) => [account, column]));
    const isAsync = path.columns.map(({ own }) => own === null);
    path.traces.forEach((trace, rank) => {
      const root = traceRows[trace];
      const weight = this.#facts.weight[trace];
      const shareWeight = median.weights[rank - median.first] ?? 0;
      for (let row = root; row < subtreeEnd[root]; row++) {
        const account = this.#accounts.account[row];
        if (this.#accounts.pairs.second(account) !== 0) continue;
        if (this.#walked.visited[row] === 0 && !isAsync[columnOf.get(account) ?? 0]) continue;
        const operation = this.#operations.id(account, this.#table.name[row]);
        if (operation >= this.#count.length) this.#reserve(operation + 1);
        if (this.#count[operation] === 0) touched.push(operation);
        const calls = this.#summaries?.calls[row] ?? 1;
        this.#count[operation] += weight * calls;
        if (calls > 1) this.#summarised[account] += weight * calls;
        this.#share[operation] += shareWeight * pathTime[row];
        this.#countLookup(account, row, weight);
      }
    });
    const work = path.columns.map(({ account, weight }) => ({
      operations: [] as Operation[],
      hitRatio: this.#takeHitRatio(account),
      summarised: this.#takeSummarised(account) / weight,
    }));
    for (const operation of touched) {
      const column = columnOf.get(this.#operations.first(operation)) ?? 0;
      work[column].operations.push({
        name: this.#table.attributes.strings.text(this.#operations.second(operation)),
        shareMs: toMilliseconds(this.#share[operation]),
        visits: this.#count[operation] / path.columns[column].weight,
      });
      this.#count[operation] = 0;
      this.#share[operation] = 0;
    }
    return work.map(({ operations, ...rest }) => ({
      operations: operations.sort(moreExpensive).slice(0, OPERATIONS_SHOWN),
      ...rest,
    }));
  }

  #countLookup(account: number, row: number, weight: number): void {
    const { facts, works, work } = this.#accounts;
    const { isCacheHit } = facts[works.fact[work[row]]];
    if (isCacheHit === null) return;
    this.#lookups[account] += weight;
    if (isCacheHit) this.#hits[account] += weight;
  }

  #takeHitRatio(account: number): number | null {
    const ratio = this.#lookups[account] === 0 ? null : this.#hits[account] / this.#lookups[account];
    this.#hits[account] = 0;
    this.#lookups[account] = 0;
    return ratio;
  }

  #takeSummarised(account: number): number {
    const spans = this.#summarised[account];
    this.#summarised[account] = 0;
    return spans;
  }

  #reserve(length: number): void {
    this.#count = grown(this.#count, length);
    this.#share = grown(this.#share, length);
  }
}

function moreExpensive(a: Operation, b: Operation): number {
  return b.shareMs - a.shareMs || b.visits - a.visits || compareText(a.name, b.name);
}
