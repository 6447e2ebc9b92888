import type { CuttableDecoder } from '../decoder.ts';
import { loadKernel, type Kernel } from '../kernel/kernel.ts';
import { buffersOf } from './buffersOf.ts';
import type { Chunk, ChunkResult, FileChunk } from './chunk.ts';
import { decodeChunk, pushChunk } from './decodeChunk.ts';
import type { Unpacked } from './packedFile.ts';
import { Unpacker } from './unpacker.ts';
import type { Answer, Order } from './workers.ts';

/** Buffers for batches that a worker keeps. */
const MOST_SPARE = 8;

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A worker's line to who started it. */
export interface Line {
  readonly listen: (onOrder: (order: Order) => void) => void;
  /** A part of what `SourceFile.place` says, in pieces: each is good until the next is asked for. */
  readonly read: (place: unknown, start: number, end: number) => Pieces;
  /** What is in `transfer` goes over instead of being copied. */
  readonly answer: (answer: Answer | Unpacked, transfer: ArrayBuffer[]) => void;
}

/**
 * A worker's whole work: it answers chunks in their order, and the next may be read while one is decoded. Or it unpacks
 * one file.
 */
export function serveOrders({ listen, read, answer }: Line): void {
  const kernel = loadKernel();
  const spare: ArrayBuffer[] = [];
  let unpacker: Unpacker | null = null;
  let last: Promise<unknown> = kernel;
  listen((order) => {
    if ('emptied' in order) return unpacker?.giveBack(order.emptied);
    if ('container' in order) {
      unpacker = new Unpacker({ read, send: answer });
      return void unpacker.run(order);
    }
    const chunk = order;
    spare.push(...(chunk.spare ?? []));
    // Those that came first were too small for what came since.
    spare.splice(0, spare.length - MOST_SPARE);
    // The buffer of the chunk goes back to whom it belongs.
    const lent = 'bytes' in chunk && chunk.bytes.buffer instanceof ArrayBuffer ? chunk.bytes.buffer : null;
    const pieces = 'bytes' in chunk ? null : opened(() => read(chunk.place, chunk.start, chunk.end));
    last = last.then(async () => {
      const push = async (decoder: CuttableDecoder): Promise<void> => {
        if ('bytes' in chunk) pushChunk(decoder, chunk);
        else await pushPieces(decoder, pieces);
      };
      const result = await decoded(chunk, await kernel, push, spare);
      const transfer = result === null ? [] : buffersOf(result.batches);
      answer({ result, lent }, lent === null ? transfer : [lent, ...transfer]);
    });
  });
}

/** Null where there is nothing to read. */
function opened(read: () => Pieces): Pieces | null {
  try {
    return read();
  } catch {
    return null;
  }
}

async function pushPieces(decoder: CuttableDecoder, pieces: Pieces | null): Promise<void> {
  if (pieces === null) throw new Error('the chunk could not be read');
  for await (const piece of pieces) decoder.push(piece);
}

async function decoded(
  { format, limits }: Chunk | FileChunk,
  kernel: Kernel | null,
  push: (decoder: CuttableDecoder) => Promise<void>,
  spare: ArrayBuffer[],
): Promise<ChunkResult | null> {
  try {
    return await decodeChunk({ format, limits, kernel, push, spare });
  } catch {
    // The file, or memory. The chunk is decoded again where it came from: what is wrong with it shows there.
    return null;
  }
}
