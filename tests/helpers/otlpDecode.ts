import type { Issue } from '../../src/base/issues.ts';
import { LIMITS, type Limits } from '../../src/config/limits.ts';
import { decodeSource, type DecodeResult } from '../../src/decode/decodeSource.ts';
import type { Kernel } from '../../src/decode/kernel/kernel.ts';
import type { ChunkPool } from '../../src/decode/pool/chunk.ts';
import type { Source } from '../../src/decode/source.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';

export interface DecodeInput {
  /** For messages; formats are told by bytes. */
  readonly name?: string;
  /** Sizes of the chunks, used over and over; all in one by default. */
  readonly chunks?: readonly number[];
  readonly limits?: Partial<Limits>;
  /** Any part of the bytes can be read at any time. */
  readonly isFile?: boolean;
  /** The pieces of a file have so many bytes, and are overwritten when they are past. */
  readonly pieceBytes?: number;
  readonly signal?: AbortSignal;
  readonly pool?: ChunkPool;
  /** Null for the TypeScript decoders alone. */
  readonly kernel?: Kernel | null;
}

export interface Decoded extends DecodeResult {
  readonly table: SpanTable;
  readonly issues: readonly Issue[];
}

const encoder = new TextEncoder();

/** Decodes one source of these bytes (or this text) into a table of its own. */
export async function decode(content: Uint8Array | string, input: DecodeInput = {}): Promise<Decoded> {
  const limits = { ...LIMITS, ...input.limits };
  const builder = new SpanTableBuilder(undefined, limits);
  const source = memorySource(typeof content === 'string' ? encoder.encode(content) : content, input);
  const { signal, pool, kernel } = input;
  const result = await decodeSource(source, builder, {
    limits,
    ...(signal && { signal }),
    ...(pool && { pool }),
    ...(kernel !== undefined && { kernel }),
  });
  return { ...result, issues: builder.issues.list(), table: builder.finish() };
}

export function memorySource(
  bytes: Uint8Array,
  { name = 'trace.txt', chunks = [], isFile = false, pieceBytes = 1 << 16 }: DecodeInput = {},
): Source {
  const read = async (start: number, end: number): Promise<Uint8Array> => bytes.slice(start, end);
  const pieces = (start: number, end: number) => passingPieces(bytes.subarray(start, end), pieceBytes);
  const file = { place: bytes, read, pieces };
  return { name, size: bytes.length, stream: () => chunked(bytes, chunks), ...(isFile && { file }) };
}

async function* passingPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffers = [new Uint8Array(size), new Uint8Array(size)];
  for (let at = 0, turn = 0; at < bytes.length; at += size, turn ^= 1) {
    const piece = bytes.subarray(at, at + size);
    buffers[turn].fill(0x7b).set(piece);
    yield buffers[turn].subarray(0, piece.length);
  }
}

function chunked(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let index = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes.length === 0 ? bytes.length : sizes[index++ % sizes.length];
      controller.enqueue(bytes.slice(at, at + Math.max(1, size)));
      at += Math.max(1, size);
    },
  });
}
