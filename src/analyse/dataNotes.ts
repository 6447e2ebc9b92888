import { SpanFlag, type SpanTable } from '../store/spanTable.ts';
import type { DataNotes } from './model.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';

/** What was repaired in traces, and left out of them. */
type Counts = { -readonly [K in keyof Omit<DataNotes, 'isPartial'>]: number };

/**
 * What has to be known of the data behind a path's numbers, counted over the spans of its traces.
 *
 *     root            ├─────────────────────┤
 *       client          ├──────────┤
 *         server                     ├────┤        shifted: two clocks disagree
 *       orphan             ├───┤                   adopted: its parent is missing, the root takes it in
 *     orphan                                 ├─┤   outside: left out
 */
export class DataNotesCounter {
  readonly #table: SpanTable;
  readonly #shift: Float64Array | null;
  readonly #summaries: SummarySpans | null;
  /** By trace: 1 where there may be something to count. */
  readonly #isTouched: Uint8Array;

  constructor(table: SpanTable, { shift }: SpanTimes, summaries: SummarySpans | null) {
    this.#table = table;
    this.#shift = shift;
    this.#summaries = summaries;
    this.#isTouched = new Uint8Array(table.traceCount);
    const { flags, trace, traceRows, subtreeEnd } = table;
    for (let row = 0; row < table.spanCount; row++) if (flags[row] !== 0) this.#isTouched[trace[row]] = 1;
    if (shift !== null)
      for (let row = 0; row < table.spanCount; row++) if (shift[row] !== 0) this.#isTouched[trace[row]] = 1;
    for (let t = 0; t < table.traceCount; t++) if (subtreeEnd[traceRows[t]] < traceRows[t + 1]) this.#isTouched[t] = 1;
    for (const row of summaries?.rows ?? []) this.#isTouched[trace[row]] = 1;
  }

  /** Null where there is nothing that has to be known. */
  of(traces: Uint32Array): DataNotes | null {
    const sum = noCounts();
    for (const trace of traces) if (this.#isTouched[trace] !== 0) this.#add(trace, sum);
    const { isPartial } = this.#table;
    return isPartial || sum.repairedTraces > 0 || sum.summaries > 0 ? { ...sum, isPartial } : null;
  }

  /** The same over all traces, with the first one of each kind, in the order of their ids. */
  ofAll(): { readonly counts: Counts; readonly firstTrace: Counts } {
    const counts = noCounts();
    const firstTrace = noCounts();
    for (let trace = 0; trace < this.#table.traceCount; trace++) {
      if (this.#isTouched[trace] === 0) continue;
      const before = { ...counts };
      this.#add(trace, counts);
      for (const kind of KINDS) if (before[kind] === 0 && counts[kind] > 0) firstTrace[kind] = trace;
    }
    return { counts, firstTrace };
  }

  #add(trace: number, sum: Counts): void {
    const { flags, parent, traceRows, subtreeEnd } = this.#table;
    const root = traceRows[trace];
    const end = subtreeEnd[root];
    let repairs = traceRows[trace + 1] - end;
    sum.outside += repairs;
    for (let row = root; row < end; row++) {
      const cut = (flags[row] & SpanFlag.cut) === 0 ? 0 : 1;
      const adopted = cut === 0 && (flags[row] & SpanFlag.adopted) !== 0 ? 1 : 0;
      const backwards = (flags[row] & SpanFlag.endsBeforeStart) === 0 ? 0 : 1;
      const shifted = row > root && this.#shift !== null && this.#shift[row] !== this.#shift[parent[row]] ? 1 : 0;
      sum.cut += cut;
      sum.adopted += adopted;
      sum.backwards += backwards;
      sum.shifted += shifted;
      repairs += cut + adopted + backwards + shifted;
    }
    if (repairs > 0) sum.repairedTraces++;
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

const KINDS = [
  'repairedTraces',
  'adopted',
  'outside',
  'cut',
  'backwards',
  'shifted',
  'summaries',
  'summarised',
] as const;

function noCounts(): Counts {
  return { repairedTraces: 0, adopted: 0, outside: 0, cut: 0, backwards: 0, shifted: 0, summaries: 0, summarised: 0 };
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
