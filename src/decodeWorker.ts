import { blobPieces } from './decode/bytes/blobPieces.ts';
import { serveChunks } from './decode/pool/serveChunks.ts';
import type { Chunk, FileChunk } from './decode/pool/chunk.ts';

/** A worker of the page's worker: one core's share of a large source. */
serveChunks({
  listen: (onChunk) => addEventListener('message', ({ data }: MessageEvent<Chunk | FileChunk>) => onChunk(data)),
  read: (place, start, end) => {
    if (!(place instanceof Blob)) throw new TypeError('a chunk of the page lies in a File');
    return blobPieces(place.slice(start, end));
  },
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});
