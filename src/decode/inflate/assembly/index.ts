import { at, count, held, position, setBits } from './bits.ts';
import { begin, inflateTo, newStart } from './blocks.ts';
import { crc32, makeCrcTables } from './crc32.ts';
import { INPUT, INPUT_BYTES, MEMORY_BYTES, OUTPUT } from './layout.ts';
import { to } from './symbols.ts';

export { INPUT as input, INPUT_BYTES as inputBytes };
/** What the run before gave. */
export let outputStart: usize = OUTPUT;
export let outputEnd: usize = OUTPUT;
/** Of all output; see crc32.ts. */
export let register: u32 = 0;

/** To be called once, before the rest. */
export function takeMemory(): void {
  memory.grow(i32((MEMORY_BYTES + 0xffff) >> 16) - memory.size());
  makeCrcTables();
}

/** Begins a stream at the beginning of the input. */
export function start(): void {
  begin();
  register = u32.MAX_VALUE;
}

/** See Stop. */
export function run(end: usize, isWhole: bool): u32 {
  const stop = inflateTo(end, isWhole);
  outputStart = newStart;
  outputEnd = to;
  register = crc32(register, outputStart, outputEnd);
  return stop;
}

/** What is not taken moves to the beginning of the input, with the bytes whose bits are held; how much it is. */
export function keepRest(end: usize): usize {
  const first = position();
  memory.copy(INPUT, first, end - first);
  setBits(INPUT + at - first, held, count);
  return end - first;
}

/** Behind the last bit that was taken, once the stream has ended. */
export function taken(): usize {
  return position();
}
