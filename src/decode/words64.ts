const encoder = new TextEncoder();

/**
 * A 64-bit whole number as two unsigned 32-bit words, from decimal digits and without BigInt: nanoseconds since 1970
 * exceed 2⁵³, and there are two in every span.
 *
 *     "1760000000123456789"   upper = 1760000000 · lower = 123456789 (the last nine digits)
 *     value = upper × 10⁹ + lower, in parts of 16 bits of upper so that every step stays below 2⁵³
 */
export class Words64 {
  high = 0;
  low = 0;

  /** Reads the digits in `bytes[start, end)`; false, and zero, where they are no number below 2⁶⁴. */
  readDigits(bytes: Uint8Array, start: number, end: number): boolean {
    this.high = 0;
    this.low = 0;
    let first = start;
    while (first < end - 1 && bytes[first] === 0x30) first++;
    if (first >= end || end - first > 20) return false;
    const split = Math.max(first, end - 9);
    let upper = 0;
    let lower = 0;
    for (let p = first; p < split; p++) {
      const digit = bytes[p] - 0x30;
      if (digit < 0 || digit > 9) return false;
      upper = upper * 10 + digit;
    }
    for (let p = split; p < end; p++) {
      const digit = bytes[p] - 0x30;
      if (digit < 0 || digit > 9) return false;
      lower = lower * 10 + digit;
    }
    const upper16 = Math.floor(upper / 65536);
    const low48 = (upper - upper16 * 65536) * 1e9 + lower;
    const carry = Math.floor(low48 / 65536);
    const high48 = upper16 * 1e9 + carry;
    const high = Math.floor(high48 / 65536);
    if (high > 0xffffffff) return false;
    this.high = high;
    this.low = (high48 - high * 65536) * 65536 + (low48 - carry * 65536);
    return true;
  }

  /** The same for text, which may also be empty (0) or a JSON number in another form (`1.76e18`). */
  readText(text: string): boolean {
    const bytes = encoder.encode(text);
    if (this.readDigits(bytes, 0, bytes.length)) return true;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 64) return false;
    this.high = Math.floor(value / 4294967296);
    this.low = value % 4294967296;
    return true;
  }
}
