import type { Bytes } from './readBytes.ts';

export interface Peeked {
  readonly head: Uint8Array;
  readonly bytes: Bytes;
}

/**
 * The first bytes of a stream, and the stream with them still in it.
 *
 *     chunks      "{" · "\"re" · "source…"
 *     head(4)     "{\"re"              then the same chunks from the start
 *
 * `head` is shorter than `length` only where the stream is. A stream that fails early fails when it is read, behind
 * what came before.
 */
export async function peek(bytes: Bytes, length: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  let end: () => void = () => {};
  let isAtEnd = false;
  while (size < length && !isAtEnd) {
    try {
      const { done, value } = await iterator.next();
      if (done === true) isAtEnd = true;
      else {
        taken.push(value);
        size += value.length;
      }
    } catch (error) {
      isAtEnd = true;
      end = () => {
        throw error;
      };
    }
  }
  return { head: joined(taken, Math.min(size, length)), bytes: resumed(taken, iterator, end) };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0].subarray(0, length);
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, length - at);
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function* resumed(taken: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array>, end: () => void): Bytes {
  try {
    yield* taken;
    end();
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
