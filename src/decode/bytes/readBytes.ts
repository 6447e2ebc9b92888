import { holdReader, letGoOfReader } from './heldReaders.ts';

/** Chunks of bytes, one after another. Everything between a source and its decoder is one of these wrapped in the next. */
export type Bytes = AsyncIterable<Uint8Array>;

/** The chunks of a stream. Aborting ends a read that is waiting and rejects with the signal's reason. */
export async function* readBytes(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): Bytes {
  const reader = stream.getReader();
  const stop = (): void => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener('abort', stop);
  holdReader(reader);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    letGoOfReader(reader);
    stop();
  }
}

/** For bytes that are read again in another way. */
export async function close(bytes: Bytes): Promise<void> {
  for await (const _ of bytes) break;
}

/** Compressed or framed bytes stop making sense here: what came before was handed on. The message says what is wrong. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

/** Called where something is left out and reading goes on, with the number of bytes that were handed on before. */
export type OnDamage = (error: DamagedError, byte: number) => void;

/** All bytes were handed on, but they are not what their checksum says: something in them is not as it was written. */
export class ChecksumError extends DamagedError {
  readonly checksum: Checksum;

  constructor(checksum: Checksum) {
    super(`the checksum (${checksum}) is not that of the content, which is damaged`);
    this.checksum = checksum;
  }
}

/** All bytes were handed on; behind their end stands what is no part of them. */
export class BytesBehindError extends DamagedError {
  readonly what: string;

  constructor(what: string) {
    super(`behind the end of the ${what} data stands something else`);
    this.what = what;
  }
}

export type Checksum = 'CRC-32' | 'XXH64';

/** Stands between the chunks where a message ends, in framings that say so. Told by identity; it holds no bytes. */
export const MESSAGE_END = new Uint8Array();
