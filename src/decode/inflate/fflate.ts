import { errorText } from '../../base/errorText.ts';
import { FlateErrorCode, Gunzip, Inflate } from 'fflate';
import { Crc32 } from '../bytes/crc32.ts';
import { GzipTrailers, NEXT_HEADER_BYTES, TRAILER_BYTES } from './gzipTrailers.ts';
import { BytesBehindError, DamagedError, type Bytes } from '../bytes/readBytes.ts';

/** Compressed bytes that are inflated at a time. One gives at most 1,032, so no more than 17 MB stand here at once. */
const SLICE = 1 << 14;
/** A block of deflate that is stored has at most 64 KB and comes as a whole; any other gives something sooner. */
const MOST_IDLE = 1 << 18;

/** How a member begins. */
const MAGIC = [0x1f, 0x8b];
export const CUT_OFF = 'the gzip data is cut off: its end is missing';

/** As `gunzip` has them, where there is no WebAssembly. */
export async function* fflateGunzip(bytes: Bytes): Bytes {
  const trailers = new GzipTrailers();
  const found: Uint8Array[] = [];
  let crc = new Crc32();
  const inflater = new Gunzip((content) => {
    if (content.length === 0) return;
    crc.add(content);
    found.push(content);
  });
  inflater.onmember = (start) => {
    trailers.end(crc.value, start);
    crc = new Crc32();
  };
  let isBehind = false;
  let length = 0;
  for await (const chunk of trailers.seen(bytes)) {
    for (let at = 0; at < chunk.length; at += SLICE) {
      // fflate keeps what it is given, and a source may use its buffer again.
      let slice = chunk.slice(at, at + SLICE);
      length += slice.length;
      if (!isBehind) {
        const failure = push(inflater, slice, 'gzip');
        yield* found.splice(0);
        if (failure === null) continue;
        if (!failure.isNoHeader || !trailers.isGzip) throw failure.error;
        isBehind = true;
        slice = trailers.endWithin(crc.value, length - slice.length, length);
      }
      if (slice.some((byte) => byte !== 0)) throw trailers.damage ?? new BytesBehindError('gzip');
    }
  }
  if (!isBehind && length > 0) endWithFile(inflater, trailers, crc.value, length);
  if (trailers.damage !== null) throw trailers.damage;
}

/**
 * fflate does not say whether a member has ended with the file. It does say that none begins behind one, and looks at
 * four bytes for that. So zeros are given to it one by one:
 *
 *     … deflated │ crc length │ rest │ 0 0 0        "no header", with the twelfth byte behind the deflated ones
 *                                    ↑ `length`
 */
function endWithFile(inflater: Gunzip, trailers: GzipTrailers, crc: number, length: number): void {
  const most = TRAILER_BYTES + NEXT_HEADER_BYTES;
  let count = 1;
  while (count <= most && push(inflater, new Uint8Array(1), 'gzip')?.isNoHeader !== true) count++;
  const rest = NEXT_HEADER_BYTES - count;
  if (!trailers.isGzip || rest < 0) throw new DamagedError(CUT_OFF);
  trailers.end(crc, length - rest);
  const behind = trailers.bytes(length - rest, length);
  if (rest > 0 && behind.every((byte, i) => byte === MAGIC[i])) throw new DamagedError(CUT_OFF);
  if (behind.some((byte) => byte !== 0)) throw trailers.damage ?? new BytesBehindError('gzip');
}

/**
 * The bytes inside a bare deflate stream (RFC 1951), as inflateEntry.ts has them where there is no WebAssembly. What
 * stands behind its end is passed over: fflate would keep all of it, and copy it with every slice.
 */
export async function* fflateInflate(bytes: Bytes): Bytes {
  const found: Uint8Array[] = [];
  const inflater = new Inflate((content) => found.push(content));
  /** Bytes that nothing came of. */
  let idle = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length && idle < MOST_IDLE; at += SLICE) {
      const slice = chunk.slice(at, at + SLICE);
      const failure = push(inflater, slice, 'deflated');
      idle = found.some(({ length }) => length > 0) ? 0 : idle + slice.length;
      yield* found.splice(0);
      if (failure !== null) throw failure.error;
    }
    if (idle >= MOST_IDLE) break;
  }
  const failure = push(inflater, new Uint8Array(), 'deflated', true);
  yield* found.splice(0);
  if (failure !== null) throw failure.error;
}

interface Failure {
  readonly error: DamagedError;
  /** Where a member of gzip should begin stands something else. */
  readonly isNoHeader: boolean;
}

function push(inflater: Pick<Inflate, 'push'>, slice: Uint8Array, what: string, isLast = false): Failure | null {
  try {
    inflater.push(slice, isLast);
    return null;
  } catch (error) {
    return {
      error: new DamagedError(`the ${what} data is damaged or cut off (${errorText(error)})`),
      isNoHeader: error instanceof Error && 'code' in error && error.code === FlateErrorCode.InvalidHeader,
    };
  }
}
