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
