import { parentPort } from 'node:worker_threads';
import { filePieces, pieceBuffers } from './cli/readPart.ts';
import { serveOrders } from './decode/pool/serveOrders.ts';

const buffers = pieceBuffers();

/** A thread of the command line: one core's share of a large source, or what unpacks it. A part is read when the one before it is decoded. */
serveOrders({
  listen: (onOrder) => parentPort?.on('message', onOrder),
  read: (place, start, end) => filePieces(String(place), start, end, buffers),
  answer: (answer, transfer) => parentPort?.postMessage(answer, transfer),
});
