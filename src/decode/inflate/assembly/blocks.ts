import { fill, held, position, setBits, take, toByte, at } from './bits.ts';
import { Alphabet, makeTable, SPECIAL } from './codes.ts';
import {
  CODE_LENGTH_BITS,
  CODE_LENGTHS,
  DISTANCE_ROOT_BITS,
  DISTANCES,
  HEADER_BYTES,
  INPUT,
  INPUT_SPARE,
  LENGTHS,
  LITERALS,
  OUTPUT,
  OUTPUT_END,
  ROOT_BITS,
  WINDOW,
} from './layout.ts';
import { Block, copySymbols, setTo, to } from './symbols.ts';

/** What stopped it. */
export const enum Stop {
  /** All but the last bytes of the input are taken: more has to stand behind them. */
  input,
  /** The output is full. */
  output,
  end,
  damage,
  cutOff,
}

const enum Phase {
  header,
  stored,
  symbols,
}

let phase = Phase.header;
let isLastBlock = false;
let storedLeft: u32 = 0;
/** Where what the last call gave begins: as far as `to`. */
export let newStart: usize = OUTPUT;

/** The order in which the lengths of code lengths stand (RFC 1951, 3.2.7). */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

export function begin(): void {
  setBits(INPUT, 0, 0);
  setTo(OUTPUT);
  phase = Phase.header;
  isLastBlock = false;
}

/** Goes on with the deflate stream of which the input goes to `end`; behind what `isWhole` nothing comes. */
export function inflateTo(end: usize, isWhole: bool): Stop {
  // What is read behind the end is zeros: what they come to is nothing.
  if (isWhole) memory.fill(end, 0, INPUT_SPARE);
  makeRoom();
  newStart = to;
  do {
    if (to >= OUTPUT_END) return Stop.output;
    if (phase === Phase.header) {
      if (isLastBlock) {
        toByte();
        return Stop.end;
      }
      if (!isWhole && end - at < HEADER_BYTES) return Stop.input;
      if (!readHeader()) return isWhole && position() > end ? Stop.cutOff : Stop.damage;
    } else if (phase === Phase.symbols) {
      const block = copySymbols(end - 16, OUTPUT_END);
      if (block === Block.damaged) return Stop.damage;
      if (block === Block.ended) phase = Phase.header;
      else if (at >= end - 16) {
        if (!isWhole) return Stop.input;
        const last = copyLast(end);
        if (last !== Stop.end) return last;
      }
    } else {
      const most = min(storedLeft, min(u32(end - at), u32(OUTPUT_END - to)));
      memory.copy(to, at, most);
      setTo(to + most);
      setBits(at + most, 0, 0);
      storedLeft -= most;
      if (storedLeft === 0) phase = Phase.header;
      else if (at === end) return isWhole ? Stop.cutOff : Stop.input;
    }
  } while (!isWhole || position() <= end);
  return Stop.cutOff;
}

/** A few symbols of the last bytes. */
function copyLast(end: usize): Stop {
  const before = to;
  const block = copySymbols(end + 16, to + 1);
  if (block === Block.ended) phase = Phase.header;
  if (position() > end) {
    setTo(before);
    return Stop.cutOff;
  }
  return block === Block.damaged ? Stop.damage : Stop.end;
}

/** Where the output is full, what may still be copied from moves to its beginning. */
function makeRoom(): void {
  if (to < OUTPUT_END) return;
  memory.copy(OUTPUT, to - WINDOW, WINDOW);
  setTo(OUTPUT + WINDOW);
}

function readHeader(): bool {
  fill();
  isLastBlock = take(1) === 1;
  const type = take(2);
  if (type === 0) return readStored();
  phase = Phase.symbols;
  if (type === 1) return makeFixed();
  return type === 2 && readDynamic();
}

function readStored(): bool {
  toByte();
  fill();
  storedLeft = take(16);
  const complement = take(16);
  toByte();
  phase = Phase.stored;
  return (storedLeft ^ complement) === 0xffff;
}

/** RFC 1951, 3.2.6. */
function makeFixed(): bool {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  memory.fill(LENGTHS + 288, 5, 32);
  return makeTables(288, 32);
}

/** RFC 1951, 3.2.7. */
function readDynamic(): bool {
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const codeLengths = take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(LENGTHS, 0, 19);
  for (let i: u32 = 0; i < codeLengths; i++) {
    fill();
    store<u8>(LENGTHS + load<u8>(ORDER + i), take(3));
  }
  if (!makeTable(CODE_LENGTHS, Alphabet.codeLengths, LENGTHS, 19, CODE_LENGTH_BITS)) return false;
  const all = literals + distances;
  for (let i: u32 = 0; i < all;) {
    fill();
    const entry = load<u32>(CODE_LENGTHS + ((usize(held) & ((1 << CODE_LENGTH_BITS) - 1)) << 2));
    if (entry & SPECIAL) return false;
    take(entry & 63);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(LENGTHS + i, symbol);
      i++;
      continue;
    }
    if (symbol === 16 && i === 0) return false;
    const length: u8 = symbol === 16 ? load<u8>(LENGTHS + i - 1) : 0;
    const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (i + times > all) return false;
    memory.fill(LENGTHS + i, length, times);
    i += times;
  }
  // A block that cannot end is none.
  return load<u8>(LENGTHS + 256) !== 0 && makeTables(literals, distances);
}

function makeTables(literals: u32, distances: u32): bool {
  return (
    makeTable(LITERALS, Alphabet.literals, LENGTHS, literals, ROOT_BITS) &&
    makeTable(DISTANCES, Alphabet.distances, LENGTHS + literals, distances, DISTANCE_ROOT_BITS)
  );
}
