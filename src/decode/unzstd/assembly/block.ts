import { fail } from './failure.ts';
import { decodeFour, decodeOne, readCode } from './huffman.ts';
import { BLOCK_BYTES, LITERALS } from './layout.ts';
import { runSequences } from './sequences.ts';

const enum Literals {
  raw,
  repeated,
  coded,
  codedAgain,
}

/** A compressed block (RFC 8878, 3.1.1.3). Returns where the output goes on behind `to`. Traps where it is damaged. */
export function decodeBlock(from: usize, end: usize, to: usize): usize {
  if (end - from < 2) fail();
  const first = u32(load<u8>(from));
  const type: Literals = first & 3;
  return type < Literals.coded ? withPlain(type, from, end, to) : withCoded(type, from, end, to);
}

/** Behind literals that are there as they are, or a byte so many times. */
function withPlain(type: Literals, from: usize, end: usize, to: usize): usize {
  const format = (u32(load<u8>(from)) >> 2) & 3;
  const headerBytes: u32 = format === 1 ? 2 : format === 3 ? 3 : 1;
  const header = load<u32>(from) & ((1 << (headerBytes * 8)) - 1);
  const size = headerBytes === 1 ? header >> 3 : header >> 4;
  const start = from + headerBytes;
  if (size > BLOCK_BYTES) fail();
  if (type === Literals.raw) {
    if (start + size > end) fail();
    return runSequences(start + size, end, start, start + size, to);
  }
  if (start >= end) fail();
  memory.fill(LITERALS, load<u8>(start), size);
  return runSequences(start + 1, end, LITERALS, LITERALS + size, to);
}

/** Behind literals in a Huffman code, which may be the one of before. */
function withCoded(type: Literals, from: usize, end: usize, to: usize): usize {
  const format = (u32(load<u8>(from)) >> 2) & 3;
  const headerBytes: u32 = format < 2 ? 3 : format + 2;
  const sizeBits: u32 = format < 2 ? 10 : format === 2 ? 14 : 18;
  const header = load<u64>(from) >> 4;
  const size = u32(header) & ((1 << sizeBits) - 1);
  const coded = u32(header >> u64(sizeBits)) & ((1 << sizeBits) - 1);
  let start = from + headerBytes;
  const literalsEnd = start + coded;
  if (literalsEnd > end || size > BLOCK_BYTES) fail();
  if (type === Literals.coded) start = readCode(start, literalsEnd);
  if (format === 0) decodeOne(start, literalsEnd, LITERALS, size);
  else decodeFour(start, literalsEnd, LITERALS, size);
  return runSequences(literalsEnd, end, LITERALS, LITERALS + size, to);
}
