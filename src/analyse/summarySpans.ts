import { grown } from '../base/growable.ts';
import { AttributeLookup, type AttributeValue } from '../store/attributes.ts';
import type { SpanTable } from '../store/spanTable.ts';

/**
 * Summary spans: one stands for many calls of one kind, which the Collector's `spanpruning` processor took out of their
 * trace (contrib, processor/spanpruningprocessor, README.md). Its own length is a window, from the first call's start
 * to the last one's end; its attributes say how many calls there were and how long they took in all.
 *
 *     recorded   SELECT       10 ├──┤ 20   30 ├──┤ 40      70 ├──┤ 80
 *     kept       SELECT       10 ├────────────────────────────────┤ 80
 *                aggregation.is_summary true · aggregation.span_count 3 · aggregation.duration_total_ns 30
 */
export interface SummarySpans {
  /** Ascending. */
  readonly rows: Uint32Array;
  /** By summary: how long its calls took, ns; never more than its window, which they fill where they overlap. */
  readonly busy: Float64Array;
  /** By span: how many it stands for. 1 where it is no summary. */
  readonly calls: Uint32Array;
  /** All that the summaries stand for. */
  readonly total: number;
}

/** The processor's prefix is `aggregation.`, unless its `aggregation_attribute_prefix` says otherwise. */
const MARK = 'is_summary';
const MOST_CALLS = 0xffff_ffff;

/** Null where the dataset has none. */
export function findSummarySpans(table: SpanTable): SummarySpans | null {
  const readers = prefixes(table).map((prefix) => new SummaryReader(table, prefix));
  if (readers.length === 0) return null;
  let rows = new Uint32Array(64);
  let busy = new Float64Array(64);
  let count = 0;
  let total = 0;
  const calls = new Uint32Array(table.spanCount).fill(1);
  for (let row = 0; row < table.spanCount; row++) {
    const reader = readers.find((each) => each.isSummary(row));
    if (reader === undefined) continue;
    rows = grown(rows, count + 1);
    busy = grown(busy, count + 1);
    rows[count] = row;
    busy[count++] = reader.busy(row);
    calls[row] = Math.min(reader.calls(row), MOST_CALLS);
    total += calls[row];
  }
  return count === 0 ? null : { rows: rows.slice(0, count), busy: busy.slice(0, count), calls, total };
}

/** What stands before the mark, wherever it is a key. */
function prefixes({ attributes }: SpanTable): string[] {
  const keys = new Set(attributes.shapeKey.subarray(0, attributes.shapeCount));
  return [...keys].flatMap((key) => {
    const text = attributes.strings.text(key);
    return text.endsWith(MARK) ? [text.slice(0, -MARK.length)] : [];
  });
}

/** Reads the attributes of one prefix. They are text where the spans came through a format that has nothing else. */
class SummaryReader {
  readonly #table: SpanTable;
  readonly #prefix: string;
  readonly #lookup: AttributeLookup<string>;

  constructor(table: SpanTable, prefix: string) {
    const keys = [MARK, 'span_count', 'duration_total_ns', 'duration_avg_ns'].map((key) => prefix + key);
    this.#table = table;
    this.#prefix = prefix;
    this.#lookup = new AttributeLookup(table.attributes, keys);
  }

  /** As the processor itself: the mark alone makes no summary, there must be a number of calls too. */
  isSummary(row: number): boolean {
    const mark = this.#value(row, MARK);
    return (mark === true || mark === 'true') && this.calls(row) >= 1;
  }

  calls(row: number): number {
    return Math.floor(this.#number(row, 'span_count') ?? 0);
  }

  busy(row: number): number {
    const { start, end } = this.#table;
    const window = end[row] - start[row];
    const average = this.#number(row, 'duration_avg_ns');
    const told = this.#number(row, 'duration_total_ns') ?? (average === null ? window : average * this.calls(row));
    return Math.min(Math.round(told), window);
  }

  /** Null where it is absent, no number, or negative. */
  #number(row: number, key: string): number | null {
    const value = this.#value(row, key);
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    return typeof number === 'number' && number >= 0 ? number : null;
  }

  #value(row: number, key: string): AttributeValue | undefined {
    return this.#lookup.value(this.#table.shape[row], this.#table.offset[row], this.#prefix + key);
  }
}
