/** A plain object with copies of its typed arrays, which may be views of memory that is overwritten later. */
export function ownedCopy<T>(value: T): T;
export function ownedCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isColumn(value)) return value.slice();
  return Object.fromEntries(Object.entries(value).map(([key, inner]: [string, unknown]) => [key, ownedCopy(inner)]));
}

function isColumn(value: object): value is Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array {
  return ArrayBuffer.isView(value) && 'slice' in value;
}
