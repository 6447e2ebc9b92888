import { ChecksumError, type Bytes } from './readBytes.ts';

/** What stands behind a member: its checksum and its length, four bytes each. */
const TRAILER = 8;
/** Of the chunks before: a member's header with a file's name in it is no longer. */
const KEPT = 1024;
/** A line feed or so behind the last member, which is too short to be another. */
const MOST_BEHIND = 3;

/**
 * The checksums that stand in a gzip file, looked up in the compressed bytes as they pass: fflate's Gunzip tells where a
 * member begins, and does not look at what ended the one before.
 *
 *     header │ deflated │ crc length │ header │ deflated │ crc length
 *                                    ↑ `start` of the second member
 */
export class GzipChecksums {
  readonly #before = new Uint8Array(4 * KEPT);
  #beforeLength = 0;
  #chunk: Uint8Array = new Uint8Array();
  #chunkStart = 0;
  #isDamaged = false;

  /** The same bytes. */
  async *seen(bytes: Bytes): Bytes {
    for await (const chunk of bytes) {
      this.#keep(this.#chunk);
      this.#chunkStart += this.#chunk.length;
      this.#chunk = chunk;
      yield chunk;
    }
  }

  /** A member whose content has the checksum `crc` ended before `start`, where another one begins. */
  end(crc: number, start: number): void {
    if (!this.#stands(crc, start - TRAILER)) this.#isDamaged = true;
  }

  /** The last one ended with the file. Throws where any member's content is not that of its checksum. */
  endLast(crc: number): void {
    const end = this.#chunkStart + this.#chunk.length;
    const places = Array.from({ length: MOST_BEHIND + 1 }, (_, behind) => end - behind - TRAILER);
    if (this.#isDamaged || !places.some((at) => this.#stands(crc, at))) throw new ChecksumError('CRC-32');
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
