import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The bytes `[start, end)` of a file, fewer where it ends before; in `into` where that is long enough. It waits for the
 * disk: whoever asks has nothing else to do, and going through Node's own threads costs several times the read.
 */
export function readPart(path: string, start: number, end: number, into?: Uint8Array): Uint8Array {
  const wanted = end - start;
  const bytes = into !== undefined && into.length >= wanted ? into.subarray(0, wanted) : new Uint8Array(wanted);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readFully(file, bytes, start));
  } finally {
    closeSync(file);
  }
}

/** Bytes of one piece: few enough to stay in the processor's caches until they are decoded. */
const PIECE = 1 << 18;

/** A file from its beginning on. A piece is good until the next but one is asked for: two buffers take turns. */
export function* filePieces(path: string): Generator<Uint8Array> {
  const buffers = [new Uint8Array(PIECE), new Uint8Array(PIECE)];
  const file = openSync(path, 'r');
  try {
    for (let position = 0, turn = 0; ; turn ^= 1) {
      const length = readFully(file, buffers[turn], position);
      if (length > 0) yield buffers[turn].subarray(0, length);
      if (length < PIECE) return;
      position += length;
    }
  } finally {
    closeSync(file);
  }
}

function readFully(file: number, bytes: Uint8Array, start: number): number {
  for (let length = 0; ;) {
    const read = readSync(file, bytes, length, bytes.length - length, start + length);
    length += read;
    if (read === 0 || length === bytes.length) return length;
  }
}
