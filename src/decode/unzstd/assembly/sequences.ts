import { fail } from './failure.ts';
import { log, makePredefined, makeSingle, Meaning, readTable, setLog } from './fse.ts';
import {
  BLOCK_BYTES,
  LITERAL_LENGTH_LOG,
  LITERAL_LENGTHS,
  MATCH_LENGTH_LOG,
  MATCH_LENGTHS,
  OFFSET_LOG,
  OFFSETS,
  OUTPUT,
} from './layout.ts';

const NONE: u32 = u32.MAX_VALUE;

/** The accuracies of the tables; NONE where the frame had none yet. */
let literalLengthLog = NONE;
let offsetLog = NONE;
let matchLengthLog = NONE;
/** The last offsets, the newest first. */
let recent1: u32 = 1;
let recent2: u32 = 4;
let recent3: u32 = 8;

/** A frame begins. */
export function forgetSequences(): void {
  literalLengthLog = NONE;
  offsetLog = NONE;
  matchLengthLog = NONE;
  recent1 = 1;
  recent2 = 4;
  recent3 = 8;
}

/**
 * The section of sequences, from `from` to `end` (RFC 8878, 3.1.1.3.2): so many literals, then a copy of what stands so
 * far back, again and again, and last the literals that are left. Returns where the output goes on behind `to`.
 */
export function runSequences(from: usize, end: usize, literals: usize, literalsEnd: usize, to: usize): usize {
  if (from >= end) fail();
  let p = from + 1;
  let count = u32(load<u8>(from));
  if (count > 127) {
    count = count < 255 ? ((count - 128) << 8) + load<u8>(p) : u32(load<u16>(p)) + 0x7f00;
    p += load<u8>(from) < 255 ? 1 : 2;
  }
  if (count === 0) {
    if (p !== end) fail();
    return copyRest(literals, literalsEnd, to, to);
  }
  if (p >= end) fail();
  const modes = u32(load<u8>(p));
  p++;
  if ((modes & 3) !== 0) fail();
  p = takeTable(modes >> 6, LITERAL_LENGTHS, Meaning.literalLength, LITERAL_LENGTH_LOG, literalLengthLog, p, end);
  literalLengthLog = log;
  p = takeTable((modes >> 4) & 3, OFFSETS, Meaning.offset, OFFSET_LOG, offsetLog, p, end);
  offsetLog = log;
  p = takeTable((modes >> 2) & 3, MATCH_LENGTHS, Meaning.matchLength, MATCH_LENGTH_LOG, matchLengthLog, p, end);
  matchLengthLog = log;
  return run(p, end, count, literals, literalsEnd, to);
}

/** The table that a mode names (RFC 8878, 3.1.1.3.2.1), whose accuracy is then `log`. Returns the address behind it. */
function takeTable(mode: u32, table: usize, meaning: Meaning, most: u32, known: u32, p: usize, end: usize): usize {
  if (mode === 0) {
    makePredefined(table, meaning);
    return p;
  }
  if (mode === 3) {
    if (known === NONE) fail();
    setLog(known);
    return p;
  }
  if (p >= end) fail();
  if (mode === 2) return readTable(table, meaning, most, p, end);
  makeSingle(table, meaning, load<u8>(p));
  return p + 1;
}

/**
 * The bits are read from their end. Of 64 at hand up to seven are used: an offset and a match length (31 + 16), or a
 * literal length and what leads to the next states (16 + 9 + 9 + 8), fit. They must come out even.
 */
function run(from: usize, end: usize, count: u32, literals: usize, literalsEnd: usize, to: usize): usize {
  if (end <= from) fail();
  const lastByte = u32(load<u8>(end - 1));
  if (lastByte === 0) fail();
  let at = end - 8;
  let used: u32 = clz(lastByte) - 23;
  let bits = load<u64>(at);
  let literalState = usize(next(bits, used, literalLengthLog));
  used += literalLengthLog;
  let offsetState = usize(next(bits, used, offsetLog));
  used += offsetLog;
  let matchState = usize(next(bits, used, matchLengthLog));
  used += matchLengthLog;
  let literal = literals;
  let out = to;
  const outEnd = to + BLOCK_BYTES;
  let last1 = recent1;
  let last2 = recent2;
  let last3 = recent3;
  for (;;) {
    at -= used >> 3;
    used &= 7;
    bits = load<u64>(at);
    const offsetEntry = load<u64>(OFFSETS + (offsetState << 3));
    const matchEntry = load<u64>(MATCH_LENGTHS + (matchState << 3));
    const literalEntry = load<u64>(LITERAL_LENGTHS + (literalState << 3));
    let extra = u32(offsetEntry) >> 24;
    let offset = u32(offsetEntry >> 32) + next(bits, used, extra);
    used += extra;
    extra = u32(matchEntry) >> 24;
    const length = u32(matchEntry >> 32) + next(bits, used, extra);
    used += extra;
    at -= used >> 3;
    used &= 7;
    bits = load<u64>(at);
    extra = u32(literalEntry) >> 24;
    const before = u32(literalEntry >> 32) + next(bits, used, extra);
    used += extra;
    count--;
    if (count > 0) {
      extra = (u32(literalEntry) >> 16) & 255;
      literalState = usize((u32(literalEntry) & 0xffff) + next(bits, used, extra));
      used += extra;
      extra = (u32(matchEntry) >> 16) & 255;
      matchState = usize((u32(matchEntry) & 0xffff) + next(bits, used, extra));
      used += extra;
      extra = (u32(offsetEntry) >> 16) & 255;
      offsetState = usize((u32(offsetEntry) & 0xffff) + next(bits, used, extra));
      used += extra;
    }
    if (offset > 3) {
      offset -= 3;
      last3 = last2;
      last2 = last1;
      last1 = offset;
    } else {
      // One of the last ones (RFC 8878, 3.1.1.5): where no literals are between, the newest would not be one.
      const which = offset + u32(before === 0);
      if (which === 1) offset = last1;
      else {
        offset = which === 2 ? last2 : which === 3 ? last3 : last1 - 1;
        if (which > 2) last3 = last2;
        last2 = last1;
        last1 = offset;
      }
    }
    if (before > u32(literalsEnd - literal) || before + length > u32(outEnd - out)) fail();
    copyForward(out, literal, before);
    literal += before;
    out += before;
    if (offset > u32(out - OUTPUT) || offset === 0) fail();
    copyBack(out, offset, length);
    out += length;
    if (count === 0) break;
  }
  if (i32(at - from) * 8 + 64 !== i32(used)) fail();
  recent1 = last1;
  recent2 = last2;
  recent3 = last3;
  return copyRest(literal, literalsEnd, out, to);
}

/** The bits behind those that are used; fewer than 32. */
/* @inline */ function next(bits: u64, used: u32, length: u32): u32 {
  return u32(((bits << u64(used)) >> 1) >> u64(63 - length));
}

/** Up to 15 bytes more are read, and written, which the next ones overwrite. */
/* @inline */ function copyForward(to: usize, from: usize, length: u32): void {
  v128.store(to, v128.load(from));
  for (let i: u32 = 16; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** `length` bytes that stand `offset` back, of which some may be among those that this writes; up to 15 more are written. */
/* @inline */ function copyBack(to: usize, offset: u32, length: u32): void {
  const end = to + length;
  let out = to;
  let from = to - offset;
  if (offset >= 16) {
    do {
      v128.store(out, v128.load(from));
      out += 16;
      from += 16;
    } while (out < end);
    return;
  }
  do {
    store<u8>(out, load<u8>(from));
    out++;
    from++;
  } while (out < end);
}

function copyRest(literal: usize, literalsEnd: usize, out: usize, to: usize): usize {
  const length = literalsEnd - literal;
  if (length > to + BLOCK_BYTES - out) fail();
  memory.copy(out, literal, length);
  return out + length;
}
