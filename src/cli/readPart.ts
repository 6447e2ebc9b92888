import { closeSync, openSync, readSync } from 'node:fs';
import { shorterFile } from '../base/shorterFile.ts';

/** Bytes of one piece: few enough to stay in the processor's caches until they are decoded. */
const PIECE = 1 << 18;
/** Bytes of a page of memory: the system keeps files in whole ones. */
const PAGE = 1 << 12;

/**
 * The bytes `[start, end)` of a file, fewer where it ends before. It waits for the disk: whoever asks has nothing else
 * to do, and going through Node's own threads costs several times the read. They lie in `into` where that has room.
 */
export function readPart(path: string, start: number, end: number, into?: Uint8Array): Uint8Array {
  const length = end - start;
  const bytes = into !== undefined && into.length >= length ? into.subarray(0, length) : new Uint8Array(length);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readFully(file, bytes, start));
  } finally {
    closeSync(file);
  }
}

/**
 * The same in pieces: one is good until the next but one is asked for, because two buffers take turns. Whoever reads many
 * parts one after another gives the same two for all of them. Throws where the file ends before `end`.
 */
export function* filePieces(path: string, start = 0, end = Infinity, buffers = pieceBuffers()): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (let position = start, turn: 0 | 1 = 0; position < end; turn = turn === 0 ? 1 : 0) {
      // Half a page from where it lies in the system's: to memory a few bytes further on, which is where it would go as
      // large buffers begin 16 bytes behind a page, some processors copy five times as slowly (AMD Zen 3 and 4,
      // https://sourceware.org/bugzilla/show_bug.cgi?id=30994).
      const place = (position + PAGE / 2) % PAGE;
      const piece = buffers[turn].subarray(place, place + Math.min(PIECE, end - position));
      const length = readFully(file, piece, position);
      if (length > 0) yield piece.subarray(0, length);
      if (length < piece.length) {
        if (end === Infinity) return;
        throw shorterFile();
      }
      position += length;
    }
  } finally {
    closeSync(file);
  }
}

export function pieceBuffers(): readonly [Uint8Array, Uint8Array] {
  return [new Uint8Array(PIECE + PAGE), new Uint8Array(PIECE + PAGE)];
}

function readFully(file: number, bytes: Uint8Array, start: number): number {
  for (let length = 0; ;) {
    const read = readSync(file, bytes, length, bytes.length - length, start + length);
    length += read;
    if (read === 0 || length === bytes.length) return length;
  }
}
