import { DamagedError, MESSAGE_END, type Bytes, type OnDamage } from '../bytes/readBytes.ts';
import { throwEnd, type Unpacked, type Unpacking } from './packedFile.ts';

export interface UnpackOptions {
  readonly onDamage: OnDamage;
  /** Called with the number of bytes of the file that were taken in so far. */
  readonly onTaken: (bytes: number) => void;
  /** The content, unpacked here from its beginning. */
  readonly openHere: (onDamage: OnDamage) => Bytes;
  readonly signal: AbortSignal | undefined;
}

/**
 * The content of a compressed file, unpacked by a worker while what came before is decoded. A piece is good until the
 * next but one is asked for.
 *
 *     worker    ▓▓▓ unpack 1 │▓▓▓ 2 │▓▓▓ 3 │ …
 *     here                    ░░ 1   ░░ 2   ░░ 3  decode, or cut for other workers
 *
 * Where the worker is lost, the file is unpacked here, and what it gave is passed over: so the content, the Issues and
 * the errors are those of unpacking here.
 */
export async function* unpackElsewhere(unpacking: Unpacking, options: UnpackOptions): Bytes {
  const { onDamage, onTaken, openHere, signal } = options;
  const given = { bytes: 0, ends: 0, damaged: 0 };
  let last: Unpacked | null = null;
  try {
    for (let part = await unpacking.next(); part !== null; part = await unpacking.next()) {
      onTaken(part.taken);
      let at = 0;
      for (const { at: to, damage } of part.marks) {
        if (to > at) yield part.content.subarray(at, to);
        at = to;
        if (damage === null) {
          given.ends++;
          yield MESSAGE_END;
        } else {
          given.damaged++;
          onDamage(new DamagedError(damage), given.bytes + to);
        }
      }
      if (at < part.content.length) yield part.content.subarray(at);
      given.bytes += part.content.length;
      if (part.end?.how === 'lost') break;
      if (part.end !== null) return throwEnd(part.end);
      if (last !== null) unpacking.giveBack(last);
      last = part;
    }
  } finally {
    unpacking.end();
  }
  signal?.throwIfAborted();
  let { bytes, ends, damaged } = given;
  for await (const piece of openHere((error, byte) => (damaged > 0 ? damaged-- : onDamage(error, byte)))) {
    signal?.throwIfAborted();
    if (piece === MESSAGE_END) {
      if (ends > 0) ends--;
      else yield piece;
      continue;
    }
    const passed = Math.min(bytes, piece.length);
    bytes -= passed;
    if (passed < piece.length) yield piece.subarray(passed);
  }
}
