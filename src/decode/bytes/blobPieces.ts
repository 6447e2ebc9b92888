import { readBytes, type Bytes } from './readBytes.ts';

/** Bytes that are asked for at once; a browser gives fewer. */
const PIECE = 1 << 19;

/**
 * The bytes of a file of the page, read into two buffers that take turns: a piece is good until the next but one is asked
 * for. A browser makes a new buffer for every piece of an ordinary stream, and for every `arrayBuffer()`; memory that is
 * touched for the first time costs it more than reading. The file is opened at once, and what was not read is given up
 * where nobody asks for more.
 */
export function blobPieces(blob: Blob): Bytes {
  const reader = byobReader(blob.stream());
  return reader === null ? readBytes(blob.stream(), undefined) : piecesOf(reader);
}

async function* piecesOf(reader: ReadableStreamBYOBReader): Bytes {
  let used = new ArrayBuffer(PIECE);
  let spare = new ArrayBuffer(PIECE);
  try {
    for (;;) {
      // The buffer itself goes to the browser and comes back as another one, with the same memory.
      const { done, value } = await reader.read(new Uint8Array(used));
      if (done) return;
      yield value;
      used = spare;
      spare = value.buffer;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Null where the engine's files cannot be read into given buffers. */
function byobReader(stream: ReadableStream<Uint8Array>): ReadableStreamBYOBReader | null {
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}
