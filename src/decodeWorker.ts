import { serveChunks } from './decode/pool/serveChunks.ts';
import type { Chunk, FileChunk } from './decode/pool/chunk.ts';

/** A worker of the page's worker: one core's share of a large source. */
serveChunks({
  listen: (onChunk) => addEventListener('message', ({ data }: MessageEvent<Chunk | FileChunk>) => onChunk(data)),
  read: async (place, start, end) => {
    if (!(place instanceof Blob)) throw new TypeError('a chunk of the page lies in a File');
    return new Uint8Array(await place.slice(start, end).arrayBuffer());
  },
  release: ({ buffer }) => {
    // Gives the memory back at once; where an engine cannot, its collector will.
    if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
  },
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});
