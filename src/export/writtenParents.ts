import { parentIdOf, SpanFlag, type SpanTable } from '../store/spanTable.ts';

const MOST = 0xffff_ffff;

/**
 * The ids that spans are written with as their parents'. Where a span named a parent by what is no id, it is one that no
 * span of its trace has: without any it would be a root where the file is opened, and might be taken for the trace's.
 */
export class WrittenParents {
  readonly #table: SpanTable;
  /** The trace that `#free` is of: spans of a trace are written near one another. */
  #trace = -1;
  #free: Uint32Array = new Uint32Array(2);

  constructor(table: SpanTable) {
    this.#table = table;
  }

  /** Two words; null for a root. */
  of(row: number): Uint32Array | null {
    const { flags, trace } = this.#table;
    const id = parentIdOf(this.#table, row);
    if ((id[0] | id[1]) !== 0) return id;
    if ((flags[row] & SpanFlag.orphan) === 0) return null;
    if (this.#trace !== trace[row]) {
      this.#trace = trace[row];
      this.#free = freeId(this.#table, trace[row]);
    }
    return this.#free;
  }
}

/** ffffffffffffffff, or the first before it that no span has. */
function freeId({ traceRows, spanId }: SpanTable, trace: number): Uint32Array {
  const taken = new Set<number>();
  for (let row = traceRows[trace]; row < traceRows[trace + 1]; row++) {
    if (spanId[row * 2] === MOST) taken.add(spanId[row * 2 + 1]);
  }
  let low = MOST;
  while (taken.has(low)) low--;
  return Uint32Array.of(MOST, low);
}
