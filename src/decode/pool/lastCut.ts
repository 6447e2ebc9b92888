const NEWLINE = 0x0a;
const LENGTH_DELIMITED = 2;

/** Behind the last line feed: in JSON Lines a document ends there, and in no JSON does one stand inside a string. */
export function lastLineEnd(bytes: Uint8Array): number {
  return bytes.lastIndexOf(NEWLINE) + 1;
}

/** Behind the first line feed, likewise. */
export function firstLineEnd(bytes: Uint8Array): number {
  return bytes.indexOf(NEWLINE) + 1;
}

/**
 * The end of the last whole field, where `bytes` begin with one; else 0, because nothing tells fields apart but those
 * before them. One that is not length-delimited, or not protobuf, is where it stops.
 *
 *     0a 03 …  0a 85 01 …  0a 40 … cut off
 *                        ▲
 */
export function lastFieldEnd(bytes: Uint8Array, isStart: boolean): number {
  for (let end = 0; ;) {
    let p = end;
    if (!isStart || (bytes[p] & 7) !== LENGTH_DELIMITED) return end;
    while (bytes[p++] >= 0x80);
    let length = 0;
    let scale = 1;
    for (; bytes[p] >= 0x80; p++, scale *= 128) length += (bytes[p] & 0x7f) * scale;
    length += bytes[p++] * scale;
    if (!(p + length <= bytes.length)) return end;
    end = p + length;
  }
}
