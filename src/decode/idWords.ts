/** What an id in JSON is: sixteen or eight bytes as hex or base64, nothing (empty, or zeros of any number), or neither. */
export type IdForm = 'absent' | 'invalid' | 'valid';

const NOT_HEX = 0xff;
const HEX = new Uint8Array(256).fill(NOT_HEX);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

const NOT_BASE64 = 0xff;
const BASE64 = new Uint8Array(256).fill(NOT_BASE64);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((letter, value) => {
  BASE64[letter.charCodeAt(0)] = value;
});

/**
 * The words of an id, most significant first, from hex of any case or, told by its length and the `=` at its end,
 * from base64 (the API of Tempo, and other writers of protobuf's own JSON).
 *
 *     16 bytes   5b8efff798038103d269b633813fc60c   or   W47/95gDgQPSabYzgT/GDA==
 *      8 bytes   eee19b7ec3c1b174                   or   7uGbfsPBsXQ=
 */
export class IdWords {
  readonly words = new Uint32Array(4);

  /** Reads an id of `byteCount` (8 or 16) bytes from `bytes[start, end)`. Anything but 'valid' leaves the words zero. */
  read(bytes: Uint8Array, start: number, end: number, byteCount: number): IdForm {
    const length = end - start;
    const isRead =
      length === byteCount * 2
        ? this.readHex(bytes, start, byteCount)
        : length === (byteCount === 16 ? 24 : 12) &&
          bytes[end - 1] === 0x3d &&
          this.#readBase64(bytes, start, byteCount);
    if (isRead) return 'valid';
    this.words.fill(0);
    for (let p = start; p < end; p++) if (bytes[p] !== 0x30) return 'invalid';
    return 'absent';
  }

  /** Reads `byteCount` (8 or 16) bytes as hex; false where they are not. */
  readHex(bytes: Uint8Array, start: number, byteCount: number): boolean {
    const wordCount = byteCount >> 2;
    let seen = 0;
    for (let w = 0, p = start; w < wordCount; w++, p += 8) {
      const a = HEX[bytes[p]];
      const b = HEX[bytes[p + 1]];
      const c = HEX[bytes[p + 2]];
      const d = HEX[bytes[p + 3]];
      const e = HEX[bytes[p + 4]];
      const f = HEX[bytes[p + 5]];
      const g = HEX[bytes[p + 6]];
      const h = HEX[bytes[p + 7]];
      seen |= a | b | c | d | e | f | g | h;
      this.words[w] = (a << 28) | (b << 24) | (c << 20) | (d << 16) | (e << 12) | (f << 8) | (g << 4) | h;
    }
    return seen < 16;
  }

  #readBase64(bytes: Uint8Array, start: number, byteCount: number): boolean {
    let bits = 0;
    let bitCount = 0;
    let p = start;
    for (let i = 0; i < byteCount; i++) {
      while (bitCount < 8) {
        const value = BASE64[bytes[p++]];
        if (value === NOT_BASE64) return false;
        bits = ((bits << 6) | value) & 0xffff;
        bitCount += 6;
      }
      bitCount -= 8;
      const byte = (bits >> bitCount) & 0xff;
      const w = i >> 2;
      this.words[w] = (i & 3) === 0 ? byte << 24 : this.words[w] | (byte << (24 - (i & 3) * 8));
    }
    return true;
  }
}
