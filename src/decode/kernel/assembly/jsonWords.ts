import { stopAt } from './failure.ts';

/** Whether this ASCII text stands at `p`: eight letters at a time, widened to the 16 bits that a string literal has. */
/* @inline */ export function isText(p: usize, text: string): bool {
  const letters = changetype<usize>(text);
  const length = text.length;
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    const widened = v128.load_ext<u8>(p + i);
    if (!i16x8.all_true(i16x8.eq(widened, v128.load(letters + (i << 1))))) return false;
  }
  if (i === length) return true;
  const agreeing = i16x8.bitmask(i16x8.eq(v128.load_ext<u8>(p + i), v128.load(letters + (i << 1))));
  return (~agreeing & ((1 << (length - i)) - 1)) === 0;
}

/** Whether the word read last was `true`. */
export let isTrue: bool = false;

/** Reads `true` or `false`. */
export function readBoolean(p: usize): usize {
  isTrue = isText(p, 'true');
  if (isTrue) return p + 4;
  if (!isText(p, 'false')) stopAt(p);
  return p + 5;
}
