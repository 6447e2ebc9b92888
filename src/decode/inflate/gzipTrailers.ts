import { ChecksumError, type Bytes } from '../bytes/readBytes.ts';

/** What stands behind a member: its checksum and its length, four bytes each. */
export const TRAILER_BYTES = 8;
/** What fflate looks at behind one before it says whether another begins there. */
export const NEXT_HEADER_BYTES = 4;
/** Of the chunks before: a member's header with a file's name in it is no longer. */
const KEPT = 1024;
/** The third byte of gzip: the only method there is. */
const DEFLATE = 8;

/**
 * The checksums that stand in a gzip file, looked up in the compressed bytes as they pass: fflate's Gunzip tells where a
 * member begins, and does not look at what ended the one before.
 *
 *     header │ deflated │ crc length │ header │ deflated │ crc length
 *                                    ↑ `start` of the second member
 */
export class GzipTrailers {
  /** Where a member's content is not that of its checksum. */
  damage: ChecksumError | null = null;
  readonly #before = new Uint8Array(4 * KEPT);
  #beforeLength = 0;
  #chunk: Uint8Array = new Uint8Array();
  #chunkStart = 0;
  #method = 0;

  /** The same bytes. */
  async *seen(bytes: Bytes): Bytes {
    for await (const chunk of bytes) {
      this.#keep(this.#chunk);
      this.#chunkStart += this.#chunk.length;
      this.#chunk = chunk;
      if (this.#chunkStart <= 2 && this.#chunkStart + chunk.length > 2) this.#method = chunk[2 - this.#chunkStart];
      yield chunk;
    }
  }

  /** So many bytes came that this can be told, and they begin as gzip that can be read. */
  get isGzip(): boolean {
    return this.#method === DEFLATE;
  }

  /** A member whose content has the checksum `crc` ended before `start`. */
  end(crc: number, start: number): void {
    if (!this.#stands(crc, start - TRAILER_BYTES)) this.damage ??= new ChecksumError('CRC-32');
  }

  /**
   * One ended somewhere before `to`, and what stands behind it was seen only with the bytes from `from` on: the place is
   * that of its checksum. Answers the bytes behind it; none where its checksum is not there.
   */
  endWithin(crc: number, from: number, to: number): Uint8Array<ArrayBuffer> {
    const first = Math.max(0, from - TRAILER_BYTES - NEXT_HEADER_BYTES);
    for (let at = to - TRAILER_BYTES - NEXT_HEADER_BYTES; at >= first; at--) {
      if (this.#stands(crc, at)) return this.bytes(at + TRAILER_BYTES, to);
    }
    this.damage ??= new ChecksumError('CRC-32');
    return new Uint8Array();
  }

  /** Of the last ones that passed. */
  bytes(start: number, end: number): Uint8Array<ArrayBuffer> {
    const inBefore = this.#beforeLength - this.#chunkStart;
    return Uint8Array.from({ length: end - start }, (_, i) => this.#byte(inBefore + start + i));
  }

  /** True too where it cannot be told, as those bytes are gone. */
  #stands(crc: number, at: number): boolean {
    const inBefore = this.#beforeLength + at - this.#chunkStart;
    if (inBefore < 0) return true;
    return [0, 1, 2, 3].every((i) => this.#byte(inBefore + i) === ((crc >>> (8 * i)) & 255));
  }

  #byte(at: number): number {
    return at < this.#beforeLength ? this.#before[at] : this.#chunk[at - this.#beforeLength];
  }

  /** Copies what may be looked at: a source may use its buffer again. Small chunks are moved once in a while. */
  #keep(chunk: Uint8Array): void {
    const last = chunk.subarray(Math.max(0, chunk.length - KEPT));
    if (last.length === KEPT) this.#beforeLength = 0;
    if (this.#beforeLength + last.length > this.#before.length) {
      this.#before.copyWithin(0, this.#beforeLength - KEPT, this.#beforeLength);
      this.#beforeLength = KEPT;
    }
    this.#before.set(last, this.#beforeLength);
    this.#beforeLength += last.length;
  }
}
