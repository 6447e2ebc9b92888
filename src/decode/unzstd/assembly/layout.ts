/**
 * Where everything lies:
 *
 *     tables of the frame at hand │ ▒ INPUT: a block ▒ │ LITERALS ▒ │ OUTPUT: what may be copied from, what is new ▒ →
 *
 * Around input, literals and output is room (▒) for what is read or written beyond their ends. The output grows with the
 * content, as far as twice the window that the frame names.
 */

/** RFC 8878, 3.1.1.2.4: no block holds more, compressed or not. */
export const BLOCK_BYTES: u32 = 1 << 17;

/** The accuracies that tables may have (RFC 8878, 4.1.1 and 3.1.1.3.2.1). */
export const LITERAL_LENGTH_LOG: u32 = 9;
export const OFFSET_LOG: u32 = 8;
export const MATCH_LENGTH_LOG: u32 = 9;
export const WEIGHT_LOG: u32 = 6;
export const HUFFMAN_LOG: u32 = 11;

/** Above the compiler's constants. Tables of fse.ts, eight bytes a state. */
export const LITERAL_LENGTHS: usize = 1 << 13;
export const OFFSETS: usize = LITERAL_LENGTHS + (8 << LITERAL_LENGTH_LOG);
export const MATCH_LENGTHS: usize = OFFSETS + (8 << OFFSET_LOG);
export const WEIGHT_STATES: usize = MATCH_LENGTHS + (8 << MATCH_LENGTH_LOG);
/** By the next bits: a symbol, and above it how many of them are its code. Two bytes each. */
export const HUFFMAN: usize = WEIGHT_STATES + (8 << WEIGHT_LOG);

/** By symbol of the table that is being made: its count, and the next of its states, two bytes each. */
export const COUNTS: usize = HUFFMAN + (2 << HUFFMAN_LOG);
export const NEXT: usize = COUNTS + 2 * 256;
/** By state of that table: its symbol. */
export const SYMBOLS: usize = NEXT + 2 * 256;
/** By symbol of the Huffman code: its weight. */
export const WEIGHTS: usize = SYMBOLS + 512;
/** By weight: where its next symbol goes in the table, four bytes each. */
export const RANKS: usize = WEIGHTS + 256 + 16;
/** The last bytes that xxh64.ts has not taken. */
export const HASH_REST: usize = RANKS + 64;

const SPARE: usize = 64;
export const INPUT: usize = (HASH_REST + 64 + SPARE + 63) & ~63;
export const LITERALS: usize = INPUT + BLOCK_BYTES + SPARE;
export const OUTPUT: usize = LITERALS + BLOCK_BYTES + SPARE;
/** Behind what a block may write. */
export const OUTPUT_SPARE: usize = SPARE;
