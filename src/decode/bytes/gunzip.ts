import { Gunzip } from 'fflate';
import { DamagedError, type Bytes, type OpenBytes } from './readBytes.ts';

/** Compressed bytes that are inflated at a time in JavaScript. A byte gives at most 1,032, so a bomb stays below 17 MB. */
const SLICE = 1 << 14;

/**
 * The bytes inside gzip, of any number of members one after another (rotated files, `cat a.gz b.gz`).
 *
 * The engine's own DecompressionStream is fast, but in browsers it refuses a second member, and everywhere it throws
 * away what it still held when the data turns out to be cut off. Where it fails, the bytes are opened again and
 * inflated in JavaScript, without what was handed on already:
 *
 *     DecompressionStream   [ 0 ………… 700 kB ]  fails
 *     fflate                [  passed over  ][ 700 kB … as far as it can be read ]
 *
 * `reopen` is null where the bytes come once (standard input): then fflate reads them from the start.
 */
export async function* gunzip(bytes: Bytes, reopen: OpenBytes | null): Bytes {
  if (reopen === null) return yield* inflate(bytes);
  const source = watched(bytes);
  let handedOn = 0;
  try {
    for await (const chunk of toStream(source.bytes).pipeThrough(new DecompressionStream('gzip'))) {
      handedOn += chunk.length;
      yield chunk;
    }
    return;
  } catch (error) {
    if (source.failure() !== null) throw error;
  }
  for await (const chunk of inflate(reopen())) {
    if (chunk.length > handedOn) yield chunk.subarray(handedOn);
    handedOn = Math.max(0, handedOn - chunk.length);
  }
}

async function* inflate(bytes: Bytes): Bytes {
  const inflated: Uint8Array[] = [];
  const gunzipper = new Gunzip((chunk) => inflated.push(chunk));
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      // fflate keeps what it is given, and a source may use its buffer again.
      push(gunzipper, chunk.slice(at, at + SLICE), false);
      yield* inflated.splice(0);
    }
  }
  push(gunzipper, new Uint8Array(), true);
  yield* inflated.splice(0);
}

function push(gunzipper: Gunzip, chunk: Uint8Array, isLast: boolean): void {
  try {
    gunzipper.push(chunk, isLast);
  } catch (error) {
    throw new DamagedError(
      `the gzip data is damaged or cut off (${error instanceof Error ? error.message : 'unknown'})`,
    );
  }
}

/** The same bytes, and whether reading them failed: that is not the decompressor's failure. */
function watched(bytes: Bytes): { bytes: Bytes; failure: () => unknown } {
  let failure: unknown = null;
  async function* watch(): Bytes {
    try {
      yield* bytes;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { bytes: watch(), failure: () => failure };
}

function toStream(bytes: Bytes): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = bytes[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
