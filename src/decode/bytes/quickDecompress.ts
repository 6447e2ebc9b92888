import type { Limits } from '../../config/limits.ts';
import { MESSAGE_END, type Bytes } from './readBytes.ts';

/**
 * A way to decompress that is two to ten times as fast as ours: an engine's own, or WebAssembly (inflate/). It throws
 * where anything is not as it should be (damage, an end too early, more than the limits, something behind the end that it
 * does not know what to do with), and may keep then what it has unpacked. A piece is good until the next is asked for.
 */
export interface QuickDecompress {
  (bytes: Bytes, limits: Limits): Bytes;
  /** It works in a thread of its own, while the one that asked does something else. */
  readonly hasOwnThread?: boolean;
}

/** What there is, by the names of the containers. That of `zstd blocks` gets whole blocks, and gives one piece for each. */
export type QuickDecompressors = ReadonlyMap<string, QuickDecompress>;

/** How to decompress quickly what can be read again. */
export interface QuickWay {
  readonly decompress: QuickDecompress;
  /** The compressed bytes from their beginning. */
  readonly again: () => Bytes;
}

/**
 * The bytes inside, quickly as far as that goes. Where it ends in an error, the compressed bytes are read and unpacked
 * again in our way, which knows what to keep and what to say of it, and what was given out is passed over:
 *
 *     quick      ██████████ ✗ cut off; a rest was thrown away
 *     ours       ░░░░░░░░░░███ "the gzip data is damaged or cut off"
 *
 * So the outcome is that of `ours`, whatever the other does. Of what is cut off there may be more: some give out a part
 * of a block.
 */
export async function* decompressQuickly(quick: Bytes, again: () => Bytes, ours: (bytes: Bytes) => Bytes): Bytes {
  let given = 0;
  let endsGiven = 0;
  try {
    for await (const content of quick) {
      given += content.length;
      if (content === MESSAGE_END) endsGiven++;
      yield content;
    }
    return;
  } catch {
    // What is wrong is told below.
  }
  let passed = 0;
  for await (const content of ours(again())) {
    if (content === MESSAGE_END && endsGiven-- <= 0) yield content;
    const start = Math.min(content.length, given - passed);
    passed += start;
    if (start < content.length) yield content.subarray(start);
  }
}
