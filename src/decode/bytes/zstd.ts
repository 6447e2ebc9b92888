import { errorText } from '../../base/errorText.ts';
import { Decompress } from 'fzstd';
import { joined } from './joined.ts';
import { ChecksumError, DamagedError, type Bytes } from './readBytes.ts';
import { loadXxh64, type Checksums, type Xxh64 } from './xxh64.ts';

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
 * content is not that of its checksum.
 */
export async function* unzstd(bytes: Bytes, windowBytes: number): Bytes {
  const reader = new ZstdReader(windowBytes, await loadXxh64());
  for await (const chunk of bytes) yield* reader.push(chunk);
  reader.finish();
  if (reader.hasWrongChecksum) throw new ChecksumError('XXH64');
}

/**
 * zstd of any number of frames (RFC 8878), piece by piece.
 *
 *     magic · header · block · block · last block · checksum?   magic · header · …
 *              └ window                 each at most 128 KiB of content
 *
 * Frames and blocks are told apart here and handed to fzstd one by one. So no window is allocated that was not checked,
 * and one block's content is handed on before the next is inflated, however much a file claims or holds.
 * All methods throw DamagedError.
 */
export class ZstdReader {
  /** Of a frame that has ended the content, which was handed on, is not that of its checksum. */
  hasWrongChecksum = false;
  readonly #windowBytes: number;
  readonly #checksums: Checksums;
  readonly #content: Uint8Array[] = [];
  #kept: Uint8Array = new Uint8Array();
  #expected: 'frame' | 'block' | 'checksum' = 'frame';
  #frame: Decompress | null = null;
  #hasChecksum = false;
  /** Of the frame's content so far; null where it has none to compare with. */
  #checksum: Xxh64 | null = null;
  /** Bytes of a skippable frame still to come. */
  #toSkip = 0;

  constructor(windowBytes: number, checksums: Checksums) {
    this.#windowBytes = windowBytes;
    this.#checksums = checksums;
  }

  *push(chunk: Uint8Array): Generator<Uint8Array> {
    let bytes = joined(this.#kept, chunk);
    for (;;) {
      const skipped = Math.min(this.#toSkip, bytes.length);
      this.#toSkip -= skipped;
      bytes = bytes.subarray(skipped);
      const length = this.#pieceLength(bytes);
      if (length === 0 || length > bytes.length) break;
      this.#take(bytes.slice(0, length));
      bytes = bytes.subarray(length);
      yield* this.#content.splice(0);
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

  #take(piece: Uint8Array): void {
    switch (this.#expected) {
      case 'checksum':
        this.#feed(piece);
        if (this.#checksum !== null && this.#checksum.value !== littleEndian(piece, 0, 4)) this.hasWrongChecksum = true;
        return this.#endFrame();
      case 'block':
        this.#feed(piece);
        if ((piece[0] & 1) === 0) return;
        this.#expected = 'checksum';
        if (!this.#hasChecksum) this.#endFrame();
        return;
      default:
        if (isSkippable(littleEndian(piece, 0, 4))) this.#toSkip = littleEndian(piece, 4, 4);
        else this.#startFrame(piece);
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
    this.#checksum = header.hasChecksum ? (this.#checksums?.() ?? null) : null;
    this.#frame = new Decompress((content) => {
      if (content.length === 0) return;
      this.#checksum?.add(content);
      this.#content.push(content);
    });
    this.#feed(piece);
  }

  #endFrame(): void {
    this.#feed(new Uint8Array(), true);
    this.#frame = null;
    this.#expected = 'frame';
  }

  #feed(piece: Uint8Array, isLast = false): void {
    try {
      this.#frame?.push(piece, isLast);
    } catch (error) {
      throw new DamagedError(`the zstd data is damaged (${errorText(error)})`);
    }
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
