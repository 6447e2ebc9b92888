/** How much longer something becomes at most at once, whatever is expected. */
const LARGEST_STEP = 16;
/** More than is expected, so that a little more than that makes no copies. */
const MARGIN = 1.04;

type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/**
 * From so many bytes on a column grows by a quarter: what is copied is little beside what would lie idle. What is smaller
 * is left to the collector.
 */
export const LARGE = 1 << 20;

/**
 * A copy of `column` that holds at least `length` elements; the same column when it already does.
 * Doubles, or grows by a quarter where it is large, so that appending n elements one by one costs O(n).
 * Throws a RangeError where there is no memory for it.
 */
export function grown<T extends Column>(column: T, length: number): T {
  if (column.length >= length) return column;
  const Constructor = column.constructor as new (length: number) => T;
  const room = column.byteLength < LARGE ? column.length : column.length >>> 2;
  const larger = new Constructor(Math.max(length, column.length + room));
  larger.set(column);
  return larger;
}

/** Up to so many slots a table of them just doubles: that is soon done. */
const FEW_SLOTS = 1 << 14;

/**
 * An empty table of slots for more than `count` entries, of which it may be two thirds full, instead of one of `length`:
 * twice as long, or as long as it will have to be by what was read (see `expectedCount`), as entries that move into a
 * longer table cost most of what growing costs. Throws a RangeError where there is no memory for twice as many.
 */
export function longerTable(length: number, count: number, fractionRead: number): Int32Array<ArrayBuffer> {
  const expected = length < FEW_SLOTS ? 0 : expectedCount(count, fractionRead, length / 1.5);
  const slots = Math.max(length * 2, 2 ** Math.ceil(Math.log2(expected * 1.5)));
  return withMemory(() => new Int32Array(slots)) ?? new Int32Array(length * 2);
}

/** What `make` makes; null where there is no memory for it (a RangeError). */
export function withMemory<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Does `grow`, which makes columns longer. False where there is no memory for them: what is there stays as it is. */
export function hasMemoryFor(grow: () => void): boolean {
  return withMemory(() => (grow(), true)) ?? false;
}

/**
 * How many there will be when all input is read, of which `count` came with the part that was read, up to 1; at most 16
 * times as many as there is room for. 0 where that part is not known.
 */
export function expectedCount(count: number, fractionRead: number, room: number): number {
  return fractionRead > 0 ? Math.min(Math.ceil((count / fractionRead) * MARGIN), room * LARGEST_STEP) : 0;
}
