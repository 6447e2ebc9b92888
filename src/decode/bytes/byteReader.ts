import { DamagedError, type Bytes } from './readBytes.ts';

/**
 * Bytes taken in the sizes in which a format names them, for what is made of headers and contents one after another.
 * Nothing is held but the chunk at hand, so a header may claim any size.
 */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  /** What comes behind the chunk at hand, the last first: it was taken, and given back. */
  readonly #given: Uint8Array[] = [];
  #isAtEnd = false;
  /** Said again to whoever reads on: behind a failure stands no end. */
  #failure: { readonly error: unknown } | null = null;

  constructor(bytes: Bytes) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes, at most `most` and at least one; null at the end. */
  async some(most: number): Promise<Uint8Array | null> {
    while (this.#chunk.length === 0) {
      const given = this.#given.pop();
      if (given !== undefined) this.#chunk = given;
      else if (this.#isAtEnd) break;
      else await this.#read();
    }
    if (this.#chunk.length === 0) return null;
    const part = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(part.length);
    return part;
  }

  /** Just so many bytes; null at the end. Throws DamagedError where the end comes in between. */
  async exactly(length: number, cutOff = 'the archive is cut off'): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = new Uint8Array(length);
    let count = 0;
    while (count < length) {
      const part = await this.some(length - count);
      if (part === null && count === 0) return null;
      if (part === null) throw new DamagedError(cutOff);
      bytes.set(part, count);
      count += part.length;
    }
    return bytes;
  }

  /** What was taken too much of, to be taken next. */
  giveBack(bytes: Uint8Array): void {
    this.#given.push(this.#chunk);
    this.#chunk = bytes;
  }

  /** Behind an archive's end, so that the checksum of what it is compressed in is looked at. */
  async skipAll(): Promise<void> {
    while ((await this.some(Number.POSITIVE_INFINITY)) !== null);
  }

  async #read(): Promise<void> {
    if (this.#failure !== null) throw this.#failure.error;
    try {
      const { done, value } = await this.#iterator.next();
      if (done === true) this.#isAtEnd = true;
      else this.#chunk = value;
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isAtEnd = true;
    this.#given.length = 0;
    await this.#iterator.return?.();
  }
}

/** The next `length` bytes of a reader. They need not all be taken: `skip` passes over the others. */
export class Section {
  readonly #reader: ByteReader;
  #left: number;

  constructor(reader: ByteReader, length: number) {
    this.#reader = reader;
    this.#left = length;
  }

  async *bytes(): Bytes {
    while (this.#left > 0) {
      const part = await this.#reader.some(this.#left);
      if (part === null) throw new DamagedError('the archive is cut off');
      this.#left -= part.length;
      yield part;
    }
  }

  async skip(): Promise<void> {
    for await (const part of this.bytes()) void part;
  }
}
