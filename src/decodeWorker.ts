import { serveChunks } from './decode/pool/serveChunks.ts';
import type { Chunk } from './decode/pool/chunk.ts';

/** A worker of the page's worker: one core's share of a large source. */
serveChunks({
  listen: (onChunk) => addEventListener('message', ({ data }: MessageEvent<Chunk>) => onChunk(data)),
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});
