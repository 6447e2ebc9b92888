import type { Limits } from '../../config/limits.ts';
import { MESSAGE_END, readBytes, type Bytes } from './readBytes.ts';

/**
 * An engine's own way to decompress: two to ten times as fast as ours. It throws where anything is not as it should be
 * (damage, an end too early, more than the limits, something behind the end that it does not know what to do with), and
 * may keep then what it has unpacked.
 */
export interface NativeDecompress {
  (bytes: Bytes, limits: Limits): Bytes;
  /** It works in a thread of its own, while the one that asked does something else. */
  readonly hasOwnThread?: boolean;
}

/** What an engine has, by the names of the containers. That of `zstd blocks` gets whole blocks, and gives one piece for each. */
export type NativeDecompressors = ReadonlyMap<string, NativeDecompress>;

/** Compressed bytes that an engine gets at a time: one may give 1,032, and a browser gives them out all at once. */
const SLICE = 1 << 16;

/** A larger source is read our way from the beginning: what came of it would have to be kept. */
export const LARGEST_KEPT = 256 << 20;

/**
 * The bytes inside, natively as far as that goes. Where it ends in an error, the compressed bytes are unpacked again in
 * our way, which knows what to keep and what to say of it, and what was given out is passed over:
 *
 *     native     ██████████ ✗ cut off; a rest was thrown away
 *     ours       ░░░░░░░░░░███ "the gzip data is damaged or cut off"
 *
 * So the outcome is that of `ours`, whatever the engine does. Of what is cut off there may be more: some give out a part
 * of a block.
 */
export async function* decompressNatively(
  bytes: Bytes,
  native: (bytes: Bytes) => Bytes,
  ours: (bytes: Bytes) => Bytes,
): Bytes {
  const compressed = new KeptBytes(bytes);
  try {
    let given = 0;
    let endsGiven = 0;
    try {
      for await (const content of native(compressed.fromStart())) {
        given += content.length;
        if (content === MESSAGE_END) endsGiven++;
        yield content;
      }
      return;
    } catch {
      // What is wrong is told below.
    }
    let passed = 0;
    for await (const content of ours(compressed.fromStart())) {
      if (content === MESSAGE_END && endsGiven-- <= 0) yield content;
      const start = Math.min(content.length, given - passed);
      passed += start;
      if (start < content.length) yield content.subarray(start);
    }
  } finally {
    await compressed.close();
  }
}

/** The browser's, by the standard's DecompressionStream: it refuses a second member. */
export const browserDecompressors: NativeDecompressors = new Map([['gzip', streamGunzip]]);

async function* streamGunzip(bytes: Bytes): Bytes {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const written = (async () => {
    for await (const piece of bytes) {
      for (let at = 0; at < piece.length; at += SLICE)
        await writer.write(Uint8Array.from(piece.subarray(at, at + SLICE)));
    }
    await writer.close();
  })();
  // The reader is told as well.
  written.catch((error: unknown) => writer.abort(error).catch(() => {}));
  yield* readBytes(readable, undefined);
}

/** Bytes that can be read again from their beginning, as they are read. */
class KeptBytes {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #pieces: Uint8Array[] = [];
  #last: Promise<boolean> = Promise.resolve(true);

  constructor(bytes: Bytes) {
    this.#iterator = bytes[Symbol.asyncIterator]();
  }

  async *fromStart(): Bytes {
    for (let i = 0; ; i++) {
      while (i >= this.#pieces.length) if (!(await this.#pull())) return;
      yield this.#pieces[i];
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }

  /** False at the end. One after another: a reader that was given up may still be waiting for its last. */
  #pull(): Promise<boolean> {
    this.#last = this.#last.then(async (hasMore) => {
      if (!hasMore) return false;
      const { done, value } = await this.#iterator.next();
      if (done === true) return false;
      this.#pieces.push(value);
      return true;
    });
    return this.#last;
  }
}
