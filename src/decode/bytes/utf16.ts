import type { Bytes } from './readBytes.ts';

const encoder = new TextEncoder();

/** UTF-16 by its byte order mark: what PowerShell writes with `>`. */
export function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** The same text in UTF-8. */
export async function* fromUtf16(bytes: Bytes): Bytes {
  let decoder: TextDecoder | null = null;
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue;
    decoder ??= new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : 'utf-16be');
    yield encoder.encode(decoder.decode(chunk, { stream: true }));
  }
}
