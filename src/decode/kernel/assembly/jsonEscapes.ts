import { byteAt } from './bytes.ts';
import { stopOdd } from './failure.ts';
import { BACKSLASH } from './jsonSpace.ts';
import { SCRATCH, SCRATCH_BYTES } from './layout.ts';

/**
 * Writes the string in `[start, end)`, which is known to be one, into the scratch memory as UTF-8 without escapes, and
 * returns its length. An escape never takes fewer bytes than what it stands for. As in json/jsonText.ts, half a surrogate
 * pair becomes U+FFFD; what is no escape is odd.
 */
export function unescape(start: usize, end: usize): u32 {
  if (end - start > SCRATCH_BYTES) stopOdd();
  let to: usize = SCRATCH;
  let p = start;
  while (p < end) {
    const byte = byteAt(p);
    if (byte !== BACKSLASH) {
      store<u8>(to++, byte);
      p++;
    } else if (byteAt(p + 1) !== 0x75) {
      store<u8>(to++, meaning(byteAt(p + 1)));
      p += 2;
    } else {
      let code = hex4(p + 2, end);
      p += 6;
      if ((code & 0xfc00) === 0xd800 && load<u16>(p) === 0x755c) {
        const low = hex4(p + 2, end);
        if ((low & 0xfc00) === 0xdc00) {
          code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
          p += 6;
        }
      }
      to = putCodePoint(to, (code & 0xfffff800) === 0xd800 ? 0xfffd : code);
    }
  }
  return <u32>(to - SCRATCH);
}

/** Of the letter behind a backslash. */
function meaning(letter: u32): u32 {
  switch (letter) {
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
      return letter;
    case 0x62: // b
      return 0x08;
    case 0x66: // f
      return 0x0c;
    case 0x6e: // n
      return 0x0a;
    case 0x72: // r
      return 0x0d;
    case 0x74: // t
      return 0x09;
    default:
      stopOdd();
      return 0;
  }
}

function hex4(p: usize, end: usize): u32 {
  if (p + 4 > end) stopOdd();
  return (
    (hexDigit(byteAt(p)) << 12) |
    (hexDigit(byteAt(p + 1)) << 8) |
    (hexDigit(byteAt(p + 2)) << 4) |
    hexDigit(byteAt(p + 3))
  );
}

function hexDigit(letter: u32): u32 {
  const digit = letter - 0x30;
  if (digit <= 9) return digit;
  const small = (letter | 0x20) - 0x61;
  if (small > 5) stopOdd();
  return small + 10;
}

function putCodePoint(to: usize, code: u32): usize {
  if (code < 0x80) {
    store<u8>(to, code);
    return to + 1;
  }
  if (code < 0x800) {
    store<u8>(to, 0xc0 | (code >> 6));
    store<u8>(to, 0x80 | (code & 0x3f), 1);
    return to + 2;
  }
  if (code < 0x10000) {
    store<u8>(to, 0xe0 | (code >> 12));
    store<u8>(to, 0x80 | ((code >> 6) & 0x3f), 1);
    store<u8>(to, 0x80 | (code & 0x3f), 2);
    return to + 3;
  }
  store<u8>(to, 0xf0 | (code >> 18));
  store<u8>(to, 0x80 | ((code >> 12) & 0x3f), 1);
  store<u8>(to, 0x80 | ((code >> 6) & 0x3f), 2);
  store<u8>(to, 0x80 | (code & 0x3f), 3);
  return to + 4;
}
