type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/**
 * A copy of `column` that holds at least `length` elements; the same column when it already does.
 * Doubles, so that appending n elements one by one costs O(n). Throws a RangeError where there is no memory for it.
 */
export function grown<T extends Column>(column: T, length: number): T {
  if (column.length >= length) return column;
  const Constructor = column.constructor as new (length: number) => T;
  const larger = new Constructor(Math.max(length, column.length * 2));
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
