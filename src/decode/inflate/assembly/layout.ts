/**
 * Where everything lies: the tables of the block at hand, the input, and the output behind what may be copied from it.
 *
 *     LITERALS  DISTANCES  CODE_LENGTHS  LENGTHS  CRC  │ INPUT ▒ │ OUTPUT: 32 KB that were given │ what is new ▒
 *
 * Behind input and output is room (▒) for what is read or written beyond their ends.
 */
export const ROOT_BITS: u32 = 11;
export const DISTANCE_ROOT_BITS: u32 = 8;
export const CODE_LENGTH_BITS: u32 = 7;

/** The most entries that a complete code of 288 symbols and 15 bits takes behind a root of 11 bits is 2,342; of 32 behind one of 8, 402. */
export const LITERALS: usize = 4096;
export const DISTANCES: usize = LITERALS + 4 * 2342;
export const CODE_LENGTHS: usize = DISTANCES + 4 * 402;
/** By symbol, a byte. A repetition may go over the end of the list before that is seen. */
export const LENGTHS: usize = CODE_LENGTHS + 4 * (1 << CODE_LENGTH_BITS);
/** The symbols that have a code, by its length, two bytes each. */
export const SORTED: usize = LENGTHS + 512;
/** By length, four bytes each: the codes, and where the next symbol of it goes. */
export const COUNTS: usize = SORTED + 2 * 320;
export const PLACES: usize = COUNTS + 64;
export const CRC_TABLES: usize = (PLACES + 64 + 63) & ~63;

export const INPUT: usize = CRC_TABLES + 16 * 1024;
export const INPUT_BYTES: usize = 1 << 16;
/** A block's header is not read before it is there as a whole: 17 bits, 19 × 3, 316 × 14. */
export const HEADER_BYTES: usize = 600;
export const INPUT_SPARE: usize = 64;

/** How far back a copy may reach (RFC 1951, 2). */
export const WINDOW: usize = 1 << 15;
export const OUTPUT: usize = INPUT + INPUT_BYTES + INPUT_SPARE;
/** Few enough to be in the cache still when they are added up and copied. */
const NEW_BYTES: usize = 1 << 17;
export const OUTPUT_END: usize = OUTPUT + WINDOW + NEW_BYTES;
/** The longest copy, and three literals before it. */
const OUTPUT_SPARE: usize = 320;

/** The last sums of crc32.ts, and all of them, behind as many zeros as are looked back. */
const CRC_BACK: usize = 300 * 16;
export const CRC_REST: usize = OUTPUT_END + OUTPUT_SPARE;
export const CRC_SUMS: usize = CRC_REST + 2 * CRC_BACK;
export const MEMORY_BYTES: usize = CRC_SUMS + NEW_BYTES + OUTPUT_SPARE + CRC_BACK;
