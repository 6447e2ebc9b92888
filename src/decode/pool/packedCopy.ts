type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/** Any column may begin at a multiple of this. */
const ALIGNMENT = 8;

/**
 * A plain object with copies of its typed arrays, which may be views of memory that is overwritten later. All of them
 * lie in one buffer, so that there is one to make, to send and to use again: the first of `spare` that is large enough,
 * or a new one.
 *
 *     {a: [1 2 3], b: {c: [4]}}      buffer  1 2 3 _ 4
 */
export function packedCopy<T>(value: T, spare: ArrayBuffer[]): T;
export function packedCopy(value: unknown, spare: ArrayBuffer[]): unknown {
  const size = sizeOf(value);
  const found = spare.findIndex(({ byteLength }) => byteLength >= size);
  const buffer = found < 0 ? new ArrayBuffer(size) : spare.splice(found, 1)[0];
  let at = 0;
  return copied(value, (column) => {
    const copy = viewAt(column, buffer, at);
    copy.set(column);
    at += roomFor(column);
    return copy;
  });
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (isColumn(value)) return roomFor(value);
  return Object.values(value).reduce((sum: number, inner: unknown) => sum + sizeOf(inner), 0);
}

function copied(value: unknown, copyOf: (column: Column) => Column): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isColumn(value)) return copyOf(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [key, copied(inner, copyOf)]),
  );
}

function roomFor({ byteLength }: Column): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}

function viewAt(column: Column, buffer: ArrayBuffer, at: number): Column {
  if (column instanceof Uint8Array) return new Uint8Array(buffer, at, column.length);
  if (column instanceof Uint16Array) return new Uint16Array(buffer, at, column.length);
  if (column instanceof Int32Array) return new Int32Array(buffer, at, column.length);
  if (column instanceof Uint32Array) return new Uint32Array(buffer, at, column.length);
  return new Float64Array(buffer, at, column.length);
}

function isColumn(value: object): value is Column {
  return ArrayBuffer.isView(value) && 'slice' in value;
}
