import { ByteBuffer } from './byteBuffer.ts';

/** Wire types (protobuf.dev, encoding). */
const VARINT = 0;
const I64 = 1;
const LENGTH = 2;
const I32 = 5;

/**
 * Protobuf's wire format. A message comes behind its length, which is known at its end: a byte is kept free, and what
 * stands behind it moves on where the length takes more.
 *
 *     open(2)   12 00            12 00 0a 03 47 45 54          close   12 05 0a 03 47 45 54
 */
export class ProtobufBuffer extends ByteBuffer {
  varint(field: number, value: number): void {
    this.#tag(field, VARINT);
    this.#varint(0, value);
  }

  int64(field: number, value: bigint): void {
    const bits = BigInt.asUintN(64, value);
    this.#tag(field, VARINT);
    this.#varint(Number(bits >> 32n), Number(bits & 0xffffffffn));
  }

  fixed32(field: number, value: number): void {
    this.#tag(field, I32);
    this.#word(value);
  }

  fixed64(field: number, value: bigint): void {
    this.#tag(field, I64);
    this.#word(Number(value & 0xffffffffn));
    this.#word(Number(value >> 32n));
  }

  double(field: number, value: number): void {
    this.#tag(field, I64);
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.length, value, true);
    this.length += 8;
  }

  data(field: number, bytes: Uint8Array): void {
    this.#tag(field, LENGTH);
    this.#varint(0, bytes.length);
    this.add(bytes);
  }

  /** An id: big-endian words. */
  words(field: number, words: Uint32Array, at: number, count: number): void {
    this.#tag(field, LENGTH);
    this.byte(count * 4);
    for (let i = 0; i < count; i++) for (let shift = 24; shift >= 0; shift -= 8) this.byte(words[at + i] >>> shift);
  }

  /** Begins a message; what comes back ends it. */
  open(field: number): number {
    this.#tag(field, LENGTH);
    this.byte(0);
    return this.length;
  }

  close(start: number): void {
    const length = this.length - start;
    let more = 0;
    for (let left = length; left >= 0x80; left = Math.floor(left / 0x80)) more++;
    this.reserve(more);
    this.bytes.copyWithin(start + more, start, this.length);
    this.length = start - 1;
    this.#varint(0, length);
    this.length += length;
  }

  #tag(field: number, wireType: number): void {
    this.#varint(0, field * 8 + wireType);
  }

  #varint(high: number, low: number): void {
    this.reserve(10);
    let [upper, lower] = [high, low];
    while (upper > 0 || lower >= 0x80) {
      this.bytes[this.length++] = (lower & 0x7f) | 0x80;
      lower = ((lower >>> 7) | (upper << 25)) >>> 0;
      upper >>>= 7;
    }
    this.bytes[this.length++] = lower;
  }

  #word(word: number): void {
    this.reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.bytes[this.length++] = word >>> shift;
  }
}
