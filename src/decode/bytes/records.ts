import { ChecksumError, DamagedError, MESSAGE_END, type Bytes } from './readBytes.ts';
import { loadXxh64 } from './xxh64.ts';
import { isZstd, ZstdReader } from './zstd.ts';

/** Field 1, length-delimited: how every request that holds something begins. */
const FIRST_TAG = 0x0a;
const PREFIX = 4;

/** What the Collector's file exporter writes as `format: proto`: each message behind its length, big-endian. */
export function isRecords(head: Uint8Array): boolean {
  return head.length > PREFIX && head[0] < FIRST_TAG && lengthAt(head) > 0 && head[PREFIX] === FIRST_TAG;
}

/** The same exporter's older `compression: zstd`: each block behind its length, a zstd frame with one message in it. */
export function isZstdRecords(head: Uint8Array): boolean {
  return head.length > PREFIX && lengthAt(head) > 0 && isZstd(head.subarray(PREFIX));
}

/**
 *     00 00 01 2c  0a …300 bytes…   00 00 00 f0  0a …240 bytes…
 *
 * becomes the messages' bytes, with MESSAGE_END after each. Nothing is kept but a length, so it may claim anything.
 */
export async function* records(bytes: Bytes): Bytes {
  const splitter = new RecordSplitter();
  for await (const chunk of bytes) {
    for (const part of splitter.push(chunk)) {
      if (splitter.isFirstPart && part[0] !== FIRST_TAG) throw new DamagedError('a record does not begin as OTLP does');
      yield part;
    }
  }
  splitter.finish();
}

/**
 * The content of each block, with MESSAGE_END after each. A damaged block is told to `onDamage` and left out; where a
 * block's content is not that of its checksum, a ChecksumError ends them all.
 */
export async function* zstdRecords(bytes: Bytes, windowBytes: number, onDamage: (error: DamagedError) => void): Bytes {
  const splitter = new RecordSplitter();
  const checksums = await loadXxh64();
  let block: ZstdReader | null = null;
  let hasWrongChecksum = false;
  for await (const chunk of bytes) {
    for (const part of splitter.push(chunk)) {
      if (splitter.isFirstPart) block = new ZstdReader(windowBytes, checksums);
      try {
        if (part !== MESSAGE_END) {
          if (block) yield* block.push(part);
          continue;
        }
        block?.finish();
        hasWrongChecksum ||= block?.hasWrongChecksum === true;
      } catch (error) {
        if (!(error instanceof DamagedError)) throw error;
        onDamage(error);
        block = null;
      }
      if (part === MESSAGE_END) yield part;
    }
  }
  splitter.finish();
  if (hasWrongChecksum) throw new ChecksumError('XXH64');
}

class RecordSplitter {
  /** Whether the part given last is its record's first. */
  isFirstPart = false;
  readonly #prefix = new Uint8Array(PREFIX);
  #prefixLength = 0;
  #left = 0;

  *push(chunk: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < chunk.length;) {
      if (this.#left === 0) {
        this.#prefix[this.#prefixLength++] = chunk[at++];
        if (this.#prefixLength < PREFIX) continue;
        this.#prefixLength = 0;
        this.#left = lengthAt(this.#prefix);
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
    if (this.#left > 0 || this.#prefixLength > 0) throw new DamagedError('the last record is cut off');
  }
}

function lengthAt(bytes: Uint8Array): number {
  return bytes[0] * 2 ** 24 + (bytes[1] << 16) + (bytes[2] << 8) + bytes[3];
}
