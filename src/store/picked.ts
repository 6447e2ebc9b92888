/** `width` elements of `column` for each of `rows`, in their order. */
export function picked<T extends Uint8Array | Uint16Array | Uint32Array>(column: T, rows: Uint32Array, width = 1): T {
  const Constructor = column.constructor as new (length: number) => T;
  const result = new Constructor(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let w = 0; w < width; w++) result[i * width + w] = column[rows[i] * width + w];
  }
  return result;
}
