import { shorterFile } from '../../base/shorterFile.ts';
import { holdReader, letGoOfReader } from './heldReaders.ts';
import type { Bytes } from './readBytes.ts';

/** Bytes that are asked for at once; a browser gives fewer. */
const PIECE = 1 << 19;

/**
 * Reads parts of a file of the page into two buffers that take turns. A browser makes a new buffer for every piece of an
 * ordinary stream, and for every `arrayBuffer()`: memory that is touched for the first time costs more than reading.
 * And it takes a while to open a part, so the stream stays open for the part that begins where this one ended:
 *
 *     parts     ├── 1 ──┤├── 2 ──┤           ├── 4 ──┤
 *     streams   └────────────────✗           └──────── …
 *
 * It ends by the bytes that were read, without a wait for the stream's own end.
 */
export class BlobReader {
  #id: unknown = null;
  #position = 0;
  #reader: ReadableStreamBYOBReader | null = null;
  #next = new ArrayBuffer(PIECE);
  #spare = new ArrayBuffer(PIECE);

  /**
   * The bytes `[start, end)`: a piece is good until the next but one is asked for. Of the same `id` is the same file: a
   * message makes another object of it each time. Rejects where the file cannot be read, or is shorter by now.
   */
  async *pieces(blob: Blob, start: number, end: number, id: unknown): Bytes {
    if (this.#reader === null || id !== this.#id || start !== this.#position) this.#open(blob, start, id);
    const reader = this.#reader;
    if (reader === null) return yield new Uint8Array(await blob.slice(start, end).arrayBuffer());
    while (this.#position < end) {
      // The buffer itself goes to the browser and comes back as another one, with the same memory.
      const { done, value } = await reader.read(new Uint8Array(this.#next, 0, Math.min(PIECE, end - this.#position)));
      if (done) throw shorterFile();
      this.#position += value.length;
      this.#next = this.#spare;
      this.#spare = value.buffer;
      yield value;
    }
  }

  close(): void {
    if (this.#reader === null) return;
    letGoOfReader(this.#reader);
    this.#reader.cancel().catch(() => {});
    this.#reader = null;
  }

  #open(blob: Blob, start: number, id: unknown): void {
    this.close();
    if (this.#next.byteLength < PIECE) this.#next = new ArrayBuffer(PIECE);
    this.#id = id;
    this.#position = start;
    this.#reader = byobReader(blob.slice(start).stream());
    if (this.#reader !== null) holdReader(this.#reader);
  }
}

/** Null where the engine does not read files into given buffers. */
function byobReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
