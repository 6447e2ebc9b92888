import { grown } from '../base/growable.ts';
import { SpanFlag, type SpanTable } from '../store/spanTable.ts';
import type { DataNotes } from './model.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';

/** What was repaired in traces, and left out of them. */
type Counts = { -readonly [K in keyof Omit<Required<DataNotes>, 'isPartial'>]: number };

/**
 * What has to be known of the data behind a path's numbers, counted over the spans of its traces.
 *
 *     root            ├─────────────────────┤
 *       client          ├──────────┤
 *         server                     ├────┤        shifted: two clocks disagree
 *       orphan             ├───┤                   adopted: its parent is missing, the root takes it in
 *     orphan                                 ├─┤   outside: left out
 *   ┄┄┄┄┄ no start ────────┤                         timeless: it stands at the beginning of 1970
 */
export class DataNotesCounter {
  readonly #table: SpanTable;
  /** Spans with a flag or without a start, ascending. */
  readonly #flagged: Uint32Array;
  /** By trace: how many subtrees were moved. */
  readonly #moved: Uint32Array;
  readonly #summaries: SummarySpans | null;
  /** By trace: 1 where there may be something to count. */
  readonly #isTouched: Uint8Array;

  constructor(table: SpanTable, { moved }: SpanTimes, summaries: SummarySpans | null) {
    this.#table = table;
    this.#flagged = flaggedRows(table);
    this.#moved = new Uint32Array(table.traceCount);
    this.#summaries = summaries;
    this.#isTouched = new Uint8Array(table.traceCount);
    const { trace, traceRows, subtreeEnd } = table;
    for (const row of moved) this.#moved[trace[row]]++;
    for (let t = 0; t < table.traceCount; t++) {
      if (this.#moved[t] > 0 || subtreeEnd[traceRows[t]] < traceRows[t + 1]) this.#isTouched[t] = 1;
    }
    for (const row of this.#flagged) this.#isTouched[trace[row]] = 1;
    for (const row of summaries?.rows ?? []) this.#isTouched[trace[row]] = 1;
  }

  /** Null where there is nothing that has to be known. */
  of(traces: Uint32Array): DataNotes | null {
    const sum = noCounts();
    for (const trace of traces) if (this.#isTouched[trace] !== 0) this.#add(trace, sum);
    const { isPartial } = this.#table;
    if (!isPartial && sum.repairedTraces === 0 && sum.summaries === 0) return null;
    const { timeless, ...others } = sum;
    return { ...others, ...(timeless > 0 && { timeless }), isPartial };
  }

  #add(trace: number, sum: Counts): void {
    const { flags, traceRows, subtreeEnd } = this.#table;
    const root = traceRows[trace];
    const end = subtreeEnd[root];
    const outside = traceRows[trace + 1] - end;
    let repairs = outside;
    sum.outside += outside;
    const flagged = this.#flagged;
    for (let i = firstFrom(flagged, root); i < flagged.length && flagged[i] < end; i++) {
      const flag = flags[flagged[i]];
      const timeless = isTimeless(this.#table, flagged[i]) ? 1 : 0;
      const cut = (flag & SpanFlag.cut) === 0 ? 0 : 1;
      const adopted = cut === 0 && (flag & SpanFlag.adopted) !== 0 ? 1 : 0;
      const backwards = (flag & SpanFlag.endsBeforeStart) === 0 ? 0 : 1;
      sum.cut += cut;
      sum.adopted += adopted;
      sum.backwards += backwards;
      sum.timeless += timeless;
      repairs += cut + adopted + backwards + timeless;
    }
    const shifted = this.#moved[trace];
    sum.shifted += shifted;
    if (repairs + shifted > 0) sum.repairedTraces++;
    this.#addSummaries(root, traceRows[trace + 1], sum);
  }

  #addSummaries(from: number, to: number, sum: Counts): void {
    if (this.#summaries === null) return;
    const { rows, calls } = this.#summaries;
    for (let i = firstFrom(rows, from); i < rows.length && rows[i] < to; i++) {
      sum.summaries++;
      sum.summarised += calls[rows[i]];
    }
  }
}

function flaggedRows(table: SpanTable): Uint32Array {
  const { flags, spanCount, withoutStart } = table;
  let rows = new Uint32Array(64);
  let count = 0;
  for (let row = 0; row < spanCount; row++) {
    if (flags[row] === 0 && (withoutStart === 0 || !isTimeless(table, row))) continue;
    rows = grown(rows, count + 1);
    rows[count++] = row;
  }
  return rows.slice(0, count);
}

/** It starts with 1970: the table has no mark for it, and a time so far from the others is no exact one. */
function isTimeless({ start, trace, traceOrigin }: SpanTable, row: number): boolean {
  return start[row] === -Number(traceOrigin[trace[row]]);
}

function noCounts(): Counts {
  return {
    repairedTraces: 0,
    adopted: 0,
    outside: 0,
    cut: 0,
    backwards: 0,
    timeless: 0,
    shifted: 0,
    summaries: 0,
    summarised: 0,
  };
}

/** The index of the first of these ascending rows that is not before `from`. */
function firstFrom(rows: Uint32Array, from: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
