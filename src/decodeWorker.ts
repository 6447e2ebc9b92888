import { serveChunks } from './decode/pool/serveChunks.ts';
import type { Order } from './decode/pool/workerPool.ts';

/** A worker of the page's worker: one core's share of a large source. */
serveChunks({
  listen: (onOrder) => addEventListener('message', ({ data }: MessageEvent<Order>) => onOrder(data)),
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});
