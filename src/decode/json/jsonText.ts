import { JsonSyntaxError, type JsonCursor } from './jsonCursor.ts';

const decoder = new TextDecoder();

const BACKSLASH = 0x5c;
const U = 0x75;
/** The byte that a letter behind a backslash stands for; 0 where it stands for none. */
const ESCAPES = new Uint8Array(256);
for (const [letter, byte] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'])
  ESCAPES[letter.charCodeAt(0)] = byte.charCodeAt(0);

/** A string's bytes, as a cursor leaves them: `bytes[textStart, textEnd)`. */
interface RawString {
  readonly bytes: Uint8Array;
  readonly textStart: number;
  readonly textEnd: number;
}

/** The string read last, as text. */
export function unescapedText(cursor: JsonCursor): string {
  if (!cursor.hasEscapes) return decoder.decode(cursor.bytes.subarray(cursor.textStart, cursor.textEnd));
  const bytes = unescapedBytes(cursor);
  return decoder.decode(bytes);
}

/**
 * A string as UTF-8 without escapes. An escape never takes fewer bytes than what it stands for.
 * Half a surrogate pair stands for no character and becomes U+FFFD, as in TextEncoder.
 */
export function unescapedBytes(string: RawString): Uint8Array {
  const { bytes, textStart, textEnd } = string;
  const out = new Uint8Array(textEnd - textStart);
  let length = 0;
  for (let p = textStart; p < textEnd;) {
    if (bytes[p] !== BACKSLASH) {
      out[length++] = bytes[p++];
      continue;
    }
    const letter = bytes[p + 1];
    if (letter !== U) {
      const byte = p + 1 < textEnd ? ESCAPES[letter] : 0;
      if (byte === 0) throw new JsonSyntaxError(`"\\${String.fromCharCode(letter)}" is no escape`);
      out[length++] = byte;
      p += 2;
      continue;
    }
    let code = hex4(bytes, p + 2, textEnd);
    p += 6;
    const isHigh = (code & 0xfc00) === 0xd800;
    if (isHigh && bytes[p] === BACKSLASH && bytes[p + 1] === U) {
      const low = hex4(bytes, p + 2, textEnd);
      if ((low & 0xfc00) === 0xdc00) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        p += 6;
      }
    }
    length = putCodePoint(out, length, (code & 0xfffff800) === 0xd800 ? 0xfffd : code);
  }
  return out.subarray(0, length);
}

function hex4(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let p = start; p < start + 4; p++) {
    const digit = p < end ? Number.parseInt(String.fromCharCode(bytes[p]), 16) : Number.NaN;
    if (Number.isNaN(digit)) throw new JsonSyntaxError('"\\u" is not followed by four hex digits');
    value = value * 16 + digit;
  }
  return value;
}

function putCodePoint(out: Uint8Array, at: number, code: number): number {
  let p = at;
  if (code < 0x80) out[p++] = code;
  else if (code < 0x800) {
    out[p++] = 0xc0 | (code >> 6);
    out[p++] = 0x80 | (code & 0x3f);
  } else if (code < 0x10000) {
    out[p++] = 0xe0 | (code >> 12);
    out[p++] = 0x80 | ((code >> 6) & 0x3f);
    out[p++] = 0x80 | (code & 0x3f);
  } else {
    out[p++] = 0xf0 | (code >> 18);
    out[p++] = 0x80 | ((code >> 12) & 0x3f);
    out[p++] = 0x80 | ((code >> 6) & 0x3f);
    out[p++] = 0x80 | (code & 0x3f);
  }
  return p;
}
