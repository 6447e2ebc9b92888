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
  /** By work: 1 where its spans tell whether a cache held what was asked for. */
  readonly #isLookup: Uint8Array;

  constructor(table: SpanTable, accounts: Accounts, walked: Walked, facts: TraceFacts, summaries: SummarySpans | null) {
    this.#table = table;
    this.#accounts = accounts;
    this.#walked = walked;
    this.#facts = facts;
    this.#summaries = summaries;
    this.#hits = new Float64Array(accounts.pairs.count);
    this.#lookups = new Float64Array(accounts.pairs.count);
    this.#summarised = new Float64Array(accounts.pairs.count);
    const { works } = accounts;
    this.#isLookup = Uint8Array.from({ length: works.count }, (_, work) =>
      accounts.facts[works.fact[work]].isCacheHit === null ? 0 : 1,
    );
  }

  /** By column of `path`; `median` are the weights of its ranks at p50. */
  count(path: PathColumns, median: RankWeights): HopWork[] {
    const { windows } = this.#walked;
    const { traceRows, subtreeEnd, name } = this.#table;
    const { work: workOf, works } = this.#accounts;
    const calls = this.#summaries?.calls ?? null;
    const touched: number[] = [];
    const columnOf = new Map(Array.from(path.account, (account, column) => [account, column]));
    for (let rank = 0; rank < path.traces.length; rank++) {
      const trace = path.traces[rank];
      const root = traceRows[trace];
      const last = subtreeEnd[root];
      const weight = this.#facts.weight[trace];
      const isInMedian = rank >= median.first && rank < median.first + median.weights.length;
      windows.take(trace);
      const { pathTime, visited } = windows;
      const shareWeight = isInMedian ? median.weights[rank - median.first] : 0;
      for (let row = root; row < last; row++) {
        const work = workOf[row];
        if (works.isBoundary[work] !== 0) continue;
        const account = works.account[work];
        if (visited[row - root] === 0 && path.isReached(columnOf.get(account) ?? 0)) continue;
        const operation = this.#operations.id(account, name[row]);
        if (operation >= this.#count.length) this.#reserve(operation + 1);
        if (this.#count[operation] === 0) touched.push(operation);
        const times = calls === null ? 1 : calls[row];
        this.#count[operation] += weight * times;
        if (times > 1) this.#summarised[account] += weight * times;
        if (isInMedian) this.#share[operation] += shareWeight * pathTime[row - root];
        if (this.#isLookup[work] !== 0) this.#countLookup(account, work, weight);
      }
    }
    const work = Array.from(path.account, (account, column) => ({
      operations: [] as Operation[],
      hitRatio: this.#takeHitRatio(account),
      summarised: this.#takeSummarised(account) / path.weight[column],
    }));
    for (const operation of touched) {
      const column = columnOf.get(this.#operations.first(operation)) ?? 0;
      work[column].operations.push({
        name: this.#table.attributes.strings.text(this.#operations.second(operation)),
        shareMs: toMilliseconds(this.#share[operation]),
        visits: this.#count[operation] / path.weight[column],
      });
      this.#count[operation] = 0;
      this.#share[operation] = 0;
    }
    return work.map(({ operations, ...rest }) => ({
      operations: operations.sort(moreExpensive).slice(0, OPERATIONS_SHOWN),
      ...rest,
    }));
  }

  #countLookup(account: number, work: number, weight: number): void {
    const { facts, works } = this.#accounts;
    this.#lookups[account] += weight;
    if (facts[works.fact[work]].isCacheHit === true) this.#hits[account] += weight;
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
