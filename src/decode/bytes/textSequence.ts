import type { Bytes } from './readBytes.ts';

const RECORD_SEPARATOR = 0x1e;
const NEWLINE = 0x0a;
const TEXT_STARTS = [0x7b, 0x5b, 0x20, NEWLINE];

/** JSON text sequences (RFC 7464): each text between a record separator and a line feed. `jq --seq` writes them. */
export function isTextSequence(head: Uint8Array): boolean {
  return head[0] === RECORD_SEPARATOR && TEXT_STARTS.includes(head[1]);
}

/** The texts alone, each at the beginning of a line: of one that is cut off, the line feed is missing. */
export async function* fromTextSequence(bytes: Bytes): Bytes {
  let last = NEWLINE;
  for await (const chunk of bytes) {
    if (!chunk.includes(RECORD_SEPARATOR)) {
      yield chunk;
      last = chunk.at(-1) ?? last;
    } else {
      const texts = new Uint8Array(chunk.length);
      let length = 0;
      for (const byte of chunk) {
        if (byte !== RECORD_SEPARATOR) texts[length++] = last = byte;
        else if (last !== NEWLINE) texts[length++] = last = NEWLINE;
      }
      if (length > 0) yield texts.subarray(0, length);
    }
  }
}
