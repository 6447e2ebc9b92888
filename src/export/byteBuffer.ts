import { grown } from '../base/growable.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HEX = '0123456789abcdef';
/** What JSON writes in two characters (RFC 8259, section 7); other control characters take six. */
const SHORT_ESCAPES: Readonly<Record<number, string>> = { 0x08: 'b', 0x09: 't', 0x0a: 'n', 0x0c: 'f', 0x0d: 'r' };

/** Bytes being written, in a buffer that grows and is used again for the next piece. */
export class ByteBuffer {
  bytes = new Uint8Array(1 << 16);
  length = 0;

  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.bytes = grown(this.bytes, this.length + count);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  add(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  ascii(text: string): void {
    this.reserve(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i);
  }

  /** A 32-bit word as eight hex digits. */
  hex(word: number): void {
    this.reserve(8);
    for (let shift = 28; shift >= 0; shift -= 4) this.bytes[this.length++] = HEX.charCodeAt((word >>> shift) & 15);
  }

  /** UTF-8 as a JSON string. */
  quoted(text: Uint8Array): void {
    this.reserve(text.length + 2);
    this.bytes[this.length++] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const byte = text[i];
      if (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH) this.bytes[this.length++] = byte;
      else {
        const short = byte >= 0x20 ? String.fromCharCode(byte) : SHORT_ESCAPES[byte];
        this.ascii(short === undefined ? `\\u00${byte < 16 ? '0' : '1'}${HEX[byte & 15]}` : `\\${short}`);
        this.reserve(text.length - i + 1);
      }
    }
    this.bytes[this.length++] = QUOTE;
  }

  /** A copy of what was written; the buffer is empty again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}
