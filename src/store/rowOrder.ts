const TWO_32 = 4294967296;
/** Traces whose first rows are looked at together. More of them, and the first are out of the nearest cache again. */
const AT_ONCE = 16;
/** Where what is only looked at is put, so that the look is not left out. */
const unused = new Uint32Array(1);

/**
 * In which order rows of columns become those of the table: row i is what came as `source[i]`, and those from
 * `traceRows[t]` on are trace t. A trace's rows mostly came side by side, but traces lie all over memory, and a
 * processor that copies rows sees few traces ahead. So the first rows of several are looked at, and then copied:
 * in half of the time.
 */
export interface RowOrder {
  readonly source: Uint32Array;
  readonly traceRows: Uint32Array;
}

/** A column in order, written to `room`. */
export function gathered(from: Uint32Array, order: RowOrder, room: Uint32Array): Uint32Array {
  const { source } = order;
  const to = room.subarray(0, source.length);
  inBlocks(order, from, 1, (first, end) => {
    for (let i = first; i < end; i++) to[i] = from[source[i]];
  });
  return to;
}

/** The same with two words a row. */
export function gathered2(from: Uint32Array, order: RowOrder, room: Uint32Array): Uint32Array {
  const { source } = order;
  const to = room.subarray(0, source.length * 2);
  inBlocks(order, from, 2, (first, end) => {
    for (let i = first; i < end; i++) {
      const row = source[i];
      to[i * 2] = from[row * 2];
      to[i * 2 + 1] = from[row * 2 + 1];
    }
  });
  return to;
}

/** Times, two words a row, as nanoseconds from the origin of their trace. `origins`: two words each, the low one first. */
export function sinceOrigin(from: Uint32Array, order: RowOrder, origins: Uint32Array, room: Uint32Array): Float64Array {
  const { source, traceRows } = order;
  const to = new Float64Array(room.buffer, 0, source.length);
  inBlocks(order, from, 2, (_first, _end, firstTrace, endTrace) => {
    for (let trace = firstTrace; trace < endTrace; trace++) {
      const low = origins[trace * 2];
      const high = origins[trace * 2 + 1];
      const end = traceRows[trace + 1];
      for (let i = traceRows[trace]; i < end; i++) {
        const at = source[i] * 2;
        to[i] = (from[at] - high) * TWO_32 + (from[at + 1] - low);
      }
    }
  });
  return to;
}

/** Has `write` called for rows `[first, end)` of the table, those of some traces, when the rows of `column` that they came as are near. */
export function inBlocks(
  { source, traceRows }: RowOrder,
  column: Uint32Array,
  width: 1 | 2,
  write: (first: number, end: number, firstTrace: number, endTrace: number) => void,
): void {
  const traces = traceRows.length - 1;
  for (let trace = 0; trace < traces; trace += AT_ONCE) {
    const next = Math.min(traces, trace + AT_ONCE);
    let seen = 0;
    for (let t = trace; t < next; t++) seen |= column[source[traceRows[t]] * width];
    unused[0] = seen;
    write(traceRows[trace], traceRows[next], trace, next);
  }
}
