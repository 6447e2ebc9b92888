/**
 * The text of a file in UTF-8, or in UTF-16 where it begins with a byte order mark of that: what PowerShell writes
 * with `>`. The mark stays.
 */
export function textFromBytes(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}
