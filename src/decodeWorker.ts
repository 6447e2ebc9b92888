import { BlobReader } from './decode/bytes/blobReader.ts';
import { isFilePlace } from './decode/bytes/filePlace.ts';
import { serveOrders } from './decode/pool/serveOrders.ts';
import type { Order } from './decode/pool/workers.ts';

const reader = new BlobReader();

/** A worker of the page's worker: one core's share of a large source, or what unpacks it. A part is read when the one before it is decoded. */
serveOrders({
  listen: (onOrder) => addEventListener('message', ({ data }: MessageEvent<Order>) => onOrder(data)),
  read: (place, start, end) => {
    if (!isFilePlace(place)) throw new TypeError('a chunk of the page lies in a File');
    return reader.pieces(place.file, start, end, place.id);
  },
  answer: (answer, transfer) => postMessage(answer, { transfer }),
});
