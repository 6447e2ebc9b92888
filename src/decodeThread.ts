import { parentPort } from 'node:worker_threads';
import { filePieces, pieceBuffers } from './cli/readPart.ts';
import { serveChunks } from './decode/pool/serveChunks.ts';

const buffers = pieceBuffers();

/** A thread of the command line: one core's share of a large source. A part is read when the one before it is decoded. */
serveChunks({
  listen: (onChunk) => parentPort?.on('message', onChunk),
  read: (place, start, end) => filePieces(String(place), start, end, buffers),
  answer: (answer, transfer) => parentPort?.postMessage(answer, transfer),
});
