import { decodeBlock } from './block.ts';
import { forgetCode } from './huffman.ts';
import { BLOCK_BYTES, INPUT, OUTPUT, OUTPUT_SPARE } from './layout.ts';
import { forgetSequences } from './sequences.ts';
import { addToHash, beginHash, hashOfAll } from './xxh64.ts';

export { INPUT as input, hashOfAll as checksum };
/** What the block before came to. */
export let outputStart: usize = OUTPUT;
export let outputEnd: usize = OUTPUT;

/** How far back the frame may copy from. */
let window: u32 = 0;
/** The output goes no further. */
let roomEnd: usize = 0;
let isHashed = false;

/** Beyond that, more than what may be copied from is kept only by as much. */
const MOST_MOVED_AT_ONCE: u32 = 1 << 25;

const enum Block {
  raw,
  repeated,
  compressed,
}

/** Begins a frame. */
export function start(windowBytes: u32, hasChecksum: bool): void {
  forgetCode();
  forgetSequences();
  window = windowBytes;
  outputStart = OUTPUT;
  outputEnd = OUTPUT;
  isHashed = hasChecksum;
  makeRoom();
  if (hasChecksum) beginHash();
}

/** The block that is in the input; `size` as its header has it. False where there is no memory. Traps where it is damaged. */
export function run(type: u32, size: u32): bool {
  if (!makeRoom()) return false;
  outputStart = outputEnd;
  if (type === Block.compressed) outputEnd = decodeBlock(INPUT, INPUT + size, outputStart);
  else {
    if (type === Block.raw) memory.copy(outputStart, INPUT, size);
    else memory.fill(outputStart, load<u8>(INPUT), size);
    outputEnd = outputStart + size;
  }
  if (isHashed) addToHash(outputStart, outputEnd);
  return true;
}

/** For another block. What may still be copied from moves to the beginning, once there is room for as much again. */
function makeRoom(): bool {
  const kept = outputEnd - OUTPUT;
  const needed = outputEnd + BLOCK_BYTES + OUTPUT_SPARE;
  if (needed <= roomEnd) return true;
  const most = OUTPUT + window + min(window, MOST_MOVED_AT_ONCE) + 2 * BLOCK_BYTES + OUTPUT_SPARE;
  if (needed > most) {
    memory.copy(OUTPUT, outputEnd - window, window);
    outputEnd = OUTPUT + window;
    return true;
  }
  // Half as much more than there is, for growing may copy.
  roomEnd = min(most, max(needed, OUTPUT + kept + (kept >> 1)));
  const pages = i32((roomEnd + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}
