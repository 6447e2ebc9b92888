import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { NativeGunzip } from '../decode/bytes/nativeGunzip.ts';
import type { Bytes } from '../decode/bytes/readBytes.ts';

/** Bytes that are inflated at a time: with fewer, going to and fro between threads takes longer than inflating. */
const CHUNK = 1 << 20;

/** Node's zlib. What stands behind the last member it passes over; that is an error here. */
export const nodeGunzip: NativeGunzip = Object.assign(inflate, { hasOwnThread: true });

async function* inflate(bytes: Bytes): Bytes {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  let taken = 0;
  async function* counted(): Bytes {
    for await (const piece of bytes) {
      taken += piece.length;
      yield piece;
    }
  }
  // Errors come out of `gunzip` too. What is read ahead would be taken for what is unpacked.
  pipeline(Readable.from(counted(), { highWaterMark: 1 }), gunzip, () => {});
  for await (const content of gunzip) if (content instanceof Uint8Array) yield content;
  if (gunzip.bytesWritten < taken) throw new Error('something else stands behind the last member');
}
