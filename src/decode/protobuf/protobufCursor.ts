import { grown } from '../../base/growable.ts';
import type { StringTable } from '../../base/strings.ts';
import { RAN_OUT } from '../ranOut.ts';

export const BEYOND_MESSAGE = 'a field reaches beyond the message that it stands in';

/** Bytes that are not protobuf, or not of this message. The cursor stands behind them. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError';
}

/** Zeros behind the end: a varint that is cut off ends in them, behind `end`, and reads of whole vectors stay inside. */
const PADDING = 64;
const FIRST_CAPACITY = 1 << 14;

/** What an id is that has no bytes, or not as many as it should. */
const ABSENT = -1;
export const INVALID = -2;

export const WireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The tag of a field of fewer than 16: its number and wire type in one byte. */
export function tagOf(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

/**
 * A place in a buffer of protobuf bytes, and the fields at it (protobuf.dev, Encoding).
 *
 *     0a 05 68 65 6c 6c 6f      tag (field 1, bytes) · length 5 · "hello"
 *     30 02                     tag (field 6, varint) · 2
 */
export class ProtobufCursor {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  pos = 0;
  end = 0;
  /** Bytes before the buffer. */
  offset = 0;
  /** Words of the 64-bit number read last. */
  high = 0;
  low = 0;
  readonly #first: Uint8Array<ArrayBuffer>;

  /** `buffer` is used as long as it is large enough. */
  constructor(buffer: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_CAPACITY)) {
    this.bytes = this.#first = buffer;
    this.view = viewOf(buffer);
    // The buffer may have been another decoder's.
    buffer.fill(0, 0, PADDING);
  }

  get isInFirstBuffer(): boolean {
    return this.bytes === this.#first;
  }

  /** Appends a chunk; bytes before `pos` are given up. */
  append(chunk: Uint8Array): void {
    if (this.end + chunk.length + PADDING > this.bytes.length) this.#makeRoom(chunk.length + PADDING);
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.bytes.fill(0, this.end, this.end + PADDING);
  }

  #makeRoom(length: number): void {
    const kept = this.bytes.subarray(this.pos, this.end);
    const needed = kept.length + length;
    const room = needed <= this.#first.length ? this.#first : this.bytes;
    room.set(kept);
    this.offset += this.pos;
    this.pos = 0;
    this.end = kept.length;
    this.bytes = grown(room, needed);
    if (this.view.buffer !== this.bytes.buffer) this.view = viewOf(this.bytes);
  }

  /** The lower 32 bits of a varint, unsigned. */
  varint(): number {
    const { bytes } = this;
    const first = bytes[this.pos++];
    if (first < 0x80) {
      if (this.pos > this.end) throw RAN_OUT;
      return first;
    }
    this.pos--;
    this.varint64();
    return this.low;
  }

  /** A varint of up to 64 bits, into `high` and `low`, both unsigned. */
  varint64(): void {
    const { bytes } = this;
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      if (this.pos > this.end) throw RAN_OUT;
      if (shift > 63) throw new ProtobufError('a number is longer than 64 bits');
      const byte = bytes[this.pos++];
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) break;
    }
    if (this.pos > this.end) throw RAN_OUT;
    this.high = high >>> 0;
    this.low = low >>> 0;
  }

  /** A length, and a check that what it measures ends at `limit` at the latest. Returns where it ends. */
  lengthWithin(limit: number): number {
    const end = this.varint() + this.pos;
    if (end > limit) throw new ProtobufError('a length reaches beyond what it stands in');
    return end;
  }

  /** After the fields of a message: the last one must end where the message does. */
  expectEnd(end: number): void {
    if (this.pos !== end) throw new ProtobufError(BEYOND_MESSAGE);
  }

  /** Moves over an id; where its bytes are, ABSENT (empty, or zeros of another length) or INVALID (any other length). */
  id(byteCount: number, limit: number): number {
    const end = this.lengthWithin(limit);
    const start = this.pos;
    this.pos = end;
    if (end - start === byteCount) return start;
    for (let p = start; p < end; p++) if (this.bytes[p] !== 0) return INVALID;
    return ABSENT;
  }

  /** The id of a string. */
  text(limit: number, strings: StringTable): number {
    const end = this.lengthWithin(limit);
    const id = strings.internBytes(this.bytes, this.pos, end);
    this.pos = end;
    return id;
  }

  /** The id of a string that is likely to be `expected`. */
  likelyText(limit: number, strings: StringTable, expected: number): number {
    const end = this.lengthWithin(limit);
    const isExpected = strings.match(expected, this.bytes, this.pos, end) === end - this.pos;
    const id = isExpected ? expected : strings.internBytes(this.bytes, this.pos, end);
    this.pos = end;
    return id;
  }

  /** Eight bytes, least significant first, into `high` and `low`. */
  fixed64(): void {
    this.low = this.view.getUint32(this.pos, true);
    this.high = this.view.getUint32(this.pos + 4, true);
    this.pos += 8;
  }

  double(): number {
    const value = this.view.getFloat64(this.pos, true);
    this.pos += 8;
    return value;
  }

  /** Passes over the value of a field whose tag was just read. */
  skip(tag: number, limit: number): void {
    switch (tag & 7) {
      case WireType.varint:
        this.varint64();
        break;
      case WireType.fixed64:
        this.pos += 8;
        break;
      case WireType.bytes:
        this.pos = this.lengthWithin(limit);
        break;
      case WireType.fixed32:
        this.pos += 4;
        break;
      default:
        throw new ProtobufError(`wire type ${tag & 7} is not in use`);
    }
  }
}
