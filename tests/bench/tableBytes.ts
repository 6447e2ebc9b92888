import { StringTable } from '../../src/base/strings.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';

/** Bytes that a finished table holds on to, each buffer once, spare room included; `strings` is the part of its texts. */
export function tableBytes(table: SpanTable): { readonly bytes: number; readonly strings: number } {
  const buffers = new Set<ArrayBufferLike>();
  let strings = 0;
  const open: unknown[] = [table];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
    else if (value instanceof StringTable) strings += value.byteLength;
    else if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
  }
  let bytes = strings;
  for (const { byteLength } of buffers) bytes += byteLength;
  return { bytes, strings };
}
