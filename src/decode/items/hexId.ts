import type { IdForm } from '../idWords.ts';
import type { JsonValue } from './jsonValue.ts';

const HEX = /^[0-9a-f]+$/i;
const ZEROS = /^0*$/;

/**
 * The words of an id that is hex text, most significant first. Jaeger and old Zipkin libraries drop leading zeros, and
 * ids of traces had 64 bits once: what is missing stands on the left.
 *
 *     16 bytes   ec2b4e0bcea566d   →   00000000 00000000 0ec2b4e0 bcea566d
 */
export class HexId {
  /** The id read last; zeros where it was not valid. Four words, or the first two for 8 bytes. */
  readonly words = new Uint32Array(4);

  /** Reads an id of `byteCount` (8 or 16) bytes. What is no text counts as absent where it is nothing, else as invalid. */
  read(value: JsonValue | undefined, byteCount: number): IdForm {
    this.words.fill(0);
    if (value === undefined || value === null) return 'absent';
    if (typeof value !== 'string') return 'invalid';
    if (ZEROS.test(value)) return 'absent';
    if (value.length > byteCount * 2 || !HEX.test(value)) return 'invalid';
    const digits = value.padStart(byteCount * 2, '0');
    for (let w = 0; w < byteCount >> 2; w++) this.words[w] = Number.parseInt(digits.slice(w * 8, w * 8 + 8), 16);
    return 'valid';
  }
}
