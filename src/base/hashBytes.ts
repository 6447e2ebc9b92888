/**
 * The hash that strings are found by: a round for each word of four bytes, little-endian; what is left of the string is
 * its last word once more, shifted back into the string, or all of it where it is shorter than a word.
 *
 *     "GET /cart"   9 → "GET " → "/car" → "cart"       "ab"   2 → "ab\0\0"
 */
export function hashBytes(
  bytes: Uint8Array,
  start: number,
  end: number,
  view: DataView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
): number {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) hash = hashRound(hash, view.getInt32(i, true));
  if (i === end) return hash;
  if (end - start >= 4) return hashRound(hash, view.getInt32(end - 4, true));
  let word = 0;
  for (let shift = 0; i < end; i++, shift += 8) word |= bytes[i] << shift;
  return hashRound(hash, word);
}

function hashRound(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
