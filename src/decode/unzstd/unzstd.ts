import { joined } from '../bytes/joined.ts';
import { ChecksumError, DamagedError, type Bytes } from '../bytes/readBytes.ts';
import { loadZstdBlocks, type ZstdBlocks } from './zstdBlocks.ts';

/** Frames with other content than data have the magics 0x184d2a50 … 0x184d2a5f (RFC 8878, 3.1.2). */
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAGIC = 0xfd2fb528;
/** RFC 8878, 3.1.1.2.4: no block holds more, compressed or not. */
const LARGEST_BLOCK = 128 * 1024;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

export function isZstd(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = littleEndian(bytes, 0, 4);
  return magic === MAGIC || isSkippable(magic);
}

/**
 * The bytes inside zstd. `windowBytes` is what a frame may ask a reader to keep. Ends with a ChecksumError where a frame's
 * content is not that of its checksum. A piece is good until the next is asked for.
 */
export async function* unzstd(bytes: Bytes, windowBytes: number): Bytes {
  const blocks = await loadZstdBlocks();
  const reader = new ZstdReader(windowBytes, blocks);
  try {
    for await (const chunk of bytes) yield* reader.push(chunk);
  } finally {
    blocks.release();
  }
  reader.finish();
  if (reader.hasWrongChecksum) throw new ChecksumError('XXH64');
}

/**
 * zstd of any number of frames (RFC 8878), piece by piece.
 *
 *     magic · header · block · block · last block · checksum?   magic · header · …
 *              └ window                 each at most 128 KiB of content
 *
 * Frames and blocks are told apart here and decoded one by one. So no window is allocated that was not checked,
 * and one block's content is handed on before the next is inflated, however much a file claims or holds.
 * All methods throw DamagedError.
 */
export class ZstdReader {
  /** Of a frame that has ended the content, which was handed on, is not that of its checksum. */
  hasWrongChecksum = false;
  readonly #windowBytes: number;
  readonly #blocks: ZstdBlocks;
  #kept: Uint8Array = new Uint8Array();
  #expected: 'frame' | 'block' | 'checksum' = 'frame';
  #hasChecksum = false;
  /** Bytes of a skippable frame still to come. */
  #toSkip = 0;

  constructor(windowBytes: number, blocks: ZstdBlocks) {
    this.#windowBytes = windowBytes;
    this.#blocks = blocks;
  }

  *push(chunk: Uint8Array): Generator<Uint8Array> {
    let bytes = joined(this.#kept, chunk);
    for (;;) {
      const skipped = Math.min(this.#toSkip, bytes.length);
      this.#toSkip -= skipped;
      bytes = bytes.subarray(skipped);
      const length = this.#pieceLength(bytes);
      if (length === 0 || length > bytes.length) break;
      yield* this.#take(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
    }
    this.#kept = bytes.slice();
  }

  /** The input ends here. */
  finish(): void {
    if (this.#expected !== 'frame' || this.#kept.length > 0 || this.#toSkip > 0) {
      throw new DamagedError('the zstd data is cut off');
    }
  }

  /** How many bytes the next piece has; 0 where there are too few to know. */
  #pieceLength(bytes: Uint8Array): number {
    switch (this.#expected) {
      case 'checksum':
        return 4;
      case 'block': {
        if (bytes.length < 3) return 0;
        const header = littleEndian(bytes, 0, 3);
        const type = (header >> 1) & 3;
        const size = header >> 3;
        if (type === RESERVED_BLOCK || size > LARGEST_BLOCK) throw new DamagedError('the zstd data is damaged');
        return 3 + (type === RLE_BLOCK ? 1 : size);
      }
      default: {
        if (bytes.length < 5) return 0;
        const magic = littleEndian(bytes, 0, 4);
        if (isSkippable(magic)) return 8;
        if (magic !== MAGIC) throw new DamagedError('between the frames of the zstd data stands something else');
        return frameHeader(bytes).length;
      }
    }
  }

  #take(piece: Uint8Array): readonly Uint8Array[] {
    switch (this.#expected) {
      case 'checksum':
        this.#endFrame(piece);
        return [];
      case 'block': {
        const content = this.#blocks.decode(piece);
        if ((piece[0] & 1) === 0) return content;
        this.#expected = 'checksum';
        if (!this.#hasChecksum) this.#endFrame(new Uint8Array());
        return content;
      }
      default:
        if (isSkippable(littleEndian(piece, 0, 4))) this.#toSkip = littleEndian(piece, 4, 4);
        else this.#startFrame(piece);
        return [];
    }
  }

  #startFrame(piece: Uint8Array): void {
    const header = frameHeader(piece);
    if (header.hasDictionary) throw new DamagedError('the zstd data needs a dictionary');
    if (header.window > this.#windowBytes) {
      throw new DamagedError(
        `the zstd data asks for a window of ${header.window} bytes; the limit is ${this.#windowBytes}`,
      );
    }
    this.#hasChecksum = header.hasChecksum;
    this.#expected = 'block';
    this.#blocks.start(piece, header.window, header.hasChecksum);
  }

  #endFrame(checksum: Uint8Array): void {
    if (!this.#blocks.end(checksum)) this.hasWrongChecksum = true;
    this.#expected = 'frame';
  }
}

interface FrameHeader {
  readonly length: number;
  readonly window: number;
  readonly hasChecksum: boolean;
  readonly hasDictionary: boolean;
}

/** RFC 8878, 3.1.1.1. Where `bytes` are fewer than `length`, only `length` says anything. */
function frameHeader(bytes: Uint8Array): FrameHeader {
  const descriptor = bytes[4];
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6];
  const sizeStart = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  const exponent = 2 ** (10 + (bytes[5] >> 3));
  const contentSize = littleEndian(bytes, sizeStart, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  return {
    length: sizeStart + sizeBytes,
    window: isSingleSegment ? contentSize : exponent + (exponent / 8) * (bytes[5] & 7),
    hasChecksum: (descriptor & 4) !== 0,
    hasDictionary: littleEndian(bytes, sizeStart - dictionaryBytes, dictionaryBytes) !== 0,
  };
}

function isSkippable(magic: number): boolean {
  return magic >= SKIPPABLE_MAGIC && magic < SKIPPABLE_MAGIC + 16;
}

function littleEndian(bytes: Uint8Array, start: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[start + i] ?? 0);
  return value;
}
