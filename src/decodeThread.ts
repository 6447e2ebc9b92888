import { parentPort } from 'node:worker_threads';
import { filePieces } from './cli/readPart.ts';
import { serveChunks } from './decode/pool/serveChunks.ts';

/** A thread of the command line: one core's share of a large source. */
serveChunks({
  listen: (onChunk) => parentPort?.on('message', onChunk),
  read: async (place, start, end) => filePieces(String(place), start, end),
  answer: (answer, transfer) => parentPort?.postMessage(answer, transfer),
});
