import { parentPort } from 'node:worker_threads';
import { readPart } from './cli/readPart.ts';
import { serveChunks } from './decode/pool/serveChunks.ts';

/** Buffers that were read into and are free again. */
const spare: Uint8Array[] = [];

/** A thread of the command line: one core's share of a large source. */
serveChunks({
  listen: (onChunk) => parentPort?.on('message', onChunk),
  read: async (place, start, end) => readPart(String(place), start, end, spare.pop()),
  release: ({ buffer }) => spare.push(new Uint8Array(buffer)),
  answer: (answer, transfer) => parentPort?.postMessage(answer, transfer),
});
