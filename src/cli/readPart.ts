import { open } from 'node:fs/promises';

/** The bytes `[start, end)` of a file, fewer where it ends before; in `into` where that is long enough. */
export async function readPart(path: string, start: number, end: number, into?: Uint8Array): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const wanted = end - start;
    const bytes = into !== undefined && into.length >= wanted ? into.subarray(0, wanted) : new Uint8Array(wanted);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, start + length);
      length += bytesRead;
      if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
