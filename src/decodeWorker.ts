import { serveChunks } from './decode/pool/serveChunks.ts';
import type { Chunk, FileChunk } from './decode/pool/chunk.ts';

/** A worker of the page's worker: one core's share of a large source. */
serveChunks({
  listen: (onChunk) => addEventListener('message', ({ data }: MessageEvent<Chunk | FileChunk>) => onChunk(data)),
  read: async (place, start, end) => {
    if (!(place instanceof Blob)) throw new TypeError('a chunk of the page lies in a File');
    return readOnce(await place.slice(start, end).arrayBuffer());
  },
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});

function* readOnce(buffer: ArrayBuffer): Generator<Uint8Array> {
  yield new Uint8Array(buffer);
  // A worker makes too little garbage of its own to collect this soon enough: the memory is given back at once. Where an
  // engine cannot, its collector will.
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
