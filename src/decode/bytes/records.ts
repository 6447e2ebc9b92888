import { ChecksumError, DamagedError, MESSAGE_END, type Bytes, type OnDamage } from './readBytes.ts';
import { isZstd, ZstdReader } from '../unzstd/unzstd.ts';
import { loadZstdBlocks } from '../unzstd/zstdBlocks.ts';

/** Field 1, length-delimited: how every request that holds something begins. */
const FIRST_TAG = 0x0a;
const OPEN_BRACE = 0x7b;
/** Blanks, a key's quote, and the end of an empty object. */
const BEHIND_BRACE = [0x20, 0x09, 0x0a, 0x0d, 0x22, 0x7d];
const PREFIX = 4;
/** A length of up to 32 bits, seven of them a byte. */
const LONGEST_VARINT = 5;
/** The first blank: a file that begins so is text, and no record is as long. */
const TAB = 0x09;

/**
 * What the Collector's file exporter writes as `format: proto`, and with an `encoding` whatever that makes: each message
 * behind its length, big-endian. Some may be empty.
 */
export function isRecords(head: Uint8Array): boolean {
  let at = 0;
  while (at + PREFIX < head.length && lengthAt(head, at) === 0) at += PREFIX;
  const start = at + PREFIX;
  if (start >= head.length || head[at] >= TAB) return false;
  return head[start] === FIRST_TAG || (head[start] === OPEN_BRACE && BEHIND_BRACE.includes(head[start + 1]));
}

/** The same exporter's older `compression: zstd`: each block behind its length, a zstd frame with one message in it. */
export function isZstdRecords(head: Uint8Array): boolean {
  return head.length > PREFIX && lengthAt(head, 0) > 0 && isZstd(head.subarray(PREFIX));
}

/**
 *     00 00 01 2c  0a …300 bytes…   00 00 00 f0  0a …240 bytes…       with varints:   ac 02  0a …   f0 01  0a …
 *
 * becomes the messages' bytes, with MESSAGE_END after each. Nothing is kept but a length, so it may claim anything. A
 * record that is none of OTLP is told to `onDamage` and left out.
 */
export async function* records(bytes: Bytes, onDamage: OnDamage, lengthOf = bigEndian): Bytes {
  const splitter = new RecordSplitter(lengthOf);
  let isLeftOut = false;
  let given = 0;
  for await (const chunk of bytes) {
    for (const part of splitter.push(chunk)) {
      if (splitter.isFirstPart) {
        isLeftOut = part[0] !== FIRST_TAG && part[0] !== OPEN_BRACE;
        if (isLeftOut) onDamage(new DamagedError('it does not begin as OTLP does'), given);
      }
      if (isLeftOut) continue;
      given += part.length;
      yield part;
    }
  }
  splitter.finish();
}

/**
 * The content of each block, with MESSAGE_END after each. A damaged block is told to `onDamage` and left out; where a
 * block's content is not that of its checksum, a ChecksumError ends them all. A piece is good until the next is asked for.
 */
export async function* zstdRecords(bytes: Bytes, windowBytes: number, onDamage: OnDamage): Bytes {
  const blocks = await loadZstdBlocks();
  const splitter = new RecordSplitter(bigEndian);
  let block: ZstdReader | null = null;
  let hasWrongChecksum = false;
  let given = 0;
  try {
    for await (const chunk of bytes) {
      for (const part of splitter.push(chunk)) {
        if (splitter.isFirstPart) block = new ZstdReader(windowBytes, blocks);
        try {
          if (part !== MESSAGE_END) {
            for (const content of block?.push(part) ?? []) {
              given += content.length;
              yield content;
            }
            continue;
          }
          block?.finish();
          hasWrongChecksum ||= block?.hasWrongChecksum === true;
        } catch (error) {
          if (!(error instanceof DamagedError)) throw error;
          onDamage(error, given);
          block = null;
        }
        if (part === MESSAGE_END) yield part;
      }
    }
  } finally {
    blocks.release();
  }
  splitter.finish();
  if (hasWrongChecksum) throw new ChecksumError('XXH64');
}

/** Reads the length that a prefix holds; null where more of its bytes are needed. */
type LengthOf = (prefix: readonly number[]) => number | null;

/** As the Collector writes it. */
function bigEndian(prefix: readonly number[]): number | null {
  return prefix.length < PREFIX ? null : lengthAt(prefix, 0);
}

/** As protobuf's libraries write it (`writeDelimitedTo`). */
export function varint(prefix: readonly number[]): number | null {
  if (prefix[prefix.length - 1] >= 0x80) {
    if (prefix.length === LONGEST_VARINT) throw new DamagedError('the length of a record is none');
    return null;
  }
  return prefix.reduceRight((length, byte) => length * 0x80 + (byte & 0x7f), 0);
}

class RecordSplitter {
  /** Whether the part given last is its record's first. */
  isFirstPart = false;
  readonly #lengthOf: LengthOf;
  #prefix: number[] = [];
  #left = 0;

  constructor(lengthOf: LengthOf) {
    this.#lengthOf = lengthOf;
  }

  *push(chunk: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < chunk.length;) {
      if (this.#left === 0) {
        this.#prefix.push(chunk[at++]);
        const length = this.#lengthOf(this.#prefix);
        if (length === null) continue;
        this.#prefix = [];
        this.#left = length;
        this.isFirstPart = true;
        continue;
      }
      const part = chunk.subarray(at, at + this.#left);
      at += part.length;
      this.#left -= part.length;
      yield part;
      this.isFirstPart = false;
      if (this.#left === 0) yield MESSAGE_END;
    }
  }

  finish(): void {
    if (this.#left > 0 || this.#prefix.length > 0) throw new DamagedError('the last record is cut off');
  }
}

function lengthAt(bytes: ArrayLike<number>, at: number): number {
  return bytes[at] * 2 ** 24 + (bytes[at + 1] << 16) + (bytes[at + 2] << 8) + bytes[at + 3];
}
