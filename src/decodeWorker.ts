import { BlobReader } from './decode/bytes/blobReader.ts';
import { isFilePlace } from './decode/bytes/filePlace.ts';
import type { Chunk, FileChunk } from './decode/pool/chunk.ts';
import { serveChunks } from './decode/pool/serveChunks.ts';

const reader = new BlobReader();

/** A worker of the page's worker: one core's share of a large source. A part is read when the one before it is decoded. */
serveChunks({
  listen: (onChunk) => addEventListener('message', ({ data }: MessageEvent<Chunk | FileChunk>) => onChunk(data)),
  read: (place, start, end) => {
    if (!isFilePlace(place)) throw new TypeError('a chunk of the page lies in a File');
    return reader.pieces(place.file, start, end, place.id);
  },
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});
