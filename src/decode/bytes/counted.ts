import type { Bytes } from './readBytes.ts';

/** The same bytes; `onBytes` is called with their number so far. */
export async function* counted(bytes: Bytes, onBytes: (bytes: number) => void): Bytes {
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.length;
    onBytes(count);
    yield chunk;
  }
}
